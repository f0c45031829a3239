import {
  provider = chat
  to       = chatlake_automation_rule.refunds
  identity = {
    account_id = "1"
    id         = "5"
  }
}
