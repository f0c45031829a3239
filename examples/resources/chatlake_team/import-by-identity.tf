import {
  provider = chat
  to       = chatlake_team.second_line
  identity = {
    account_id = "1"
    id         = "7"
  }
}
