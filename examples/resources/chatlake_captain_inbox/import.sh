# By the id of the inbox, also as the key that it is.
terraform import chatlake_captain_inbox.shop 101
terraform import chatlake_captain_inbox.shop inbox_id:101
