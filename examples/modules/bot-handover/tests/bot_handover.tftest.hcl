# Run with `terraform test`, with the environment of a simulator or of a test account. The bot and the agent are the
# simulator's.

variables {
  bot_id        = "bot"
  agent_id      = "agent.one@agents.example"
  customers     = { "customer-1" = { name = "Ana Example", email = "ana@example.com" } }
  conversations = { "order-1" = { customer = "customer-1", title = "Order 1", info = { total = "129.90" } } }
}

run "the_bot_begins" {
  assert {
    condition     = kommunicate_conversation.this["order-1"].assignee == "bot"
    error_message = "The bot does not have the conversation."
  }

  assert {
    condition     = length(output.handed_over) == 0 && output.group_ids["order-1"] != ""
    error_message = "The outputs are not right."
  }
}

run "the_agent_takes_over" {
  variables {
    conversations = { "order-1" = { customer = "customer-1", title = "Order 1", info = { total = "129.90" }, handed_over = true } }
  }

  assert {
    condition     = kommunicate_conversation.this["order-1"].assignee == "agent.one@agents.example"
    error_message = "The agent does not have the conversation."
  }

  assert {
    condition     = kommunicate_message.handed_over["order-1"].message == "A colleague is with you now."
    error_message = "The customer is not told."
  }
}

run "the_bot_has_it_again" {
  assert {
    condition     = kommunicate_conversation.this["order-1"].assignee == "bot"
    error_message = "The bot does not have the conversation."
  }
}

run "values_are_checked" {
  command = plan

  variables {
    agent_id      = "bot"
    conversations = { "order-2" = { customer = "nobody", title = "Order 2" } }
  }

  expect_failures = [var.agent_id, var.conversations]
}
