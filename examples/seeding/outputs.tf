output "inbox_id" {
  value = chatlake_inbox.seeding.id
}

output "customers" {
  value = length(module.customer)
}
