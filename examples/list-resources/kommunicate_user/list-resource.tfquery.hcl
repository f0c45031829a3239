# End users. Agents and bots are listed with role = "admin" or "bot".
list "kommunicate_user" "customers" {
  provider = chat

  config {
    role = "user"
  }
}
