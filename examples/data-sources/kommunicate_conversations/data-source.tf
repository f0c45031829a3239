# What an agent has on the desk.
data "kommunicate_conversations" "open" {
  provider = chat

  status      = "open"
  assignee    = "agent.one@agents.example"
  max_results = 50
}

output "open" {
  value = [for c in data.kommunicate_conversations.open.conversations : c.group_name]
}
