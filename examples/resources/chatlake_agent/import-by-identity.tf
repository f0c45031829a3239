import {
  provider = chat
  to       = chatlake_agent.bo
  identity = {
    account_id = "1"
    id         = "12"
  }
}
