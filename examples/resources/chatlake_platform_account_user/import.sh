# By the id of the account, and that of the person.
terraform import chatlake_platform_account_user.ana 42/7
