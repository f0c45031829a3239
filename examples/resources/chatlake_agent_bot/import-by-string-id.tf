import {
  provider = chat
  to       = chatlake_agent_bot.triage
  id       = "31"
}
