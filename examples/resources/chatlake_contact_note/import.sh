terraform import chatlake_contact_note.ana 42/7
