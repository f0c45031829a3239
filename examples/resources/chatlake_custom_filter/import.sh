# By id, or by name.
terraform import chatlake_custom_filter.waiting 5
terraform import chatlake_custom_filter.waiting name:Waiting
