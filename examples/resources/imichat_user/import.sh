# By user id, or by login id.
terraform import imichat_user.bo 2005
terraform import imichat_user.bo login_id:bo
