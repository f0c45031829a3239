import {
  provider = chat
  to       = chatlake_automation_rule.refunds
  id       = "5"
}
