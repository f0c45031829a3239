resource "chatlake_contact" "hana" {
  provider = chat

  name      = "Hana Costa"
  inbox_id  = "101"
  source_id = "app-user-815"
}

# Whose session it is, of which the app knows the source id.
data "chatlake_contact_inbox" "app_user" {
  provider = chat

  inbox_id   = "101"
  source_id  = "app-user-815"
  depends_on = [chatlake_contact.hana]
}

output "app_user_contact_id" {
  value = data.chatlake_contact_inbox.app_user.contact_id
}
