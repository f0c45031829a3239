terraform import chatlake_team.second_line 7
