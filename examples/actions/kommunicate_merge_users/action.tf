# terraform apply -invoke=action.kommunicate_merge_users.logged_in
action "kommunicate_merge_users" "logged_in" {
  provider = chat

  config {
    user_id       = "customer-7782"
    merge_user_id = "visitor-93c1"
  }
}
