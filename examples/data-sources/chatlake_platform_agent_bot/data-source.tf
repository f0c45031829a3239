resource "chatlake_platform_agent_bot" "helper" {
  provider = chat

  name = "Helper"
}

data "chatlake_platform_agent_bot" "helper" {
  provider = chat

  name       = "Helper"
  depends_on = [chatlake_platform_agent_bot.helper]
}

output "helper_id" {
  value = data.chatlake_platform_agent_bot.helper.id
}
