# By id, or by name if only one role has it.
terraform import chatlake_custom_role.second_line 42
terraform import chatlake_custom_role.second_line "name:Second line"
