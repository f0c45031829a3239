resource "chatlake_notification_settings" "this" {
  provider = chat

  selected_email_flags = ["email_conversation_mention", "email_sla_missed_first_response"]
  selected_push_flags  = []
}
