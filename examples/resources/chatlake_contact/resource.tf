resource "chatlake_contact" "ana" {
  provider = chat

  name         = "Ana Lima"
  email        = "ana.lima@example.com"
  phone_number = "+14155550123"
  identifier   = "customer-4711"
  labels       = ["vip"]

  custom_attributes = {
    plan  = "gold"
    seats = 3
  }
}

# A picture, and a session in an API inbox at once, for conversations.
resource "chatlake_contact" "ben" {
  provider = chat

  name     = "Ben Okoro"
  avatar   = "${path.module}/ben.png"
  inbox_id = "101"
}
