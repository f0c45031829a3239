package promises_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/permission"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

// subject is one object of a type, for tests that every type has to pass.
type subject struct {
	kind string
	// config declares the object; what it refers to is made before.
	config func(s *stage) acctest.Values
	// change is an update in place; nil if the type has none.
	change acctest.Values
	// count is how many such objects the platform holds.
	count func(w *acctest.World) int
}

// keyed reports whether the type has a natural key, and so adopt_existing; where the key is optional, the subject gives it.
func (sub subject) keyed(p *acctest.Protocol) bool {
	return slices.ContainsFunc(p.Schema(sub.kind).Block.Attributes, func(a *tfprotov6.SchemaAttribute) bool {
		return a.Name == "adopt_existing"
	})
}

// stage is a provider and a world for one subject after the other.
type stage struct {
	*testing.T
	*acctest.Protocol

	world    *acctest.World
	settings acctest.Values
}

func newStage(t *testing.T, settings acctest.Values) *stage {
	t.Helper()
	w := acctest.New(t)

	return &stage{T: t, world: w, settings: settings, Protocol: w.Protocol(t, settings)}
}

// clear empties the world and gives the provider new clients, which know nothing of what was there.
func (s *stage) clear(t *testing.T) *stage {
	t.Helper()

	response, err := http.Post(s.world.URL+"/_sandbox/reset", "", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}

	_ = response.Body.Close()

	diags := s.Configure(s.world.Block(s.settings))
	if len(diags.Errors()) > 0 {
		t.Fatal(diags)
	}

	return &stage{T: t, world: s.world, settings: s.settings, Protocol: s.Protocol}
}

// need makes an object that a subject refers to.
func (s *stage) need(kind string, config acctest.Values) acctest.Object {
	s.Helper()

	if (subject{kind: kind}).keyed(s.Protocol) {
		config = with(config, acctest.Values{"adopt_existing": true}) // Another subject may have needed it.
	}

	// Another run of the provider: this one may have made the same object for another subject, and would refuse a second.
	o, diags := s.world.Protocol(s.T, s.settings).Create(s.Context(), kind, config)
	if len(diags.Errors()) > 0 {
		s.Fatal(diags)
	}

	return o
}

func fixed(config acctest.Values) func(*stage) acctest.Values {
	return func(*stage) acctest.Values { return maps.Clone(config) }
}

// with returns the configuration with some attributes changed.
func with(config, changes acctest.Values) acctest.Values {
	out := maps.Clone(config)
	maps.Copy(out, changes)

	return out
}

func count[V any](rows []V, is func(V) bool) int {
	return len(slices.DeleteFunc(slices.Clone(rows), func(v V) bool { return !is(v) }))
}

// subjects has one of every type.
func subjects() []subject {
	all := slices.Concat(kommunicateSubjects(), chatlakeSubjects(), platformSubjects(), imichatSubjects())

	for _, kind := range permission.Types() {
		isListed := slices.ContainsFunc(all, func(s subject) bool { return s.kind == kind.Name })
		if kind.Write != "" && !isListed {
			all = append(all, exampleSubject(kind))
		}
	}

	return all
}

// exampleSubject is the object of a type's example, of which there is no other in the account. Its change is another text.
func exampleSubject(kind permission.Type) subject {
	example, err := acctest.ReadExample(kind.Name)
	sub := subject{
		kind:  kind.Name,
		count: func(w *acctest.World) int { return len(w.Chatlake.Objects(kind.Path)) },
		config: func(s *stage) acctest.Values {
			if err != nil {
				s.Fatal(err)
			}

			return example.Config(s.T, s.need)
		},
	}

	for _, text := range []string{"description", "name", "title", "answer", "idp_entity_id"} {
		if example.Has(text) {
			sub.change = acctest.Values{text: "Changed"}
			return sub
		}
	}

	if err == nil {
		err = fmt.Errorf("the example of %s has no text that a test could change: give it a subject of its own", kind.Name)
	}

	return sub
}

func kommunicateSubjects() []subject {
	return []subject{
		{
			kind: "kommunicate_user",
			config: fixed(acctest.Values{
				"user_id": "mira", "display_name": "Mira", "email": "mira@example.com", "phone_number": "+14155550123",
				"metadata": acctest.Values{"plan": "gold"}, "on_destroy": "deactivate",
			}),
			change: acctest.Values{"display_name": "Mira Example", "email": nil, "metadata": acctest.Values{"plan": "silver"}},
			count:  func(w *acctest.World) int { return len(w.Kommunicate.Users()) },
		},
		{
			kind: "kommunicate_conversation",
			config: func(s *stage) acctest.Values {
				s.need("kommunicate_user", acctest.Values{"user_id": "mira"})

				return acctest.Values{
					"group_name": "Order 1", "client_group_id": "order-1", "group_member_list": []any{"mira"}, "status": "open",
					"assignee": kommunicate.AgentOneID, "team_id": fmt.Sprint(kommunicate.DefaultTeamID), "metadata": acctest.Values{"order": "1"},
					"conversation_info": acctest.Values{"Order": "1"},
				}
			},
			change: acctest.Values{"group_name": "Order one", "status": "closed", "metadata": acctest.Values{"order": "one"}},
			count:  func(w *acctest.World) int { return len(w.Kommunicate.Groups()) },
		},
		{
			kind: "kommunicate_conversation_member",
			config: func(s *stage) acctest.Values {
				group := s.need("kommunicate_conversation", acctest.Values{"client_group_id": "group-1", "group_name": "Order 1", "group_member_list": []any{"mira"}})

				return acctest.Values{"group_id": group.String("id"), "user_id": "courier", "role": "user"}
			},
			change: acctest.Values{"role": "agent"},
			count: func(w *acctest.World) int {
				return count(w.Kommunicate.Groups(), func(g kommunicate.GroupView) bool { return slices.Contains(g.Members, "courier") })
			},
		},
		{
			kind: "kommunicate_message",
			config: func(s *stage) acctest.Values {
				s.need("kommunicate_user", acctest.Values{"user_id": "mira"})
				group := s.need("kommunicate_conversation", acctest.Values{"client_group_id": "group-1", "group_name": "Order 1", "group_member_list": []any{"mira"}})

				return acctest.Values{"group_id": group.String("id"), "from_user_name": "mira", "message": "Where is it?", "metadata": acctest.Values{"order": "1"}}
			},
			count: func(w *acctest.World) int {
				n := 0
				for _, g := range w.Kommunicate.Groups() {
					n += count(w.Kommunicate.Messages(g.ID), func(m kommunicate.MessageView) bool { return m.Text == "Where is it?" })
				}

				return n
			},
		},
	}
}

// platformSubjects are above the accounts of Chatlake: they are of no account that a provider could be configured for.
func platformSubjects() []subject {
	installed := func(kind, attribute, value string) func(w *acctest.World) int {
		return func(w *acctest.World) int {
			return count(w.Chatlake.Installed(kind), func(o map[string]any) bool { return fmt.Sprint(o[attribute]) == value })
		}
	}

	return []subject{
		{
			kind:   "chatlake_platform_account",
			config: fixed(acctest.Values{"name": "Shop", "locale": "de", "limits": acctest.Values{"agents": 5}}),
			change: acctest.Values{"locale": "fr", "limits": acctest.Values{"inboxes": 5}},
			count:  installed("accounts", "name", "Shop"),
		},
		{
			kind: "chatlake_platform_user",
			config: fixed(acctest.Values{
				"name": "Mira", "email": "mira@example.com", "display_name": "M", "password_wo": "Secret-1!", "password_wo_version": 1,
			}),
			change: acctest.Values{"name": "Mira Example", "display_name": "Me"},
			count:  installed("users", "email", "mira@example.com"),
		},
		{
			kind:   "chatlake_platform_account_user",
			config: fixed(acctest.Values{"account_id": fmt.Sprint(chatlake.OtherAccountID), "user_id": fmt.Sprint(chatlake.AgentID), "role": "agent"}),
			change: acctest.Values{"role": "administrator"},
			count: func(w *acctest.World) int {
				return count(w.Chatlake.Installed("account_users"), func(o map[string]any) bool {
					return fmt.Sprint(o["account_id"], " ", o["user_id"]) == fmt.Sprint(chatlake.OtherAccountID, " ", chatlake.AgentID)
				})
			},
		},
		{
			kind:   "chatlake_platform_agent_bot",
			config: fixed(acctest.Values{"name": "Helper", "description": "Helps", "outgoing_url": "https://example.com/bot"}),
			change: acctest.Values{"description": "Helps more"},
			count:  installed("agent_bots", "name", "Helper"),
		},
	}
}

func chatlakeSubjects() []subject {
	return []subject{
		{
			kind: "chatlake_contact",
			config: fixed(acctest.Values{
				"identifier": "mira", "name": "Mira", "email": "mira@example.com", "labels": []any{chatlake.FirstLabelTitle},
				"custom_attributes": acctest.Values{"plan": "gold"},
			}),
			change: acctest.Values{"name": "Mira Example", "labels": []any{"other"}, "custom_attributes": acctest.Values{"seats": 3}},
			count:  func(w *acctest.World) int { return len(w.Chatlake.Contacts()) },
		},
		{
			kind:   "chatlake_label",
			config: fixed(acctest.Values{"title": "urgent", "description": "At once"}),
			change: acctest.Values{"description": "Now"},
			count: func(w *acctest.World) int {
				return count(w.Chatlake.Labels(), func(l chatlake.Label) bool { return l.Title == "urgent" })
			},
		},
		{
			kind:   "chatlake_team",
			config: fixed(acctest.Values{"name": "night shift", "description": "At night", "member_ids": []any{"12"}}),
			change: acctest.Values{"description": "Late", "member_ids": []any{"12", "13"}},
			count: func(w *acctest.World) int {
				return count(w.Chatlake.Teams(), func(x chatlake.Team) bool { return x.Name == "night shift" })
			},
		},
		{
			kind: "chatlake_team_member",
			config: func(s *stage) acctest.Values {
				team := s.need("chatlake_team", acctest.Values{"name": "early shift"})
				return acctest.Values{"team_id": team.String("id"), "agent_id": fmt.Sprint(chatlake.AgentID)}
			},
			count: func(w *acctest.World) int {
				return count(w.Chatlake.Teams(), func(x chatlake.Team) bool { return x.Name == "early shift" && len(x.MemberIDs) == 1 })
			},
		},
		{
			kind: "chatlake_inbox_member",
			config: func(s *stage) acctest.Values {
				inbox := s.need("chatlake_inbox", acctest.Values{"name": "Early shift", "channel": acctest.Values{"type": "api"}})
				return acctest.Values{"inbox_id": inbox.String("id"), "agent_id": fmt.Sprint(chatlake.AgentID)}
			},
			count: func(w *acctest.World) int {
				return count(w.Chatlake.Inboxes(), func(x chatlake.Inbox) bool { return x.Name == "Early shift" && len(x.MemberIDs) == 1 })
			},
		},
		{
			kind: "chatlake_conversation_participant",
			config: func(s *stage) acctest.Values {
				contact := s.need("chatlake_contact", acctest.Values{"identifier": "mira"})
				conversation := s.need("chatlake_conversation", acctest.Values{"inbox_id": fmt.Sprint(chatlake.APIInboxID), "contact_id": contact.String("id")})

				return acctest.Values{"conversation_id": conversation.String("id"), "agent_id": fmt.Sprint(chatlake.AgentID)}
			},
			count: func(w *acctest.World) int {
				return count(w.Chatlake.Conversations(), func(x chatlake.Conversation) bool { return len(x.Participants) == 1 })
			},
		},
		{
			kind:   "chatlake_agent",
			config: fixed(acctest.Values{"email": "juno@example.com", "name": "Juno", "role": "agent"}),
			change: acctest.Values{"role": "administrator"},
			count: func(w *acctest.World) int {
				return count(w.Chatlake.Agents(), func(x chatlake.Agent) bool { return x.Email == "juno@example.com" })
			},
		},
		{
			kind:   "chatlake_canned_response",
			config: fixed(acctest.Values{"short_code": "hello", "content": "Hello!"}),
			change: acctest.Values{"content": "Good day!"},
			count:  rows("canned_responses", "short_code", "hello"),
		},
		{
			kind:   "chatlake_webhook",
			config: fixed(acctest.Values{"url": "https://example.com/hook", "subscriptions": []any{"message_created"}, "name": "Orders"}),
			change: acctest.Values{"subscriptions": []any{"message_created", "conversation_created"}},
			count:  rows("webhooks", "url", "https://example.com/hook"),
		},
		{
			kind:   "chatlake_account_settings",
			config: fixed(acctest.Values{"name": "Acme", "auto_resolve_after": 10080}),
			change: acctest.Values{"name": "Acme Limited"},
			count:  func(*acctest.World) int { return 1 },
		},
		{
			kind:   "chatlake_profile_settings",
			config: fixed(acctest.Values{"display_name": "Ada", "message_signature": "Ada from Acme"}),
			change: acctest.Values{"display_name": "Ada A."},
			count:  func(*acctest.World) int { return 1 },
		},
		{
			kind:   "chatlake_notification_settings",
			config: fixed(acctest.Values{"selected_email_flags": []any{"email_conversation_mention"}}),
			change: acctest.Values{"selected_email_flags": []any{"email_conversation_creation"}},
			count:  func(*acctest.World) int { return 1 },
		},
		{
			kind:   "chatlake_agent_bot",
			config: fixed(acctest.Values{"name": "Triage", "description": "Asks", "outgoing_url": "https://bots.example.com/triage"}),
			change: acctest.Values{"description": "Asks what it is about"},
			count:  rows("agent_bots", "name", "Triage"),
		},
		{
			kind: "chatlake_agent_capacity_policy",
			config: fixed(acctest.Values{
				"name": "Part time", "description": "Half a day", "user_ids": []any{"11"},
				"exclusion_rules": acctest.Values{"exclude_older_than_hours": 48},
				"inbox_limits":    []any{acctest.Values{"inbox_id": "101", "conversation_limit": 5}},
			}),
			change: acctest.Values{"inbox_limits": []any{acctest.Values{"inbox_id": "101", "conversation_limit": 4}}},
			count:  rows("agent_capacity_policies", "name", "Part time"),
		},
		{
			kind: "chatlake_captain_document",
			config: func(s *stage) acctest.Values {
				assistant := s.need("chatlake_captain_assistant", acctest.Values{"name": "Helper", "description": "Answers"})
				return acctest.Values{"assistant_id": assistant.String("id"), "external_link": "https://help.example.com/orders"}
			},
			count: func(w *acctest.World) int { return len(w.Chatlake.Objects("captain/documents")) },
		},
		{
			kind: "chatlake_captain_inbox",
			config: func(s *stage) acctest.Values {
				assistant := s.need("chatlake_captain_assistant", acctest.Values{"name": "Helper", "description": "Answers"})
				return acctest.Values{"assistant_id": assistant.String("id"), "inbox_id": fmt.Sprint(chatlake.APIInboxID)}
			},
			count: func(w *acctest.World) int { return len(w.Chatlake.Objects("captain/assistants/*/inboxes")) },
		},
		{
			kind: "chatlake_integration_hook",
			config: fixed(acctest.Values{
				"app_id": "dialogflow", "inbox_id": "101", "settings": acctest.Values{"project_id": "shop"},
				"settings_wo": acctest.Values{"credentials": acctest.Values{"type": "service_account"}}, "settings_wo_version": 1,
			}),
			change: acctest.Values{"status": "disabled"},
			count:  rows("integrations/hooks", "app_id", "dialogflow"),
		},
		{
			kind:   "chatlake_assignment_policy",
			config: fixed(acctest.Values{"name": "Fair", "description": "Who waits longest", "conversation_priority": "longest_waiting"}),
			change: acctest.Values{"description": "The one who waits longest comes first"},
			count:  rows("assignment_policies", "name", "Fair"),
		},
		{
			kind: "chatlake_automation_rule",
			config: fixed(acctest.Values{
				"name": "Refunds", "event_name": "message_created",
				"conditions": []any{acctest.Values{"attribute_key": "content", "filter_operator": "contains", "values": []any{"refund"}}},
				"actions":    []any{acctest.Values{"action_name": "add_label", "action_params": []any{"billing"}}},
			}),
			change: acctest.Values{"name": "Refunds of any kind"},
			count:  func(w *acctest.World) int { return len(w.Chatlake.Objects("automation_rules")) },
		},
		{
			kind: "chatlake_contact_note",
			config: func(s *stage) acctest.Values {
				contact := s.need("chatlake_contact", acctest.Values{"identifier": "mira"})
				return acctest.Values{"contact_id": contact.String("id"), "content": "Prefers the afternoon."}
			},
			change: acctest.Values{"content": "Prefers the morning."},
			count:  func(w *acctest.World) int { return len(w.Chatlake.Objects("notes")) },
		},
		{
			kind: "chatlake_custom_attribute_definition",
			config: fixed(acctest.Values{
				"attribute_display_name": "Plan", "attribute_key": "plan", "attribute_model": "contact_attribute", "attribute_display_type": "text",
			}),
			change: acctest.Values{"attribute_display_name": "The plan"},
			count:  rows("custom_attribute_definitions", "attribute_key", "plan"),
		},
		{
			kind: "chatlake_custom_filter",
			config: fixed(acctest.Values{
				"name": "Waiting", "filter_type": "conversation",
				"query": acctest.Values{"payload": []any{acctest.Values{"attribute_key": "status", "filter_operator": "equal_to", "values": []any{"open"}}}},
			}),
			change: acctest.Values{"name": "Waiting for us"},
			count:  func(w *acctest.World) int { return len(w.Chatlake.Objects("custom_filters")) },
		},
		{
			kind:   "chatlake_dashboard_app",
			config: fixed(acctest.Values{"title": "Orders", "content": []any{acctest.Values{"url": "https://shop.example.com/orders"}}}),
			change: acctest.Values{"title": "Orders and returns"},
			count:  func(w *acctest.World) int { return len(w.Chatlake.Objects("dashboard_apps")) },
		},
		{
			kind: "chatlake_macro",
			config: fixed(acctest.Values{
				"name": "Thank", "visibility": "global", "actions": []any{acctest.Values{"action_name": "send_message", "action_params": []any{"Thanks!"}}},
			}),
			change: acctest.Values{"name": "Thank and close"},
			count:  func(w *acctest.World) int { return len(w.Chatlake.Objects("macros")) },
		},
		{
			kind:   "chatlake_portal",
			config: fixed(acctest.Values{"name": "Help", "slug": "help"}),
			change: acctest.Values{"name": "Help center"},
			count:  rows("portals", "slug", "help"),
		},
		{
			kind: "chatlake_category",
			config: func(s *stage) acctest.Values {
				portal := s.need("chatlake_portal", acctest.Values{"name": "Help", "slug": "help"})
				return acctest.Values{"portal_slug": portal.String("slug"), "name": "Orders", "slug": "orders", "locale": "en"}
			},
			change: acctest.Values{"name": "Orders and returns"},
			count:  rows("categories", "slug", "orders"),
		},
		{
			kind: "chatlake_article",
			config: func(s *stage) acctest.Values {
				portal := s.need("chatlake_portal", acctest.Values{"name": "Help", "slug": "help"})
				return acctest.Values{"portal_slug": portal.String("slug"), "title": "How to order", "slug": "how-to-order", "content": "Like this.", "author_id": fmt.Sprint(chatlake.AdminID)}
			},
			change: acctest.Values{"title": "How to order anything"},
			count:  func(w *acctest.World) int { return len(w.Chatlake.Objects("articles")) },
		},
		{
			kind: "chatlake_contact_inbox",
			config: func(s *stage) acctest.Values {
				contact := s.need("chatlake_contact", acctest.Values{"identifier": "mira"})
				return acctest.Values{"contact_id": contact.String("id"), "inbox_id": fmt.Sprint(chatlake.APIInboxID)}
			},
			count: func(w *acctest.World) int { return len(w.Chatlake.Sessions()) },
		},
		{
			kind: "chatlake_message",
			config: func(s *stage) acctest.Values {
				contact := s.need("chatlake_contact", acctest.Values{"identifier": "mira"})
				conversation := s.need("chatlake_conversation", acctest.Values{"inbox_id": fmt.Sprint(chatlake.APIInboxID), "contact_id": contact.String("id")})

				return acctest.Values{"conversation_id": conversation.String("id"), "content": "Where is it?"}
			},
			count: func(w *acctest.World) int {
				return count(w.Chatlake.Messages(1), func(m chatlake.Message) bool { return m.Content == "Where is it?" })
			},
		},
		{
			kind: "chatlake_inbox",
			config: fixed(acctest.Values{
				"name": "Orders", "channel": acctest.Values{"type": "api"}, "member_ids": []any{"12"}, "greeting_enabled": true,
				"greeting_message": "Hello",
			}),
			change: acctest.Values{"name": "Orders and returns", "member_ids": []any{"12", "13"}},
			count: func(w *acctest.World) int {
				return count(w.Chatlake.Inboxes(), func(x chatlake.Inbox) bool { return strings.HasPrefix(x.Name, "Orders") })
			},
		},
		{
			kind: "chatlake_conversation",
			config: func(s *stage) acctest.Values {
				contact := s.need("chatlake_contact", acctest.Values{"identifier": "mira"})

				return acctest.Values{
					"inbox_id": fmt.Sprint(chatlake.APIInboxID), "contact_id": contact.String("id"), "status": "pending", "priority": "high",
					"assignee_id": fmt.Sprint(chatlake.AgentID), "team_id": fmt.Sprint(chatlake.TeamID),
					"labels": []any{chatlake.FirstLabelTitle}, "custom_attributes": acctest.Values{"order": "1"},
				}
			},
			change: acctest.Values{"status": "open", "priority": "low", "labels": []any{"other"}},
			count: func(w *acctest.World) int { // Without a key: one that is replaced stays, resolved.
				return count(w.Chatlake.Conversations(), func(x chatlake.Conversation) bool { return x.Status != "resolved" })
			},
		},
	}
}

// rows counts what a list of the account shows.
func rows(kind, key, value string) func(w *acctest.World) int {
	return func(w *acctest.World) int {
		return count(w.Chatlake.Objects(kind), func(row map[string]any) bool { return row[key] == value })
	}
}

func imichatSubjects() []subject {
	return []subject{
		{
			kind: "imichat_chat",
			config: func(s *stage) acctest.Values {
				s.world.IMIchat.SetSwitches(func(x *imichat.Switches) { x.UniqueAlias = true })

				return acctest.Values{
					"alias_id": "order-1", "channel": "sms", "asset": acctest.Values{"id": imichat.AssetSMS},
					"customer": acctest.Values{"destination_id": "447700900001", "name": "Mira"},
					"tags":     []any{"vip"}, "other_details": acctest.Values{"order": "1"},
				}
			},
			change: acctest.Values{"tags": []any{"vip", "late"}, "other_details": acctest.Values{"order": "2"}},
			count: func(w *acctest.World) int {
				return count(w.IMIchat.Chats(), func(c imichat.Chat) bool { return c.Status != "closed" })
			},
		},
		{
			kind: "imichat_message",
			config: func(s *stage) acctest.Values {
				chat := s.need("imichat_chat", acctest.Values{
					"alias_id": "chat-1", "channel": "sms", "asset": acctest.Values{"id": imichat.AssetSMS},
					"customer": acctest.Values{"destination_id": "447700900001", "name": "Mira"},
				})

				return acctest.Values{"chat_id": chat.String("id"), "type": "inbound", "text": "Where is it?"}
			},
			count: func(w *acctest.World) int {
				n := 0
				for _, chat := range w.IMIchat.Chats() {
					n += len(chat.Messages)
				}

				return n
			},
		},
		{
			kind: "imichat_user",
			config: fixed(acctest.Values{
				"login_id": "juno", "email_id": "juno@example.com", "first_name": "Juno", "password_wo": "first-password", "password_wo_version": 1,
				"privileges": []any{acctest.Values{"teamid": imichat.TeamID, "role": "Team Agent"}},
			}),
			count: func(w *acctest.World) int {
				return count(w.IMIchat.Users(), func(u imichat.User) bool { return u.LoginID == "juno" })
			},
		},
	}
}

// A new type that is not plain needs a subject here, or no fault test knows it. That of a plain one is its example.
func TestEveryTypeHasFaultTests(t *testing.T) {
	t.Parallel()

	var kinds []string
	for _, s := range subjects() {
		kinds = append(kinds, s.kind)
	}

	for _, kind := range acctest.NewProtocol(t).Resources() {
		if !slices.Contains(kinds, kind) {
			t.Errorf("%s is missing in subjects: no fault test knows it", kind)
		}
	}
}
