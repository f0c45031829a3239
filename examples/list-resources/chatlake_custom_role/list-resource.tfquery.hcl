# All custom roles, with everything that an import reads.
list "chatlake_custom_role" "all" {
  provider = chat

  include_resource = true
}
