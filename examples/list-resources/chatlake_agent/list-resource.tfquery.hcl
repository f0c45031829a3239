# All agents of the account.
list "chatlake_agent" "agents" {
  provider = chat

  include_resource = true
}
