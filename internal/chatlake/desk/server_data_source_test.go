package desk_test

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// serverCase holds the tests of chatlake_server.
var serverCase = chatlaketest.Case{
	Type: "chatlake_server",
	Data: []chatlaketest.Data{
		{Type: "chatlake_server", Config: values{}, Want: map[string]string{"version": chatlake.DefaultVersion, "queue_services": "ok"}},
	},
}
