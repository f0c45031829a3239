package chatlake

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// captainScenariosSince is the release that has scenarios.
const captainScenariosSince = "4.4.0"

// captainScenario tells an assistant what to do in some kind of conversation.
type captainScenario struct {
	id                              int64
	title, description, instruction *string
	tools                           []string // Null without any.
	enabled                         bool
	assistant                       *captainAssistant
	created, updated                time.Time
}

func (r *captainScenario) key() int64   { return r.id }
func (r *captainScenario) owner() int64 { return r.assistant.account }

func (r *captainScenario) json() object {
	out := object{
		"id": r.id, "account_id": r.assistant.account, "assistant_id": r.assistant.id, "title": r.title, "description": r.description,
		"instruction": r.instruction, "tools": nil, "enabled": r.enabled, "created_at": iso(r.created), "updated_at": iso(r.updated),
		"assistant": object{"id": r.assistant.id, "name": r.assistant.name},
	}

	if r.tools != nil {
		out["tools"] = r.tools
	}

	return out
}

func (p *Platform) captainScenarioKind() kind {
	const all, one = "/captain/assistants/{assistant}/scenarios", "/captain/assistants/{assistant}/scenarios/{scenario}"

	scenarios := p.captainScenarioShelf()
	of := func(handle func(*call) sandbox.Reply) func(*call) sandbox.Reply { // An assistant that is gone is not found first.
		return func(c *call) sandbox.Reply {
			_, refused := p.captainAssistantShelf().find(c)
			if refused != nil {
				return *refused
			}

			return handle(c)
		}
	}

	return kind{
		name: "captain/assistants/*/scenarios",
		endpoints: ofEnterprise(
			get(all, member, of(p.listCaptainScenarios)).takes("page").from(captainScenariosSince),
			post(all, admin, of(scenarios.create)).from(captainScenariosSince),
			get(one, member, of(scenarios.show)).from(captainScenariosSince),
			patch(one, admin, of(scenarios.update)).from(captainScenariosSince),
			remove(one, admin, of(scenarios.remove)).from(captainScenariosSince),
		),
		view: func(account int64) sandbox.TableView {
			return tableOf("Captain's scenarios", scenarios.rows, func(r *captainScenario) (int64, []string) {
				return r.assistant.account, []string{number(r.id), deref(r.assistant.name), deref(r.title), strings.Join(r.tools, ", ")}
			}, account, "Id", "Assistant", "Title", "Tools")
		},
		held: func(c *call) []map[string]any { return held(c, scenarios) },
	}
}

func (p *Platform) captainScenarioShelf() *shelf[*captainScenario] {
	return shelf[*captainScenario]{
		p: p, param: "scenario", rows: rowsOf[*captainScenario](p, "captain/assistants/*/scenarios"), deleted: http.StatusNoContent,
		fresh: func(c *call) *captainScenario {
			assistant, _ := p.captainAssistantShelf().rows.Get(c.id("assistant"))
			return &captainScenario{assistant: assistant, enabled: true}
		},
		assign:  p.assignCaptainScenario,
		visible: func(c *call, r *captainScenario) bool { return r.assistant.id == c.id("assistant") },
		keep: func(r *captainScenario) {
			r.updated = p.core.Now()
			if r.id == 0 {
				r.id, r.created = p.nextID("captain/assistants/*/scenarios"), r.updated
			}
		},
		copy:    func(r *captainScenario) *captainScenario { draft := *r; return &draft },
		commit:  func(into, draft *captainScenario) { *into = *draft },
		shape:   func(_ *call, r *captainScenario) any { return r.json() },
		wrapAll: oneCaptainPage,
	}.with()
}

// listCaptainScenarios lacks what is disabled.
func (p *Platform) listCaptainScenarios(c *call) sandbox.Reply {
	return p.captainScenarioShelf().listOf(c, func(r *captainScenario) bool { return r.enabled })
}

// toolReference is how an instruction names a tool.
var toolReference = regexp.MustCompile(`\(tool://([^/)]+)\)`)

// assignCaptainScenario makes the tools of what the instruction refers to, and refuses unknown ones.
func (p *Platform) assignCaptainScenario(c *call, r *captainScenario, _ bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "scenario", nil, "title", "description", "instruction", "enabled", "tools*")
	if refused != nil {
		return refused
	}

	if in.has("tools") {
		in.req.Complain("tools is never taken: the instruction names them")
	}

	in.optString("title", &r.title, maxString)
	in.optString("description", &r.description, maxLong)
	in.optString("instruction", &r.instruction, maxLong)
	in.flag("enabled", &r.enabled)

	for _, column := range []struct {
		name  string
		value *string
	}{
		{"title", r.title}, {"description", r.description}, {"instruction", r.instruction},
	} {
		if presence(column.value) == nil {
			in.errs.add(column.name, humanize(column.name)+" can't be blank")
		}
	}

	var unknown []string

	r.tools = nil

	for _, found := range toolReference.FindAllStringSubmatch(deref(r.instruction), -1) {
		id := found[1]
		if !slices.Contains(r.tools, id) {
			r.tools = append(r.tools, id)
		}

		if !p.hasCaptainTool(r.assistant.account, id) && !slices.Contains(unknown, id) {
			unknown = append(unknown, id)
		}
	}

	if len(unknown) > 0 {
		in.errs.addEnglish("instruction", "Instruction contains invalid tools: "+strings.Join(unknown, ", "))
	}

	return in.done(p)
}

func (p *Platform) hasCaptainTool(account int64, id string) bool {
	if slices.ContainsFunc(builtInTools, func(tool object) bool { return tool["id"] == id }) {
		return true
	}

	_, found := p.captainToolShelf().rows.Find(func(tool *captainTool) bool { return tool.account == account && tool.enabled && tool.slug == id })

	return found
}
