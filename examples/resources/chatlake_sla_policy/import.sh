# By id, or by name if only one policy has it.
terraform import chatlake_sla_policy.gold 42
terraform import chatlake_sla_policy.gold name:Gold
