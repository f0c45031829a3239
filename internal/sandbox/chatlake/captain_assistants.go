package chatlake

import (
	"net/http"
	"slices"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// captainSince is the release that has Captain.
const captainSince = "4.0.0"

// captainAssistant answers customers with what a language model makes of its knowledge.
type captainAssistant struct {
	id                 int64
	name, description  *string
	config             any // An object, or an empty list.
	guidelines, guards any // As they were sent.
	created, updated   time.Time
	account            int64
}

func (r *captainAssistant) key() int64   { return r.id }
func (r *captainAssistant) owner() int64 { return r.account }

func (r *captainAssistant) json() object {
	return object{
		"id": r.id, "account_id": r.account, "name": r.name, "description": r.description, "config": r.config,
		"response_guidelines": r.guidelines, "guardrails": r.guards, "created_at": epoch(r.created), "updated_at": epoch(r.updated),
	}
}

// captainConfigKeys are all that the server keeps of a config, whatever they hold.
var captainConfigKeys = []string{
	"product_name", "feature_faq", "feature_memory", "feature_citation", "feature_contact_attributes", "welcome_message",
	"handoff_message", "resolution_message", "instructions", "temperature",
}

func (p *Platform) captainKinds() []kind {
	return []kind{
		p.captainAssistantKind(), p.captainToolKind(), p.captainResponseKind(), p.captainScenarioKind(), p.captainInboxKind(), p.captainDocumentKind(),
		p.captainPreferencesKind(),
	}
}

func (p *Platform) captainAssistantKind() kind {
	assistants := p.captainAssistantShelf()

	return kind{
		name: "captain/assistants",
		endpoints: ofEnterprise(
			get("/captain/assistants", member, assistants.list).takes("page").from(captainSince),
			post("/captain/assistants", admin, assistants.create).from(captainSince),
			get("/captain/assistants/{assistant}", member, assistants.show).from(captainSince),
			patch("/captain/assistants/{assistant}", admin, assistants.update).from(captainSince),
			remove("/captain/assistants/{assistant}", admin, p.deleteCaptainAssistant).from(captainSince),
		),
		view: func(account int64) sandbox.TableView {
			return tableOf("Captain's assistants", assistants.rows, func(r *captainAssistant) (int64, []string) {
				return r.account, []string{number(r.id), deref(r.name), deref(r.description)}
			}, account, "Id", "Name", "Description")
		},
		held: func(c *call) []map[string]any { return held(c, assistants) },
	}
}

func (p *Platform) captainAssistantShelf() *shelf[*captainAssistant] {
	return shelf[*captainAssistant]{
		p: p, param: "assistant", rows: rowsOf[*captainAssistant](p, "captain/assistants"), deleted: http.StatusNoContent,
		fresh: func(c *call) *captainAssistant {
			return &captainAssistant{account: c.account.id, config: object{}, guidelines: []any{}, guards: []any{}}
		},
		assign: p.assignCaptainAssistant,
		keep: func(r *captainAssistant) {
			r.updated = p.core.Now()
			if r.id == 0 {
				r.id, r.created = p.nextID("captain/assistants"), r.updated
			}
		},
		copy:    func(r *captainAssistant) *captainAssistant { draft := *r; return &draft },
		commit:  func(into, draft *captainAssistant) { *into = *draft },
		shape:   func(_ *call, r *captainAssistant) any { return r.json() },
		sorted:  func(a, b *captainAssistant) int { return int(b.id - a.id) },
		wrapAll: oneCaptainPage,
	}.with()
}

// deleteCaptainAssistant lets jobs delete what is the assistant's: a moment later an inbox may still be taken.
func (p *Platform) deleteCaptainAssistant(c *call) sandbox.Reply {
	assistants := p.captainAssistantShelf()

	r, refused := assistants.find(c)
	if refused != nil {
		return *refused
	}

	assistants.rows.Delete(r.id)
	p.later(func() {
		dropOf(p.captainInboxShelf(), func(one *captainInbox) bool { return one.assistant == r })
		dropOf(p.captainScenarioShelf(), func(one *captainScenario) bool { return one.assistant == r })
		dropOf(p.captainResponseShelf(), func(one *captainResponse) bool { return one.assistant == r })
		dropOf(p.captainDocumentShelf(), func(one *captainDocument) bool { return one.assistant == r })
	})

	return empty(http.StatusNoContent)
}

// dropOf deletes the rows of which a question is true.
func dropOf[R row](s *shelf[R], isGone func(R) bool) {
	for _, r := range s.rows.Where(isGone) {
		s.rows.Delete(r.key())
	}
}

// oneCaptainPage is the envelope of lists that ignore pages.
func oneCaptainPage(body any) any {
	rows, _ := body.([]any)
	return object{"payload": rows, "meta": object{"total_count": len(rows), "page": 1}}
}

func (p *Platform) assignCaptainAssistant(c *call, r *captainAssistant, _ bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "assistant", nil, "name", "description", "config*", "response_guidelines*", "guardrails*")
	if refused != nil {
		return refused
	}

	in.optString("name", &r.name, maxString)
	in.optString("description", &r.description, maxString)
	in.captainConfig(&r.config)
	in.captainTexts("response_guidelines", &r.guidelines)
	in.captainTexts("guardrails", &r.guards)

	if presence(r.name) == nil {
		in.errs.add("name", "Name can't be blank")
	}

	if presence(r.description) == nil {
		in.errs.add("description", "Description can't be blank")
	}

	return in.done(p)
}

// captainConfig replaces a config whole, by the keys that the server knows.
func (in *input) captainConfig(into *any) {
	value, sent := in.values["config"]
	if !sent {
		return
	}

	switch value := value.(type) {
	case object:
		kept := object{}

		for _, key := range sortedKeys(value) {
			if slices.Contains(captainConfigKeys, key) && isScalar(value[key]) {
				kept[key] = value[key]
			} else {
				in.req.Complain("config.%s: the server drops it", key)
			}
		}

		*into = kept
	case []any:
		in.req.Complain("config is a list: the server stores an empty one")

		*into = []any{}
	case nil:
		*into = object{}
	default:
		in.req.Complain("config is no object: the server drops it")
	}
}

// captainTexts stores what is sent, nulls in a list apart. It crashes over an object.
func (in *input) captainTexts(key string, into *any) {
	value, sent := in.values[key]
	if !sent {
		return
	}

	rows, isList := value.([]any)
	if !isList {
		in.req.Complain("%s is no list: the server stores it as it is", key)
	}

	if isObject(value) {
		in.fail(crash(in.req, "%s is an object", key))
		return
	}

	*into = value
	if isList {
		*into = slices.DeleteFunc(slices.Clone(rows), func(row any) bool { return row == nil })
	}
}
