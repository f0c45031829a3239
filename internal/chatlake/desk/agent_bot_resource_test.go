package desk_test

import (
	"fmt"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var agentBotCases = acctest.Cases{
	Type:    "chatlake_agent_bot",
	Minimal: values{"name": "Minimal"},
	Odd: []values{
		{"outgoing_url": ""},
	},
	Stages: []values{
		{"name": "One", "description": "One", "outgoing_url": "https://example.com/one", "bot_type": "webhook", "bot_config": values{"depth": 1, "on": true}, "avatar": chatlaketest.PicturePNG},
		{"name": "Two", "description": "Two", "outgoing_url": "https://example.com/two", "bot_type": "webhook", "bot_config": values{"depth": 2}, "avatar": chatlaketest.PictureGIF},
		{"avatar_url": "https://example.com/one.png"},
		{"avatar_url": "https://example.com/two.png"},
	},
	Unchanged: map[string]string{"bot_type": "the platform knows one type"},
	Refused: []acctest.Refused{
		{Config: values{"name": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"outgoing_url": "x"}, Want: `must be an address`},
		{Config: values{"avatar": "agent_bot_resource_test.go"}, Want: `is no picture that the platform takes: its content is text/plain`},
		{Config: values{"avatar": "testdata"}, Want: `is a directory`},
		{Config: values{"avatar": chatlaketest.PicturePNG, "avatar_url": "https://example.com/a.png"}, Want: `avatar and avatar_url cannot both be set`},
	},
	Warned: []acctest.Refused{
		{Config: values{"bot_type": "human"}, Want: `Known are: `},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"bot_config": chatlaketest.DriftBy("PATCH", "/agent_bots/%s", `{"description":"By hand","bot_config":{"a":1}}`),
		"avatar":     chatlaketest.DriftBy("PATCH", "/agent_bots/%s", `{"avatar":null}`),
	},
	Import: acctest.Import{
		Keys: []string{"name"},
		Lost: map[string]string{
			"avatar_url": "the platform does not return where a picture came from", "avatar": "the platform does not return what a picture shows",
		},
	},
}

// TestAgentBot_data reads bots.
func TestAgentBot_data(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{Type: "chatlake_agent_bot", Config: values{"id": fmt.Sprint(chatlake.BotID)}, Want: map[string]string{"name": "Sandbox bot", "bot_type": "webhook"}},
		chatlaketest.Data{Type: "chatlake_agent_bot", Config: values{"name": "Sandbox bot"}, Want: map[string]string{"id": fmt.Sprint(chatlake.BotID)}},
		chatlaketest.Data{Type: "chatlake_agent_bots", Config: values{}},
	)
}

func TestAgentBot_picture(t *testing.T) {
	chatlaketest.RunPicture(t, chatlaketest.Pictured{
		Type: "chatlake_agent_bot", Argument: "avatar", Config: values{"name": "Pictured"},
		ByHand: chatlaketest.PictureBy("/agent_bots/%s", "avatar"),
	})
}
