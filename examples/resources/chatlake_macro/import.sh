# By id, or by name.
terraform import chatlake_macro.thanks 5
terraform import chatlake_macro.thanks name:'Thanks and close'
