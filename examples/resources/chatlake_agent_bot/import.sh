# By id, or by name.
terraform import chatlake_agent_bot.triage 42
terraform import chatlake_agent_bot.triage name:Helper
