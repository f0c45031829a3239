terraform import chatlake_label.vip 42
