import {
  provider = chat
  to       = chatlake_assignment_policy.fair
  identity = {
    account_id = "1"
    id         = "5"
  }
}
