terraform import chatlake_macro.thanks 5
