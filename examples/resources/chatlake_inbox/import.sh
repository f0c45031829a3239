# By id, or by name.
terraform import chatlake_inbox.app 101
terraform import chatlake_inbox.app name:App
