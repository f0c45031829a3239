# By message key. What the configuration says differently afterwards sends a new message, so read the plan first.
terraform import kommunicate_message.welcome 5-131000417-1760000001234
