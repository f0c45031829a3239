terraform import chatlake_inbox.app 101
