resource "chatlake_company" "acme" {
  provider = chat

  name        = "Acme"
  domain      = "acme.example.com"
  description = "Customer since 2021"

  custom_attributes = {
    plan  = "gold"
    seats = 3
  }
}

resource "chatlake_contact" "ana" {
  provider = chat

  name       = "Ana Lima"
  email      = "ana.lima@acme.example.com"
  company_id = chatlake_company.acme.id
}

# Another picture in the file is sent by the next apply.
resource "chatlake_company" "globex" {
  provider = chat

  name   = "Globex"
  avatar = "${path.module}/globex.png"
}
