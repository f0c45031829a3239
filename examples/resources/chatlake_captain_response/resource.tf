resource "chatlake_captain_assistant" "helper" {
  provider = chat

  name        = "Helper"
  description = "Answers questions about orders"
}

resource "chatlake_captain_response" "delivery" {
  provider = chat

  assistant_id = chatlake_captain_assistant.helper.id
  question     = "How long does delivery take?"
  answer       = "Two working days."
}
