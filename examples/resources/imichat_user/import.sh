# By user id.
terraform import imichat_user.bo 2005
