# All teams with their members.
list "chatlake_team" "all" {
  provider = chat

  include_resource = true
}
