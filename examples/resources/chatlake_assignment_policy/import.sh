# By id, or by name.
terraform import chatlake_assignment_policy.fair 42
terraform import chatlake_assignment_policy.fair "name:Night shift"
