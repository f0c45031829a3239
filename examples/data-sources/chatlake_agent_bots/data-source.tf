data "chatlake_agent_bots" "all" {
  provider = chat
}

output "system_bots" {
  value = [for bot in data.chatlake_agent_bots.all.agent_bots : bot.name if bot.system_bot]
}
