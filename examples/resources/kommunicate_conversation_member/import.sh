# By group id and user id.
terraform import kommunicate_conversation_member.courier 131000417/courier-12
