# By id, or by title.
terraform import chatlake_label.vip 42
terraform import chatlake_label.vip title:vip
