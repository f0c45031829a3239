# By id, or by short code.
terraform import chatlake_canned_response.hours 42
terraform import chatlake_canned_response.hours short_code:hello
