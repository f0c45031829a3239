# By the id of the inbox, and that of the agent.
terraform import chatlake_inbox_member.ana 101/12
