# By the conversation's number, as it is in its address on the dashboard.
terraform import chatlake_conversation.order 7
