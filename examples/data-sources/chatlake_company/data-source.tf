resource "chatlake_company" "acme" {
  provider = chat

  name   = "Acme"
  domain = "acme.example.com"
}

data "chatlake_company" "acme" {
  provider = chat

  domain = chatlake_company.acme.domain
}
