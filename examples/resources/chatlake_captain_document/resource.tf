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

# Another content of the file is a new document.
resource "chatlake_captain_document" "prices" {
  provider = chat

  assistant_id = chatlake_captain_assistant.helper.id
  pdf_file     = "${path.module}/prices.pdf"
}
