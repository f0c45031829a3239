package chatlake

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

type macro struct {
	id, account          int64
	name                 string
	visibility           string // Empty is null, which hides the macro from lists.
	actions              any    // A list, or an object if the client sent none.
	files                []object
	createdBy, updatedBy *user
}

func (r *macro) key() int64   { return r.id }
func (r *macro) owner() int64 { return r.account }

var macroActions = []string{
	"send_message", "add_label", "assign_team", "assign_agent", "mute_conversation", "change_status", "remove_label",
	"remove_assigned_agent", "remove_assigned_team", "resolve_conversation", "snooze_conversation", "change_priority",
	"send_email_transcript", "send_attachment", "add_private_note", "send_webhook_event",
}

func (p *Platform) macroShelf() *shelf[*macro] {
	return shelf[*macro]{
		p: p, param: "macro", rows: &p.macros,
		fresh:  func(c *call) *macro { return &macro{account: c.account.id, createdBy: c.user} },
		assign: p.assignMacro,
		keep: func(r *macro) {
			if r.id == 0 {
				r.id = p.nextID("macros")
			}

			r.files = ownFiles(r.files, "macro_id", r.id)
		},
		copy:   func(r *macro) *macro { draft := *r; return &draft },
		commit: func(into, draft *macro) { *into = *draft },
		shape:  func(c *call, r *macro) any { return p.macroJSON(c, r) },
		wrap:   underPayload, wrapOne: underPayload, wrapAll: underPayload,
		visible: (*call).seesMacro,
		missing: func(*call) sandbox.Reply { return empty(http.StatusNotFound) },
	}.with()
}

func (p *Platform) macroJSON(c *call, r *macro) object {
	out := object{
		"id": r.id, "name": r.name, "visibility": nullable(r.visibility), "account_id": r.account, "actions": r.actions,
		"created_by": p.agentJSON(r.createdBy, c.account.id), "updated_by": p.agentJSON(r.updatedBy, c.account.id),
	}
	if len(r.files) > 0 {
		out["files"] = r.files
	}

	return out
}

// listMacros shows the global ones and one's own personal ones; a macro without visibility is in no list.
func (p *Platform) listMacros(c *call) sandbox.Reply {
	return p.macroShelf().listOf(c, func(r *macro) bool { return r.visibility != "" })
}

func (c *call) seesMacro(r *macro) bool { return r.visibility == "global" || r.createdBy == c.user }

// showMacro refuses the personal macro of somebody else, and has no words for one that is not there.
func (p *Platform) showMacro(c *call) sandbox.Reply {
	r, found := p.macros.Get(c.id("macro"))

	switch {
	case !found || r.account != c.account.id:
		return empty(http.StatusNotFound)
	case !c.seesMacro(r):
		return forbidden()
	}

	return ok(underPayload(p.macroJSON(c, r)))
}

// macroActions are those of the release.
func (p *Platform) macroActions() []string {
	return slices.DeleteFunc(slices.Clone(macroActions), func(name string) bool {
		return name == "send_webhook_event" && !p.has(macroWebhook) || name == "remove_assigned_agent" && !p.has(ruleUnassign)
	})
}

func (p *Platform) assignMacro(c *call, r *macro, fresh bool) *sandbox.Reply {
	in, refused := read(c.Request, "name", "visibility", "actions*")
	if refused != nil {
		return refused
	}

	if fresh && !in.has("name") {
		in.refuseColumn("a macro without name")
	}

	in.mustString("name", &r.name)

	if fresh && !in.has("actions") {
		c.Complain("a macro without actions: they read as an object")

		r.actions = object{}
	}

	if !fresh {
		in.permitActions()
	}

	switch value := in.values["actions"].(type) {
	case []any, object:
		r.actions = value
	default:
		if in.has("actions") {
			in.refuseColumn("actions is no list")
		}
	}

	if !in.has("visibility") || in.isNull("visibility") {
		c.Complain("a macro without visibility is hidden from lists")
	}

	r.visibility = ""
	in.optEnum("visibility", []string{"personal", "global"}, &r.visibility)

	if !c.isAdmin() {
		r.visibility = "personal"
	}

	r.updatedBy = c.user

	actions, _ := r.actions.([]any)
	r.files = p.attachActions(c, actions, r.files, in)
	problems := map[string][]string{}

	names := strangeActions(in, r.actions, p.macroActions())
	if names != "" {
		problems["actions"] = []string{fmt.Sprintf("Macro execution actions %s not supported.", names)}
	}

	return refuseRule(problems, fresh, in)
}

// permitActions keeps of actions what an update of a macro takes: names, and lists of scalars as their parameters. What is
// no action at all counts as not sent.
func (in *input) permitActions() {
	permitted := func(row any) (any, bool) {
		action, isObject := row.(object)
		if !isObject {
			return nil, false
		}

		kept := object{}

		name, sent := action["action_name"]
		if sent && isScalar(name) {
			kept["action_name"] = name
		}

		params, isList := action["action_params"].([]any)
		if isList && !slices.ContainsFunc(params, func(param any) bool { return !isScalar(param) }) {
			kept["action_params"] = params
		}

		return kept, true
	}

	switch value := in.values["actions"].(type) {
	case object:
		in.values["actions"], _ = permitted(value)
	case []any:
		kept := []any{}

		for _, row := range value {
			action, good := permitted(row)
			if good {
				kept = append(kept, action)
			}
		}

		in.values["actions"] = kept
	default:
		delete(in.values, "actions")
	}
}

// changeMacro guards update and delete: a missing macro makes the server fail, and a global one is for
// administrators.
func (p *Platform) changeMacro(change func(*call) sandbox.Reply) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		r, found := p.macros.Get(c.id("macro"))
		switch {
		case !found || r.account != c.account.id:
			return crash(c.Request, "macro %s is not there: the server fails with 500", c.PathValue("macro"))
		case r.visibility == "global" && !c.isAdmin(), r.visibility != "global" && r.createdBy != c.user:
			return forbidden()
		}

		return change(c)
	}
}

// executeMacro leaves the actions of a macro to a job, which looks for the macro and for each conversation.
func (p *Platform) executeMacro(c *call) sandbox.Reply {
	r, found := p.macros.Get(c.id("macro"))

	switch {
	case !found || r.account != c.account.id:
		return empty(http.StatusOK)
	case !c.seesMacro(r):
		return forbidden()
	}

	in, refused := read(c.Request, "conversation_ids*")
	if refused != nil {
		return *refused
	}

	ids, isList := in.values["conversation_ids"].([]any)
	if !isList || len(ids) == 0 {
		c.Complain("a macro is executed without conversation_ids: nothing happens")
	}

	actions, user := macroSteps(r.actions), c.user

	p.later(func() {
		for _, id := range ids {
			conv, found := p.conversations.Get(conversationKey{r.account, castInteger(id)})
			if !found {
				continue
			}

			for _, action := range actions {
				p.playStep(conv, user, action)
			}
		}
	})

	return empty(http.StatusOK)
}

// step is an action with its parameters.
type step struct {
	name   string
	params []any
}

func macroSteps(actions any) []step {
	rows, _ := actions.([]any)
	steps := make([]step, 0, len(rows))

	for _, row := range rows {
		action, _ := row.(object)
		name, _ := action["action_name"].(string)
		params, _ := action["action_params"].([]any)
		steps = append(steps, step{name, params})
	}

	return steps
}

// playStep does what an action does to the conversation itself. What it would send is not sent: messages, files,
// transcripts and calls of webhooks.
func (p *Platform) playStep(conv *conversation, user *user, action step) {
	var first any
	if len(action.params) > 0 {
		first = action.params[0]
	}

	text, _ := first.(string)
	labels := make([]string, 0, len(action.params))

	for _, param := range action.params {
		label, _ := param.(string)
		labels = append(labels, label)
	}

	switch action.name {
	case "add_label":
		p.tagConversation(conv, append(slices.Clone(conv.labels), labels...), user.name)
	case "remove_label":
		p.tagConversation(conv, slices.DeleteFunc(slices.Clone(conv.labels), func(label string) bool { return slices.Contains(labels, label) }), user.name)
	case "change_priority":
		if text == "nil" {
			text = ""
		}

		p.setPriority(conv, text, user.name)
	case "change_status":
		p.setStatus(conv, text, time.Time{}, user.name)
	case "resolve_conversation":
		p.setStatus(conv, "resolved", time.Time{}, user.name)
	case "snooze_conversation":
		p.setStatus(conv, "snoozed", time.Time{}, user.name)
	case "mute_conversation":
		conv.contact.blocked = true
		p.setStatus(conv, "resolved", time.Time{}, user.name)
	case "assign_agent", "remove_assigned_agent":
		p.setAssignee(conv, p.chosenAgent(conv, user, first), user.name)
	case "assign_team", "remove_assigned_team":
		chosen, found := p.teams.Get(castInteger(first))
		if !found || chosen.AccountID != conv.account.id {
			chosen = nil
		}

		p.setTeam(conv, chosen, user.name)
	}
}

// chosenAgent is the agent that a macro names, the one who runs it for "self", or nil.
func (p *Platform) chosenAgent(conv *conversation, runs *user, named any) *user {
	if named == "self" {
		return runs
	}

	chosen, found := p.users.Get(castInteger(named))
	if !found || chosen.memberships[conv.account.id] == nil {
		return nil
	}

	return chosen
}
