resource "chatlake_canned_response" "thanks" {
  provider = chat

  short_code = "thanks"
  content    = "Thank you for writing!"
}

data "chatlake_canned_response" "thanks" {
  provider = chat

  short_code = chatlake_canned_response.thanks.short_code
}
