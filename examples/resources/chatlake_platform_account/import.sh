# By id: the platform API finds accounts by nothing else.
terraform import chatlake_platform_account.shop 42
