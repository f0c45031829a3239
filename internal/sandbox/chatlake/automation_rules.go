package chatlake

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

type rule struct {
	ID          int64    `json:"id"`
	AccountID   int64    `json:"account_id"`
	Name        string   `json:"name"`
	Description *string  `json:"description"`
	EventName   string   `json:"event_name"`
	Conditions  []any    `json:"conditions"`
	Actions     []any    `json:"actions"`
	CreatedOn   int64    `json:"created_on"`
	Active      bool     `json:"active"`
	Files       []object `json:"files,omitempty"`
}

func (r *rule) key() int64   { return r.ID }
func (r *rule) owner() int64 { return r.AccountID }

var ruleEvents = []string{
	"conversation_created", "conversation_updated", "conversation_opened", "conversation_resolved", "message_created",
}

var ruleConditions = []string{
	"content", "email", "country_code", "status", "message_type", "browser_language", "assignee_id", "team_id",
	"referer", "city", "company_name", "inbox_id", "mail_subject", "phone_number", "priority",
	"conversation_language", "labels", "private_note",
}

var ruleActions = []string{
	"send_message", "add_label", "remove_label", "send_email_to_team", "assign_team", "assign_agent",
	"remove_assigned_agent", "remove_assigned_team", "send_webhook_event", "mute_conversation", "send_attachment",
	"change_status", "resolve_conversation", "open_conversation", "pending_conversation", "snooze_conversation",
	"change_priority", "send_email_transcript", "add_private_note",
}

func (p *Platform) ruleShelf() *shelf[*rule] {
	return shelf[*rule]{
		p: p, param: "rule", rows: &p.rules,
		fresh:  func(c *call) *rule { return &rule{AccountID: c.account.id, Active: true} },
		assign: p.assignRule,
		keep: func(r *rule) {
			if r.ID == 0 {
				r.ID, r.CreatedOn = p.nextID("rules"), epoch(p.core.Now())
			}
		},
		copy:    func(r *rule) *rule { draft := *r; return &draft },
		commit:  func(into, draft *rule) { *into = *draft },
		wrapOne: underPayload, wrapAll: underPayload,
		missing: func(c *call) sandbox.Reply {
			return crash(c.Request, "automation rule %s is not there: the server stumbles, so look for it in the list", c.PathValue("rule"))
		},
	}.with()
}

func (p *Platform) assignRule(c *call, r *rule, fresh bool) *sandbox.Reply {
	in, refused := read(c.Request, "name", "description", "event_name", "active", "conditions*", "actions*")
	if refused != nil {
		return refused
	}

	for _, key := range []string{"name", "event_name", "conditions", "actions"} {
		if fresh && (!in.has(key) || in.isNull(key)) {
			reply := crash(c.Request, "an automation rule without %s", key)
			return &reply
		}
	}

	in.mustString("name", &r.Name)
	in.optString("description", &r.Description, maxText)
	in.mustString("event_name", &r.EventName)
	in.flag("active", &r.Active)

	conditions, sent := in.list("conditions")
	if sent {
		r.Conditions = conditions
	}

	actions, sent := in.list("actions")
	if sent {
		r.Actions = actions
	}

	if in.failed != nil {
		return in.failed
	}

	if !slices.Contains(ruleEvents, r.EventName) {
		c.Complain("event_name %q: the server takes it and never acts", r.EventName)
	}

	files, bad := p.attachActions(c, r.Actions)
	if bad != nil {
		return bad
	}

	r.Files = files
	problems := p.validateConditions(c, r.Conditions)

	names := strangeActions(r.Actions, p.ruleActions())
	if names != "" {
		problems["actions"] = []string{fmt.Sprintf("Automation actions %s not supported.", names)}
	}

	return refuseRule(p, problems, fresh, in)
}

// refuseRule answers an object by column when creating, and as usual when updating.
func refuseRule(p *Platform, problems map[string][]string, fresh bool, in *input) *sandbox.Reply {
	if len(problems) == 0 {
		return in.done(p)
	}

	if fresh {
		reply := answer(http.StatusUnprocessableEntity, object{"error": problems})
		return &reply
	}

	for _, column := range sortedKeys(problems) {
		for _, text := range problems[column] {
			in.errs.addEnglish(column, humanize(column)+" "+text)
		}
	}

	return in.done(p)
}

func (p *Platform) ruleActions() []string {
	if p.switches.Enterprise {
		return append(slices.Clone(ruleActions), "add_sla")
	}

	return ruleActions
}

// validateConditions checks keys and how they are joined; operators and values go unchecked.
func (p *Platform) validateConditions(c *call, rows []any) map[string][]string {
	problems := map[string][]string{}

	var strange []string

	open := 0

	for _, row := range rows {
		values, _ := row.(object)
		key, _ := values["attribute_key"].(string)

		known := slices.Contains(ruleConditions, key) || p.switches.Enterprise && key == "sla_policy_id"
		if !known && !p.definedAttribute(c, key) {
			strange = append(strange, key)
		}

		switch query := values["query_operator"].(type) {
		case nil:
			open++
		case string:
			if query != "" && !strings.EqualFold(query, "and") && !strings.EqualFold(query, "or") {
				problems["conditions"] = append(problems["conditions"], "Query operator must be either \"AND\" or \"OR\".")
			}
		}
	}

	if len(strange) > 0 {
		problems["conditions"] = append(problems["conditions"],
			fmt.Sprintf("Automation conditions %s not supported.", strings.Join(strange, ",")))
	}

	if open > 1 {
		problems["conditions"] = append(problems["conditions"], "Automation conditions should have query operator.")
	}

	return problems
}

func (p *Platform) definedAttribute(c *call, key string) bool {
	for _, model := range attributeModels {
		_, defined := p.definitionKeys[definitionKey{c.account.id, model, key}]
		if defined {
			return true
		}
	}

	return false
}

func strangeActions(rows []any, known []string) string {
	var strange []string

	for _, row := range rows {
		values, _ := row.(object)

		name, _ := values["action_name"].(string)
		if !slices.Contains(known, name) {
			strange = append(strange, name)
		}
	}

	return strings.Join(strange, ",")
}

// attachActions turns the signed ids of send_attachment into the plain ids that are kept, and lists their files.
func (p *Platform) attachActions(c *call, rows []any) ([]object, *sandbox.Reply) {
	var files []object

	for _, row := range rows {
		action, _ := row.(object)

		params, _ := action["action_params"].([]any)
		if action["action_name"] != "send_attachment" {
			continue
		}

		for i, param := range params {
			b, found := p.findBlob(param)
			if !found {
				reply := crash(c.Request, "send_attachment with %v, which is no blob", param)
				return nil, &reply
			}

			params[i] = b.id
			files = append(files, object{
				"id": b.id, "file_type": b.file.contentType, "account_id": c.account.id, "file_url": p.blobURL(b),
				"blob_id": b.id, "filename": b.file.name,
			})
		}
	}

	return files, nil
}

// cloneRule copies a rule, inactive.
func (p *Platform) cloneRule(c *call) sandbox.Reply {
	s := p.ruleShelf()

	r, refused := s.find(c)
	if refused != nil {
		return *refused
	}

	draft := *r
	draft.ID, draft.Active = 0, false
	s.keep(&draft)
	s.rows.Put(draft.ID, &draft)

	return ok(underPayload(&draft))
}
