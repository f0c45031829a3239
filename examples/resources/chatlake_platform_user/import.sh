# By id: the platform API finds people by nothing else.
terraform import chatlake_platform_user.ana 7
