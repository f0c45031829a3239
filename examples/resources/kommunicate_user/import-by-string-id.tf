import {
  provider = chat
  to       = kommunicate_user.ana
  id       = "customer-7781"
}
