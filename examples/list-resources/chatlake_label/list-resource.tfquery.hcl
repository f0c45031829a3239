# All labels, with everything that an import reads.
list "chatlake_label" "all" {
  provider = chat

  include_resource = true
}
