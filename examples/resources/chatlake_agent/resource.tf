resource "chatlake_agent" "bo" {
  provider = chat

  email        = "bo@example.com"
  name         = "Bo Lind"
  role         = "administrator"
  availability = "busy"
  auto_offline = false
}
