resource "chatlake_captain_assistant" "helper" {
  provider = chat

  name                = "Helper"
  description         = "Answers questions about orders"
  response_guidelines = ["Be short and friendly."]
  guardrails          = ["Promise no refunds."]

  config = {
    product_name    = "Shop"
    feature_faq     = true
    welcome_message = "How can I help?"
    temperature     = 0.5
  }
}
