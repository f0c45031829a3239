terraform import chatlake_portal.help 5
