import {
  to = imichat_user.bo
  id = "2005"
}
