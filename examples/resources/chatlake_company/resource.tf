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
