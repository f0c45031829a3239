# By id, or by slug.
terraform import chatlake_portal.help 5
terraform import chatlake_portal.help slug:help
