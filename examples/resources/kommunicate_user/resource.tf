resource "kommunicate_user" "ana" {
  provider = chat

  user_id      = "customer-7781"
  display_name = "Ana Example"
  email        = "ana@example.com"
  phone_number = "+14155550123"

  # Agents see these beside the chat.
  metadata = {
    plan  = "gold"
    since = "2024-05-01"
  }

  # Destroy ends the user's access; the conversations stay.
  on_destroy = "deactivate"
}
