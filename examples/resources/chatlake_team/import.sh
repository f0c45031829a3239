# By id, or by name.
terraform import chatlake_team.second_line 42
terraform import chatlake_team.second_line name:support
