terraform import chatlake_agent_bot.triage 31
