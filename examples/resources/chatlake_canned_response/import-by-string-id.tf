import {
  provider = chat
  to       = chatlake_canned_response.hours
  id       = "5"
}
