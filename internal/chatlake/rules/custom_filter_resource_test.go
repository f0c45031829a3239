package rules_test

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// customFilterCase holds the tests of chatlake_custom_filter.
var customFilterCase = chatlaketest.Case{
	Type:    "chatlake_custom_filter",
	Minimal: values{"name": "Minimal", "filter_type": "contact", "query": values{}},
	Stages: []values{
		{"name": "One", "filter_type": "report", "query": values{"payload": []any{values{"attribute_key": "status", "filter_operator": "equal_to", "values": []any{"open", 1, true}}}}},
		{"name": "Two", "filter_type": "report", "query": values{"payload": []any{}}},
		{"name": "Two", "filter_type": "conversation", "query": values{}},
	},
	Refused: []acctest.Refused{
		{Config: values{"query": "x"}, Want: `must be an object`},
	},
	Warned: []acctest.Refused{
		{Config: values{"filter_type": "message"}, Want: `Known are: `},
	},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/custom_filters/%s", Body: `{"custom_filter":{"name":"By hand"}}`, Configured: values{"name": "Ours"}, Required: true},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_custom_filter", Config: values{"name": "x"}, Message: `The custom filter with this name does not exist`},
		{Type: "chatlake_custom_filters", Config: values{}},
	},
	Import:               acctest.Import{Keys: []string{"name"}},
	HasNoKey:             true,
	MayBeWrittenByAgents: true,
}
