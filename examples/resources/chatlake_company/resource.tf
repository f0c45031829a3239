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
