package captain_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

var assistantCase = chatlaketest.Case{
	Type:    "chatlake_captain_assistant",
	Minimal: values{"name": "Minimal", "description": "For tests"},
	Stages: []values{
		{
			"name": "One", "description": "First", "config": values{"product_name": "Shop", "feature_faq": true, "temperature": 0.5},
			"response_guidelines": []any{"Be short."}, "guardrails": []any{"Promise nothing.", "Name no prices."},
		},
		{
			"name": "Two", "description": "Second", "config": values{"feature_faq": false, "welcome_message": "Hello"},
			"response_guidelines": []any{"Be friendly.", "Be short."}, "guardrails": []any{"Promise nothing."},
		},
	},
	Odd: []values{
		{"config": values{}, "guardrails": []any{}},
	},
	Refused: []acctest.Refused{
		{Config: values{"name": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"config": "x"}, Want: `Not an object`},
		{Config: values{"config": values{"mood": "good"}}, Want: `The server drops other keys`},
		{Config: values{"config": values{"temperature": []any{1}}}, Want: `The server drops other keys`},
		{Config: values{"guardrails": []any{""}}, Want: `must be a text of at least 1 character`},
	},
	Drift: []chatlaketest.Drift{
		{
			Method: "PATCH", Path: "/captain/assistants/%s", Body: `{"assistant":{"config":{"product_name":"By hand"},"guardrails":["By hand"]}}`,
			Configured: values{"config": values{"product_name": "Shop"}},
		},
	},
	Import:   acctest.Import{Keys: []string{"name"}},
	HasNoKey: true,
	PrepareTaken: func(t *testing.T, w *acctest.World) {
		for range 2 {
			chatlaketest.Request(t, w, "POST", "/captain/assistants", `{"assistant":{"name":"Twice","description":"x"}}`)
		}

		chatlaketest.Request(t, w, "POST", "/captain/assistants", `{"assistant":{"name":"Once","description":"x","config":{"temperature":0.5}}}`)
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_captain_assistant", Config: values{"name": "Once"}, Want: map[string]string{"config": `{"temperature":0.5}`}},
		{Type: "chatlake_captain_assistant", Config: values{"name": "Twice"}, Message: "Several objects have this name"},
		{Type: "chatlake_captain_assistant", Config: values{"id": "1"}, Message: `The Captain assistant with id "1" does not exist`},
		{Type: "chatlake_captain_assistants", Config: values{}},
	},
}
