import {
  provider = chat
  to       = kommunicate_user.ana
  identity = {
    user_id = "customer-7781"
  }
}
