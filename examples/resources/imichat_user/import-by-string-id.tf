import {
  provider = chat
  to       = imichat_user.bo
  id       = "2005"
}
