# All automation rules, with everything that an import reads.
list "chatlake_automation_rule" "all" {
  provider = chat

  include_resource = true
}
