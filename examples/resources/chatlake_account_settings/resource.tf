resource "chatlake_account_settings" "this" {
  provider = chat

  name                 = "Acme"
  auto_resolve_after   = 10080
  auto_resolve_message = "We close this for now. Write again whenever you like."
}
