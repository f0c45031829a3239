# By the id of the conversation, and that of the agent.
terraform import chatlake_conversation_participant.lead 7/12
