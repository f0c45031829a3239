resource "chatlake_contact" "dora" {
  provider = chat

  name     = "Dora Weiss"
  inbox_id = "101"
}

resource "chatlake_conversation" "order" {
  provider = chat

  inbox_id   = "101"
  contact_id = chatlake_contact.dora.id
  source_id  = chatlake_contact.dora.source_id

  status   = "open"
  priority = "high"
  labels   = ["billing"]

  additional_attributes = { channel = "checkout" }
  custom_attributes     = { order = "A-4711", amount = 12.5 }
}
