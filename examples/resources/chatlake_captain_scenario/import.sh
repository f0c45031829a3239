# By the ids of the assistant and of the scenario, or by its title in place of the latter.
terraform import chatlake_captain_scenario.refunds 42/7
terraform import chatlake_captain_scenario.refunds 42/title:Refunds
