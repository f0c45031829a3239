data "chatlake_contacts" "vips" {
  provider = chat

  labels      = ["vip"]
  sort        = "-last_activity_at"
  max_results = 50
}

output "vip_plans" {
  value = {
    for contact in data.chatlake_contacts.vips.contacts :
    contact.id => try(jsondecode(contact.custom_attributes_json).plan, "none")
  }
}
