package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"testing"
	"testing/synctest"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// TestCalls compares the method, path and body of every call about an object with fields, and what it reads from the
// answer.
func TestCalls(t *testing.T) {
	rule := api.AutomationRuleRequest{Name: api.Set("x"), Description: api.Null[string](), Actions: api.Set(api.Steps{})}

	const sent, agents = `{"name":"x","description":null,"actions":[]}`, `[{"id":11},{"id":"12"}]`
	for name, test := range map[string]struct {
		request, body, answer string
		call                  func(ctx context.Context, c *api.Client) (any, error)
		want                  any
	}{
		"create label": {
			"POST /labels", `{"label":{"title":"a","description":null}}`, `{"id":1,"title":"a","description":null,"color":"#fff","show_on_sidebar":null}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.CreateLabel(ctx, api.LabelRequest{Title: api.Set("a"), Description: api.Null[string]()})
			},
			api.Label{ID: 1, Title: "a", Color: "#fff"},
		},
		"list labels": {
			"GET /labels", ``, `{"payload":[{"id":1,"title":"a"}]}`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.Labels(ctx) },
			[]api.Label{{ID: 1, Title: "a"}},
		},
		"update label": {
			"PATCH /labels/1", `{"label":{"title":"a","description":null}}`, `{"id":1}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.UpdateLabel(ctx, 1, api.LabelRequest{Title: api.Set("a"), Description: api.Null[string]()})
			},
			api.Label{ID: 1},
		},
		"delete label": {
			"DELETE /labels/1", ``, ``,
			func(ctx context.Context, c *api.Client) (any, error) { return nil, c.DeleteLabel(ctx, 1) }, nil,
		},
		"create team": {
			"POST /teams", `{"team":{"name":"a","description":null}}`, `{"id":2,"name":"a","is_member":true}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.CreateTeam(ctx, api.TeamRequest{Name: api.Set("a"), Description: api.Null[string]()})
			},
			api.Team{ID: 2, Name: "a"},
		},
		"list teams": {
			"GET /teams", ``, `[{"id":2,"allow_auto_assign":true}]`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.Teams(ctx) },
			[]api.Team{{ID: 2, AllowAutoAssign: true}},
		},
		"update team": {
			"PATCH /teams/2", `{"team":{"name":"a","description":null}}`, `{"id":2}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.UpdateTeam(ctx, 2, api.TeamRequest{Name: api.Set("a"), Description: api.Null[string]()})
			},
			api.Team{ID: 2},
		},
		"team members": {
			"GET /teams/2/team_members", ``, agents,
			func(ctx context.Context, c *api.Client) (any, error) { return c.TeamMembers(ctx, 2) },
			[]api.ID{11, 12},
		},
		"set team members, as integers": {
			"PATCH /teams/2/team_members", `{"user_ids":[11,12]}`, agents,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.SetTeamMembers(ctx, 2, []api.ID{11, 12})
			},
			[]api.ID{11, 12},
		},
		"set no team members, never null": {
			"PATCH /teams/2/team_members", `{"user_ids":[]}`, `[]`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.SetTeamMembers(ctx, 2, nil) },
			[]api.ID{},
		},
		"create agent, with the custom role beside": {
			"POST /agents", `{"agent":{"email":"a@b"},"custom_role_id":7}`, `{"id":3,"email":"a@b","custom_role_id":7}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.CreateAgent(ctx, api.AgentRequest{Email: api.Set("a@b"), CustomRoleID: api.Set(api.ID(7))})
			},
			api.Agent{ID: 3, Email: "a@b", CustomRoleID: 7},
		},
		"list agents": {
			"GET /agents", ``, `[{"id":3,"custom_role_id":null}]`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.Agents(ctx) },
			[]api.Agent{{ID: 3}},
		},
		"update agent": {
			"PATCH /agents/3", `{"agent":{"role":"agent"},"custom_role_id":7}`, `{"id":3}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.UpdateAgent(ctx, 3, api.AgentRequest{Role: api.Set("agent"), CustomRoleID: api.Set(api.ID(7))})
			},
			api.Agent{ID: 3},
		},
		"inbox members": {
			"GET /inbox_members/4", ``, `{"payload":` + agents + `}`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.InboxMembers(ctx, 4) },
			[]api.ID{11, 12},
		},
		"set inbox members, as integers": {
			"PATCH /inbox_members", `{"inbox_id":4,"user_ids":[11]}`, `{"payload":[{"id":11}]}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.SetInboxMembers(ctx, 4, []api.ID{11})
			},
			[]api.ID{11},
		},
		"inbox bot": {
			"GET /inboxes/4/agent_bot", ``, `{"agent_bot":{"id":31}}`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.InboxAgentBot(ctx, 4) }, api.ID(31),
		},
		"no inbox bot": {
			"GET /inboxes/4/agent_bot", ``, `{}`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.InboxAgentBot(ctx, 4) }, api.ID(0),
		},
		"set inbox bot": {
			"POST /inboxes/4/set_agent_bot", `{"agent_bot":31}`, ``,
			func(ctx context.Context, c *api.Client) (any, error) { return nil, c.SetInboxAgentBot(ctx, 4, 31) }, nil,
		},
		"take inbox bot out": {
			"POST /inboxes/4/set_agent_bot", `{"agent_bot":null}`, ``,
			func(ctx context.Context, c *api.Client) (any, error) { return nil, c.SetInboxAgentBot(ctx, 4, 0) }, nil,
		},
		"create canned response": {
			"POST /canned_responses", `{"canned_response":{"short_code":"a"}}`, `{"id":5,"short_code":"a","content":"b"}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.CreateCannedResponse(ctx, api.CannedResponseRequest{ShortCode: api.Set("a")})
			},
			api.CannedResponse{ID: 5, ShortCode: "a", Content: "b"},
		},
		"list canned responses": {
			"GET /canned_responses", ``, `[{"id":5}]`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.CannedResponses(ctx) },
			[]api.CannedResponse{{ID: 5}},
		},
		"create webhook": {
			"POST /webhooks", `{"webhook":{"url":"u","inbox_id":null}}`, `{"payload":{"webhook":{"id":6,"url":"u","subscriptions":["a"]}}}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.CreateWebhook(ctx, api.WebhookRequest{URL: api.Set("u"), InboxID: api.Null[api.ID]()})
			},
			api.Webhook{ID: 6, URL: "u", Subscriptions: []string{"a"}},
		},
		"list webhooks": {
			"GET /webhooks", ``, `{"payload":{"webhooks":[{"id":6}]}}`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.Webhooks(ctx) },
			[]api.Webhook{{ID: 6}},
		},
		"update webhook": {
			"PATCH /webhooks/6", `{"webhook":{"url":"u","inbox_id":null}}`, `{"payload":{"webhook":{"id":6}}}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.UpdateWebhook(ctx, 6, api.WebhookRequest{URL: api.Set("u"), InboxID: api.Null[api.ID]()})
			},
			api.Webhook{ID: 6},
		},
		"create rule, at the root": {
			"POST /automation_rules", sent, `{"id":7,"name":"a","conditions":[],"actions":null}`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.CreateAutomationRule(ctx, rule) },
			api.AutomationRule{ID: 7, Name: "a", Conditions: api.Steps{}},
		},
		"update rule, in an envelope": {
			"PATCH /automation_rules/7", sent, `{"payload":{"id":7,"active":true}}`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.UpdateAutomationRule(ctx, 7, rule) },
			api.AutomationRule{ID: 7, Active: true},
		},
		"create macro": {
			"POST /macros", `{"name":"x"}`, `{"payload":{"id":8,"visibility":"global"}}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.CreateMacro(ctx, api.MacroRequest{Name: api.Set("x")})
			},
			api.Macro{ID: 8, Visibility: "global"},
		},
		"create portal, with the inbox beside": {
			"POST /portals", `{"portal":{"name":"A","slug":"a"},"inbox_id":4}`, `{"id":9,"slug":"a"}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.CreatePortal(ctx, api.PortalRequest{Name: "A", Slug: api.Set("a"), InboxID: api.Set[api.ID](4)})
			},
			api.Portal{ID: 9, Slug: "a"},
		},
		"detach the inbox, with the name beside": {
			"PATCH /portals/a", `{"portal":{"name":"A"},"inbox_id":null}`, `{"id":9,"slug":"a"}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.UpdatePortal(ctx, "a", api.PortalRequest{Name: "A", InboxID: api.Null[api.ID]()})
			},
			api.Portal{ID: 9, Slug: "a"},
		},
		"a slug cannot leave its place": {
			"PATCH /portals/a%2F..%2Fb", `{"portal":{"name":"x"}}`, `{"id":9}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.UpdatePortal(ctx, "a/../b", api.PortalRequest{Name: "x"})
			},
			api.Portal{ID: 9},
		},
		"create category": {
			"POST /portals/a/categories", `{"category":{"name":"x"}}`, `{"payload":{"id":10,"locale":"en"}}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.CreateCategory(ctx, "a", api.CategoryRequest{Name: api.Set("x")})
			},
			api.Category{ID: 10, Locale: "en"},
		},
		"create article": {
			"POST /portals/a/articles", `{"article":{"title":"x"}}`, `{"payload":{"id":11,"category":{"id":null}}}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.CreateArticle(ctx, "a", api.ArticleRequest{Title: api.Set("x")})
			},
			api.Article{ID: 11},
		},
		"create note": {
			"POST /contacts/7/notes", `{"note":{"content":"n"}}`, `{"id":12,"content":"n","contact_id":null}`,
			func(ctx context.Context, c *api.Client) (any, error) { return c.CreateContactNote(ctx, 7, "n") },
			api.ContactNote{ID: 12, Content: "n"},
		},
		"update account": {
			"PATCH ", `{"name":"x","auto_resolve_after":null}`, `{"id":1,"name":"x","settings":{"auto_resolve_after":null}}`,
			func(ctx context.Context, c *api.Client) (any, error) {
				return c.UpdateAccount(ctx, api.AccountRequest{Name: api.Set("x"), AutoResolveAfter: api.Null[int64]()})
			},
			api.Account{ID: 1, Name: "x"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			method, path, _ := cut(test.request)
			c := scripted(t, exchange{Request: method + " " + account + path, Body: test.body, Answer: test.answer})

			got, err := test.call(t.Context(), c)
			if err != nil || !sameValue(t, got, test.want) {
				t.Errorf("got %+v, %v, want %+v", got, err, test.want)
			}
		})
	}
}

func cut(request string) (method, path string, ok bool) {
	for i, r := range request {
		if r == ' ' {
			return request[:i], request[i+1:], true
		}
	}

	return request, "", false
}

// sameValue compares as JSON: an empty list and none are the same to a reader.
func sameValue(t *testing.T, a, b any) bool {
	t.Helper()

	x, err := json.Marshal(a)

	y, other := json.Marshal(b)
	if err != nil || other != nil {
		t.Fatal(err, other)
	}

	return string(x) == string(y) || reflect.DeepEqual(a, b) || string(x) == "[]" && string(y) == "null" || sameJSON(t, string(x), string(y))
}

// TestInboxCalls covers an inbox with its channel's fields, and deletion, which is waited for.
func TestInboxCalls(t *testing.T) {
	const inbox = `{"id":4,"name":"a","channel_type":"Channel::Email","imap_port":993,"working_hours":[{"day_of_week":0,"closed_all_day":true,"open_hour":null}],"help_center":{"slug":"h"}}`

	c := scripted(t,
		exchange{Request: "POST " + account + "/inboxes", Body: `{"name":"a","channel":{"type":"email"}}`, Answer: inbox},
		exchange{Request: "GET " + account + "/inboxes", Answer: `{"payload":[]}`},
		exchange{Request: "GET " + account + "/inboxes/4", Answer: inbox}, // An agent's list has only their own.
		exchange{Request: "DELETE " + account + "/inboxes/4", Answer: `{"message":"later"}`},
		exchange{Request: "GET " + account + "/inboxes/4", Answer: inbox},
		exchange{Request: "GET " + account + "/inboxes/4", Status: http.StatusNotFound, Answer: `{"error":"Resource could not be found"}`},
	)

	created, err := c.CreateInbox(t.Context(), api.InboxRequest{Name: api.Set("a"), Channel: api.Set(api.Object{"type": "email"})})
	if err != nil || created.Channel["imap_port"] != json.Number("993") || !created.WorkingHours[0].ClosedAllDay || created.HelpCenter.Slug != "h" {
		t.Errorf("created %+v, %v", created, err)
	}

	if found, err := c.Inbox(t.Context(), 4); err != nil || found.ID != 4 {
		t.Errorf("read %+v, %v", found, err)
	}

	if err := c.DeleteInbox(t.Context(), 4); err != nil {
		t.Errorf("deleted: %v", err)
	}
}

// TestInboxGoing takes a refusal for a look too early while an inbox is taken apart, and a lasting one for what it is.
func TestInboxGoing(t *testing.T) {
	const refusal = `{"error":"You are not authorized to do this action"}`

	del := func(status int) exchange {
		return exchange{Request: "DELETE " + account + "/inboxes/4", Status: status, Answer: refusal}
	}
	get := func(status int) exchange {
		return exchange{Request: "GET " + account + "/inboxes/4", Status: status, Answer: refusal}
	}

	for name, c := range map[string]struct {
		exchanges []exchange
		refused   bool
	}{
		"refused while it goes": {[]exchange{del(200), get(401), get(401), get(404)}, false},
		"refused now and then":  {[]exchange{del(200), get(401), get(401), get(200), get(401), get(404)}, false},
		"refused for good":      {[]exchange{del(200), get(401), get(401), get(401)}, true},
		"deleted elsewhere":     {[]exchange{del(401), get(404)}, false},
		"no right":              {[]exchange{del(401), get(200)}, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				err := scripted(t, c.exchanges...).DeleteInbox(t.Context(), 4)
				if transport.IsUnauthorized(err) != c.refused || !c.refused && err != nil {
					t.Errorf("deleted: %v", err)
				}
			})
		})
	}
}

// TestNoObject covers successes that bring nothing: they must not read as an object, or as an empty list.
func TestNoObject(t *testing.T) {
	for _, answer := range []string{`{}`, `null`, ``, `[]`, `{"payload":{}}`, `{"payload":null}`, `{"id":null}`, `{"id":0}`} {
		for name, call := range map[string]func(ctx context.Context, c *api.Client) error{
			"POST /labels": func(ctx context.Context, c *api.Client) error {
				_, err := c.CreateLabel(ctx, api.LabelRequest{})
				return err
			},
			"POST /macros": func(ctx context.Context, c *api.Client) error {
				_, err := c.CreateMacro(ctx, api.MacroRequest{})
				return err
			},
			"POST /webhooks": func(ctx context.Context, c *api.Client) error {
				_, err := c.CreateWebhook(ctx, api.WebhookRequest{})
				return err
			},
			"POST /inboxes": func(ctx context.Context, c *api.Client) error {
				_, err := c.CreateInbox(ctx, api.InboxRequest{})
				return err
			},
		} {
			method, path, _ := cut(name)

			c := scripted(t, exchange{Request: method + " " + account + path, Check: anyBody, Answer: answer})
			if err := call(t.Context(), c); !transport.IsLost(err) {
				t.Errorf("%s, %q: %v", name, answer, err)
			}
		}

		if answer == `[]` || answer == `{"payload":[]}` {
			continue
		}

		c := scripted(t, exchange{Request: "GET " + account + "/labels", Answer: answer})
		if labels, err := c.Labels(t.Context()); err == nil {
			t.Errorf("%q: labels %v", answer, labels)
		}

		c = scripted(t, exchange{Request: "GET " + account + "/webhooks", Answer: answer})
		if hooks, err := c.Webhooks(t.Context()); err == nil {
			t.Errorf("%q: webhooks %v", answer, hooks)
		}
	}
}

func anyBody(*testing.T, *http.Request, []byte) {}

// TestCrash_missing covers kinds over which the server crashes when an object does not exist.
func TestCrash_missing(t *testing.T) {
	crash := exchange{Status: http.StatusInternalServerError, Answer: `{"status":500,"error":"Internal Server Error"}`}
	at := func(request string) exchange { e := crash; e.Request = request; return e }
	with := func(e exchange, body string) exchange { e.Body = body; return e }

	c := scripted(t,
		at("DELETE "+account+"/automation_rules/7"), exchange{Request: "GET " + account + "/automation_rules", Answer: `{"payload":[]}`},
		at("DELETE "+account+"/automation_rules/8"), exchange{Request: "GET " + account + "/automation_rules", Answer: `{"payload":[{"id":8}]}`},
		exchange{Request: "GET " + account + "/portals", Answer: `{"payload":[{"id":9,"slug":"b"}]}`},
		at("GET "+account+"/portals/b/articles/1"), at("GET "+account+"/portals/b/articles/1"),
		with(at("POST "+account+"/portals/a/articles"), `{"article":{"title":"x"}}`), exchange{Request: "GET " + account + "/portals", Answer: `{"payload":[{"id":9,"slug":"b"}]}`},
		with(at("POST "+account+"/portals/b/articles"), `{"article":{"title":"x"}}`), exchange{Request: "GET " + account + "/portals", Answer: `{"payload":[{"id":9,"slug":"b"}]}`},
	)
	if err := c.DeleteAutomationRule(t.Context(), 7); !transport.IsNotFound(err) {
		t.Errorf("a rule that is gone: %v", err)
	}

	if err := c.DeleteAutomationRule(t.Context(), 8); err == nil || transport.IsNotFound(err) {
		t.Errorf("a rule that is there: %v", err)
	}

	if _, err := c.Article(t.Context(), "a", 1); !transport.IsNotFound(err) {
		t.Errorf("an article of a portal that is gone: %v", err)
	}

	if _, err := c.Article(t.Context(), "b", 1); err == nil || transport.IsNotFound(err) {
		t.Errorf("an article of a portal that is there: %v", err)
	}

	if _, err := c.CreateArticle(t.Context(), "a", api.ArticleRequest{Title: api.Set("x")}); !transport.IsNotFound(err) || transport.IsLost(err) {
		t.Errorf("a new article of a portal that is gone: %v", err)
	}

	if _, err := c.CreateArticle(t.Context(), "b", api.ArticleRequest{Title: api.Set("x")}); err == nil || transport.IsNotFound(err) {
		t.Errorf("a new article of a portal that is there: %v", err)
	}
}

// FuzzInbox reads whatever a server may answer: an inbox or an error, never a crash.
func FuzzInbox(f *testing.F) {
	for _, seed := range []string{
		`{"id":4,"channel_type":"Channel::Api","working_hours":[{"day_of_week":1,"open_hour":9}],"additional_attributes":{"a":[1,true]}}`,
		`{"id":"4","csat_config":null,"help_center":null}`, `{"id":4.5}`, `[]`, `null`, `{"working_hours":{}}`, `{"imap_port":1e999}`, `{"id":4`, "",
	} {
		f.Add([]byte(seed))
	}

	f.Fuzz(func(t *testing.T, raw []byte) {
		var inbox api.Inbox
		if json.Unmarshal(raw, &inbox) == nil && inbox.ID != 0 && inbox.Channel == nil {
			t.Errorf("%s has no fields", raw)
		}
	})
}

// FuzzSteps reads conditions and actions, whatever is in them.
func FuzzSteps(f *testing.F) {
	for _, seed := range []string{`{"id":1,"conditions":[{"values":[1]}],"actions":[{"action_params":["a",{}]}]}`, `{"conditions":{}}`, `{"actions":"x"}`, `{"actions":[null]}`} {
		f.Add([]byte(seed))
	}

	f.Fuzz(func(_ *testing.T, raw []byte) {
		var rule api.AutomationRule

		_ = json.Unmarshal(raw, &rule)
	})
}
