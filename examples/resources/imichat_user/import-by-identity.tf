import {
  provider = chat
  to       = imichat_user.bo
  identity = {
    id = "2005"
  }
}
