import {
  provider = chat
  to       = imichat_chat.order
  id       = "CSR6M0VZHRFMQ2XW"
}
