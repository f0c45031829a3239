resource "chatlake_captain_assistant" "helper" {
  provider = chat

  name        = "Helper"
  description = "Answers questions about orders"
}

resource "chatlake_captain_document" "delivery" {
  provider = chat

  assistant_id  = chatlake_captain_assistant.helper.id
  external_link = "https://help.example.com/delivery"
}
