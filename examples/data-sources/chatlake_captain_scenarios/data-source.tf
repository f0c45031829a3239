resource "chatlake_captain_assistant" "helper" {
  provider = chat

  name        = "Helper"
  description = "Answers questions about orders"
}

resource "chatlake_captain_scenario" "refunds" {
  provider = chat

  assistant_id = chatlake_captain_assistant.helper.id
  title        = "Refunds"
  description  = "The customer wants money back"
  instruction  = "Ask for the order's number, then [hand off](tool://handoff)."
}

data "chatlake_captain_scenarios" "all" {
  provider = chat

  assistant_id = chatlake_captain_scenario.refunds.assistant_id
}
