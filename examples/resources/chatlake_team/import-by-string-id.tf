import {
  provider = chat
  to       = chatlake_team.second_line
  id       = "7"
}
