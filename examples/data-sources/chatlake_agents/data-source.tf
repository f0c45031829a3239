data "chatlake_agents" "all" {
  provider = chat
}

output "administrators" {
  value = [for agent in data.chatlake_agents.all.agents : agent.email if agent.role == "administrator"]
}
