# By id, or by name.
terraform import chatlake_automation_rule.refunds 5
terraform import chatlake_automation_rule.refunds name:'Refunds to billing'
