# All assignment policies.
list "chatlake_assignment_policy" "all" {
  provider = chat
}
