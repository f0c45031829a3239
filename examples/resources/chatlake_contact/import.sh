# By id, or by one of the contact's keys.
terraform import chatlake_contact.ana 42
terraform import chatlake_contact.ana email:ana.lima@example.com
terraform import chatlake_contact.ana phone_number:+14155550123
terraform import chatlake_contact.ana identifier:customer-4711
