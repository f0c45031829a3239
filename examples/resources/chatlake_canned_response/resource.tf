resource "chatlake_canned_response" "hours" {
  provider = chat

  short_code = "hours"
  content    = "We are there Monday to Friday, 9 to 17 o'clock."
}
