package desk_test

import (
	"fmt"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// agentBotCase holds the tests of chatlake_agent_bot.
var agentBotCase = chatlaketest.Case{
	Type:    "chatlake_agent_bot",
	Minimal: values{"name": "Minimal"},
	Stages: []values{
		{"name": "One", "description": "One", "outgoing_url": "https://example.com/one", "bot_type": "webhook", "bot_config": values{"depth": 1, "on": true}},
		{"name": "Two", "description": "Two", "outgoing_url": "https://example.com/two", "bot_type": "webhook", "bot_config": values{"depth": 2}},
	},
	Unset:     map[string]string{"avatar_url": "it cannot be read back"},
	Unchanged: map[string]string{"bot_type": "there is one type"},
	Skip:      map[string]string{"import owns nothing": chatlaketest.NotYet},
	Refused: []acctest.Refused{
		{Config: values{"name": ""}, Want: `length must be at least 1`},
		{Config: values{"bot_type": "human"}, Want: `must be one of`},
		{Config: values{"outgoing_url": "x"}, Want: `must be an address`},
	},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/agent_bots/%s", Body: `{"description":"By hand","bot_config":{"a":1}}`, Configured: values{"bot_config": values{"a": 2}}},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_agent_bot", Config: values{"id": fmt.Sprint(chatlake.BotID)}, Want: map[string]string{"name": "Sandbox bot", "bot_type": "webhook"}},
		{Type: "chatlake_agent_bot", Config: values{"name": "Sandbox bot"}, Want: map[string]string{"id": fmt.Sprint(chatlake.BotID)}},
		{Type: "chatlake_agent_bots", Config: values{}},
	},
	HasNoKey: true,
}
