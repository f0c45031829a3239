# By id, or by the address of the page if only one assistant has it.
terraform import chatlake_captain_document.delivery 42
terraform import chatlake_captain_document.delivery external_link:https://help.example.com/delivery
