resource "kommunicate_user" "ana" {
  provider = chat

  user_id      = "customer-7782"
  display_name = "Ana Example"
  phone_number = "+14155550123"
}

data "kommunicate_user" "ana" {
  provider = chat

  user_id = kommunicate_user.ana.user_id
}

# By the phone number instead of the id. Several users with the same number are an error.
data "kommunicate_user" "caller" {
  provider = chat

  phone_number = kommunicate_user.ana.phone_number
}

output "caller" {
  value = data.kommunicate_user.caller.user_id
}

output "unread" {
  value = data.kommunicate_user.ana.unread_count
}
