# By contact, inbox and source id.
terraform import chatlake_contact_inbox.emil_app 42/101/app-user-4711
