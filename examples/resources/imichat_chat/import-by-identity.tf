import {
  provider = chat
  to       = imichat_chat.order
  identity = {
    chat_id = "CSR6M0VZHRFMQ2XW"
  }
}
