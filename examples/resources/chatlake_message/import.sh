# By conversation and message.
terraform import chatlake_message.welcome 7/4711
