# By chat id.
terraform import imichat_chat.order CSR6M0VZHRFMQ2XW

# By alias_id. The tenant's list of chats is read for it, ten chats per request.
terraform import imichat_chat.order alias_id:order-4711
