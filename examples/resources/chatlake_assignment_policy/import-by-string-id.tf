import {
  provider = chat
  to       = chatlake_assignment_policy.fair
  id       = "5"
}
