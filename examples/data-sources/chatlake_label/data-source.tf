data "chatlake_label" "billing" {
  provider = chat

  title = "billing"
}
