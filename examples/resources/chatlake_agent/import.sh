terraform import chatlake_agent.bo 12
