# By group id.
terraform import kommunicate_conversation.order 131000417

# By your own id of the conversation.
terraform import kommunicate_conversation.order client_group_id:order-7783
