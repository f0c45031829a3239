resource "chatlake_contact" "cleo" {
  provider = chat

  name  = "Cleo Martin"
  email = "cleo.martin@example.com"
}

data "chatlake_contact" "by_email" {
  provider = chat

  email = chatlake_contact.cleo.email
}

output "cleo_is_online" {
  value = data.chatlake_contact.by_email.availability_status == "online"
}
