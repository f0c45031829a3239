package desk_test

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// profileCase holds the tests of chatlake_profile.
var profileCase = chatlaketest.Case{
	Type: "chatlake_profile",
	Data: []chatlaketest.Data{
		{Type: "chatlake_profile", Config: values{}, Want: map[string]string{"role": "administrator", "email": "administrator@sandbox.example"}},
	},
}
