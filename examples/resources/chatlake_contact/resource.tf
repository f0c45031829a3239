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

# A session in an API inbox at once, for conversations.
resource "chatlake_contact" "ben" {
  provider = chat

  name     = "Ben Okoro"
  inbox_id = "101"
}
