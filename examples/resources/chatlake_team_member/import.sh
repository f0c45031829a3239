# By the id of the team, and that of the agent.
terraform import chatlake_team_member.ana 201/12
