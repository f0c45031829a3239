# By id, or by e-mail address.
terraform import chatlake_agent.bo 42
terraform import chatlake_agent.bo email:ana@example.com
