package imichat_test

import (
	"maps"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	room "github.com/seed-426837f5/terraform-provider-chat/internal/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

func TestResources(t *testing.T) {
	acctest.RunCases(t, room.Resources(), chatCases("api", nil), chatCases("email", values{"subject": "Order 1"}), chatCases("livechat", values{"thread_id": "thread-1"}), messageCases, userCases)
}

// once says why an attribute of a chat stays when it is taken out.
const once = "it is given once, and no call changes it"

// chatCases returns those of chats on one channel, with the attributes that only this channel has.
func chatCases(channel string, more values) acctest.Cases {
	customer := map[string]string{"api": "customer-1", "email": "ana@example.com", "livechat": "visitor-1"}[channel]
	minimal := on(channel, values{"customer": values{"destination_id": customer}})
	first := values{
		"customer": values{"destination_id": customer, "name": "Ana"}, "alias_id": "order-1", "tags": []any{"vip"}, "status": "onhold",
		"assignee": imichat.Agent, "outcome": "resolved", "other_details": values{"order": "1", "page": "2"}, "team_id": imichat.TeamID,
		"route_params": values{imichat.RouteTier: "gold"}, "recreate_when_closed": true,
		"initial_messages": []any{values{"type": "inbound", "text": "Hi", "timestamp": sampleTime, "attachment": values{"type": "image", "url": sampleURL}}},
	}
	second := maps.Clone(first)
	maps.Copy(second, values{
		"alias_id": "order-2", "tags": []any{"vip", "new"}, "status": "picked", "assignee": imichat.OtherAgent, "outcome": "spam",
		"other_details": values{"order": "2"}, "recreate_when_closed": false,
	})

	for _, stage := range []values{first, second} {
		maps.Copy(stage, more)
	}

	replaced := values{
		"channel": "abc", "asset": values{"id": "another"}, "customer": values{"destination_id": "another", "name": "Bo"}, "team_id": imichat.OtherTeamID,
		"route_params":     values{imichat.RouteTier: "silver"},
		"initial_messages": []any{values{"type": "outbound", "text": "Hello", "timestamp": "2026-01-31T09:30:00Z", "attachment": values{"type": "file", "url": sampleURL + "?2"}}},
	}
	kept := map[string]string{
		"tags": "agents tag chats, so tags are followed", "assignee": "no page says how to take a chat from its assignee", "status": "it is followed",
		"route_params": once,
	}

	for name := range more {
		replaced[name], kept[name] = "another", once
	}

	return acctest.Cases{
		Type: "imichat_chat", Name: channel,
		Moved: map[string]string{
			"assignee": "Another status may take the chat from its assignee.",
			"status":   "An assignee picks a waiting chat.",
		},
		Late: map[string]string{
			"status":        "The chat may be picked at once.",
			"assignee":      "Rules of the team choose the agent.",
			"tags":          "Rules of the team may tag it.",
			"customer.name": "A customer who is there already has a name.",
		},
		Minimal: minimal, Stages: []values{first, second},
		Replaced: replaced, Local: values{"on_destroy": "abandon"},
		Unset: messagesElsewhere("initial_messages[]."), Kept: kept,
		Drift: map[string]func(*testing.T, *acctest.World, object){
			"tags": func(t *testing.T, w *acctest.World, o object) {
				act(t, w, "tag", values{"chat_id": o.String("id"), "tags": []any{"theirs"}})
			},
			"status": func(t *testing.T, w *acctest.World, o object) {
				act(t, w, "release", values{"chat_id": o.String("id")})
			},
		},
		Key: []string{"alias_id"},
		Import: acctest.Import{
			Keys:    []string{"alias_id"},
			Missing: "CSR0000000000000", Malformed: []string{}, // TestChat_import has those.
			Lost: map[string]string{"initial_messages": "the platform does not tell with which messages a chat began", "outcome": "the platform does not return it", "recreate_when_closed": "it is a setting of the provider"},
		},
		Stays: "destroying a chat closes it",
		Vanish: func(t *testing.T, w *acctest.World, o object) {
			act(t, w, "purge_chat", values{"chat_id": o.String("id")})
		},
	}
}

// messagesElsewhere excuses the attributes of a message that these cases do not set.
func messagesElsewhere(prefix string) map[string]string {
	reasons := map[string]string{}
	for _, name := range []string{
		"abc_sub_type", "listpicker_response", "timepicker_response", "livechat_sub_type", "quick_replies", "quick_reply_response", "whatsapp_sub_type",
		"template_name", "delivery_details",
	} {
		reasons[prefix+name] = "TestMessage_samples sends every kind of message"
	}

	return reasons
}

var messageCases = acctest.Cases{
	Type:  "imichat_message",
	Needs: []acctest.Need{{Name: "chat", Type: "imichat_chat", Config: newChat(nil)}},
	Minimal: values{
		"chat_id": acctest.Ref("chat", "id"), "type": "inbound", "text": "Hi",
	},
	Replaced: values{
		"chat_id": "CSR0000000000000", "type": "announcement", "text": "Hello", "timestamp": sampleTime, "triggers": values{"run": "2"},
		"attachment": values{"type": "image", "url": sampleURL},
	},
	Unset:   maps.Collect(maps.All(withMore(messagesElsewhere(""), "timestamp", "triggers", "attachment"))),
	NoDrift: "a message that was sent cannot be changed",
	Skip: map[string]string{
		"life": "it cannot be imported, and destroying it warns", "disappeared": "only its chat can be gone: TestMessage has that", "import owns nothing": "it cannot be imported",
		"listed": "no call reads a message",
	},
}

func withMore(reasons map[string]string, names ...string) map[string]string {
	for _, name := range names {
		reasons[name] = "a change sends the message once more: TestSpelling and TestMessage_samples set it"
	}

	return reasons
}

var userCases = acctest.Cases{
	Type: "imichat_user",
	Late: map[string]string{
		"login_using_email": "No page says what the platform chooses.",
	},
	Minimal: values{"login_id": "ana"},
	Stages: []values{{
		"email_id": "ana@example.com", "first_name": "Ana", "last_name": "Souza", "job_description": "Agent", "login_using_email": true,
		"privileges": []any{values{"teamid": "101", "role": "Team Agent"}}, "skill_attributes": values{"language": "pt"},
		"password_wo": "not-to-be-seen", "password_wo_version": 1,
	}},
	Cleared:   values{"password_wo": "not-to-be-seen", "password_wo_version": 1},
	Uncleared: map[string]string{"password_wo": "a change of it warns: TestUser has that", "password_wo_version": "a change of it warns: TestUser has that"},
	Unchanged: unchangeableUser("login_id", "email_id", "first_name", "last_name", "job_description", "login_using_email", "privileges", "skill_attributes", "password_wo", "password_wo_version"),
	Kept:      unchangeableUser("email_id", "first_name", "last_name", "job_description", "login_using_email", "skill_attributes"),
	NoDrift:   "no call changes a user, so nothing can be repaired",
	Key:       []string{"login_id"},
	Import: acctest.Import{
		Keys: []string{"login_id"}, Malformed: []string{}, // TestUser has those.
		Lost: map[string]string{"privileges": "the platform does not return them", "password_wo": "it is never stored", "password_wo_version": "it is a note of the configuration"},
	},
	Stays: "destroying a user only forgets it",
	Vanish: func(t *testing.T, w *acctest.World, o object) {
		act(t, w, "remove_user", values{"user": o.String("login_id")})
	},
	Skip: map[string]string{
		"life":     "destroying it warns: TestUser has that",
		"adoption": "an equal user is what a destroy leaves behind, and is adopted: TestUser_taken has the others",
	},
}

func unchangeableUser(names ...string) map[string]string {
	reasons := map[string]string{}
	for _, name := range names {
		reasons[name] = "no call changes a user"
	}

	return reasons
}
