package chatlake

import (
	"fmt"
	"maps"
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
	Conditions  any      `json:"conditions"` // A list, or an object if the client sent none.
	Actions     any      `json:"actions"`
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

			r.Files = ownFiles(r.Files, "automation_rule_id", r.ID)
		},
		copy:    func(r *rule) *rule { draft := *r; return &draft },
		commit:  func(into, draft *rule) { *into = *draft },
		wrapOne: underPayload, wrapAll: underPayload,
		missing: func(c *call) sandbox.Reply {
			return crash(c.Request, "automation rule %s is not there: the server fails with 500, so look for it in the list", c.PathValue("rule"))
		},
	}.with()
}

func (p *Platform) assignRule(c *call, r *rule, fresh bool) *sandbox.Reply {
	in, refused := read(c.Request, "name", "description", "event_name", "active", "conditions*", "actions*")
	if refused != nil {
		return refused
	}

	none := fresh && !in.has("conditions") && !in.has("actions")
	if none {
		c.Complain("an automation rule without conditions and actions: both read as an object")

		r.Conditions, r.Actions = object{}, object{}
	}

	for _, key := range []string{"name", "event_name", "conditions", "actions"} {
		isNeeded := fresh && !(none && (key == "conditions" || key == "actions"))
		if isNeeded && (!in.has(key) || in.isNull(key)) {
			reply := crash(c.Request, "an automation rule without %s", key)
			return &reply
		}
	}

	in.mustString("name", &r.Name)
	in.optString("description", &r.Description, maxText)
	in.mustString("event_name", &r.EventName)
	in.flag("active", &r.Active)

	for key, into := range map[string]*any{"conditions": &r.Conditions, "actions": &r.Actions} {
		value, sent := in.values[key]

		switch value.(type) {
		case []any, object:
			*into = value
		default:
			if sent && value != nil {
				in.fail(crash(c.Request, "%s is no list", key))
			}
		}
	}

	if !slices.Contains(ruleEvents, r.EventName) {
		c.Complain("event_name %q: the server takes it and never acts", r.EventName)
	}

	conditions, _ := r.Conditions.([]any)
	actions, _ := r.Actions.([]any)
	r.Files = p.attachActions(c, actions, r.Files, in)
	problems := p.validateConditions(c, conditions)

	names := strangeActions(in, r.Actions, p.ruleActions())
	if names != "" {
		problems["actions"] = []string{fmt.Sprintf("Automation actions %s not supported.", names)}
	}

	return refuseRule(problems, fresh, in)
}

// refuseRule answers sentences by column. Every other failure of an update has an empty object instead of a reason.
func refuseRule(problems map[string][]string, fresh bool, in *input) *sandbox.Reply {
	failed := in.failed
	if failed == nil {
		failed = in.refused
	}

	switch {
	case failed != nil && failed.Status == http.StatusInternalServerError && !fresh:
		reply := answer(http.StatusUnprocessableEntity, object{"error": object{}})
		return &reply
	case failed != nil:
		return failed
	}

	for column, sentences := range in.errs.byColumn() {
		problems[column] = append(problems[column], sentences...)
	}

	if len(problems) == 0 {
		return nil
	}

	reply := answer(http.StatusUnprocessableEntity, object{"error": problems})

	return &reply
}

// ruleActionsSince and ruleConditionsSince are what came later than automation rules themselves.
var (
	ruleActionsSince = map[string]change{
		"remove_label": ruleRemoveLabel, "open_conversation": ruleOpen, "add_private_note": ruleOpen,
		"pending_conversation": rulePending, "remove_assigned_agent": ruleUnassign, "remove_assigned_team": ruleUnassign,
	}
	ruleConditionsSince = map[string]change{
		"labels": ruleLabels, "private_note": rulePrivateNote, "company_name": ruleCompanyName,
	}
)

func (p *Platform) ruleActions() []string {
	known := slices.DeleteFunc(slices.Clone(ruleActions), func(name string) bool {
		since, isLater := ruleActionsSince[name]
		return isLater && !p.has(since)
	})

	if p.switches.Enterprise && p.has(ruleSLA) {
		known = append(known, "add_sla")
	}

	return known
}

// validateConditions checks keys and how they are joined; operators and values go unchecked.
func (p *Platform) validateConditions(c *call, rows []any) map[string][]string {
	problems := map[string][]string{}

	var strange []string

	open := 0

	for _, row := range rows {
		values, _ := row.(object)
		key, _ := values["attribute_key"].(string)

		known := slices.Contains(ruleConditions, key) || p.switches.Enterprise && p.has(ruleSLA) && key == "sla_policy_id"

		since, isLater := ruleConditionsSince[key]
		if isLater && !p.has(since) {
			known = false
		}

		if !known && !p.definedAttribute(c, key) {
			strange = append(strange, key)
		}

		switch query := values["query_operator"].(type) {
		case nil:
			open++
		case string:
			if query != "" && !strings.EqualFold(query, "and") && !strings.EqualFold(query, "or") {
				problems["conditions"] = append(problems["conditions"], `Query operator must be either "AND" or "OR"`)
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

// strangeActions names the actions that the release does not know.
func strangeActions(in *input, actions any, known []string) string {
	var strange []string

	rows, _ := actions.([]any)

	single, _ := actions.(object)
	for _, key := range slices.Sorted(maps.Keys(single)) { // The server takes the keys of an object for its actions.
		rows = append(rows, key)
	}

	for _, row := range rows {
		var name string

		switch row := row.(type) {
		case object:
			name, _ = row["action_name"].(string)
		case string: // The server looks for the word in the text.
			if strings.Contains(row, "action_name") {
				name = "action_name"
			}
		case []any:
		default:
			in.fail(crash(in.req, "%v is no action", row))
			continue
		}

		if !slices.Contains(known, name) {
			strange = append(strange, name)
		}
	}

	return strings.Join(strange, ",")
}

// attachActions turns the signed ids of send_attachment into the plain ids that are kept, and lists their files. A file that
// no action names any more stays.
func (p *Platform) attachActions(c *call, rows []any, files []object, in *input) []object {
	for _, row := range rows {
		action, _ := row.(object)

		params, _ := action["action_params"].([]any)
		if action["action_name"] != "send_attachment" {
			continue
		}

		if len(params) == 0 && p.has(ruleAttachments) { // Null is dropped from a list.
			in.fail(*refuse(http.StatusUnprocessableEntity, "Invalid attachment"))
		}

		for i, param := range params {
			b, found := p.findBlob(param)
			if !found || p.isGone(b) {
				c.Complain("send_attachment with %v, which is no blob", param)

				if p.has(ruleAttachments) {
					in.fail(*refuse(http.StatusUnprocessableEntity, "Invalid attachment"))
				}

				continue
			}

			b.held = true
			params[i] = b.id
			files = slices.DeleteFunc(slices.Clone(files), func(one object) bool { return one["blob_id"] == b.id })
			files = append(files, object{
				"id": b.id, "file_type": b.file.contentType, "account_id": c.account.id, "file_url": p.blobURL(b),
				"blob_id": b.id, "filename": b.file.name,
			})
		}
	}

	return files
}

// ownFiles returns the files with the id of what has them.
func ownFiles(files []object, key string, id int64) []object {
	return mapped(files, func(one object) object {
		own := maps.Clone(one)
		own[key] = id

		return own
	})
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
