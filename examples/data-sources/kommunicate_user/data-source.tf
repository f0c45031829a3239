resource "kommunicate_user" "ana" {
  provider = chat

  user_id      = "customer-7782"
  display_name = "Ana Example"
}

data "kommunicate_user" "ana" {
  provider = chat

  user_id = kommunicate_user.ana.user_id
}

output "unread" {
  value = data.kommunicate_user.ana.unread_count
}
