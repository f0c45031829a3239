import {
  provider = chat
  to       = chatlake_agent.bo
  id       = "12"
}
