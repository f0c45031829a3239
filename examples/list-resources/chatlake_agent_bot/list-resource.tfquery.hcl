# The agent bots of the account, with everything that an import reads.
list "chatlake_agent_bot" "all" {
  provider = chat

  include_resource = true
}
