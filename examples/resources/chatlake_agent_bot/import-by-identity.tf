import {
  provider = chat
  to       = chatlake_agent_bot.triage
  identity = {
    account_id = "1"
    id         = "31"
  }
}
