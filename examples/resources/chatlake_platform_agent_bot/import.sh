# By id.
terraform import chatlake_platform_agent_bot.helper 31
