package chatlake

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// captainResponse is an answer that an assistant knows.
type captainResponse struct {
	id               int64
	question, answer *string
	status           string
	edited           bool
	assistant        *captainAssistant
	user             *user
	created, updated time.Time
	account          int64
}

func (r *captainResponse) key() int64   { return r.id }
func (r *captainResponse) owner() int64 { return r.account }

// json names the assistant in an object of its own.
func (r *captainResponse) json() object {
	out := object{
		"id": r.id, "account_id": r.account, "question": r.question, "answer": r.answer, "status": r.status, "edited": r.edited,
		"assistant": r.assistant.json(), "created_at": epoch(r.created), "updated_at": epoch(r.updated),
	}

	if r.user != nil {
		out["documentable"] = object{"type": "User", "id": r.user.id, "email": r.user.email, "available_name": r.user.availableName()}
	}

	return out
}

func (p *Platform) captainResponseKind() kind {
	responses := p.captainResponseShelf()

	return kind{
		name: "captain/assistant_responses",
		endpoints: ofEnterprise(
			get("/captain/assistant_responses", member, p.listCaptainResponses).takes("page assistant_id document_id status search").from(captainSince),
			post("/captain/assistant_responses", admin, responses.create).from(captainSince),
			get("/captain/assistant_responses/{response}", member, responses.show).from(captainSince),
			patch("/captain/assistant_responses/{response}", admin, responses.update).from(captainSince),
			remove("/captain/assistant_responses/{response}", admin, responses.remove).from(captainSince),
		),
		view: func(account int64) sandbox.TableView {
			return tableOf("Captain's responses", responses.rows, func(r *captainResponse) (int64, []string) {
				return r.account, []string{number(r.id), deref(r.assistant.name), deref(r.question), r.status}
			}, account, "Id", "Assistant", "Question", "Status")
		},
		held: func(c *call) []map[string]any { return held(c, responses) },
	}
}

func (p *Platform) captainResponseShelf() *shelf[*captainResponse] {
	return shelf[*captainResponse]{
		p: p, param: "response", rows: rowsOf[*captainResponse](p, "captain/assistant_responses"), deleted: http.StatusNoContent,
		fresh:  func(*call) *captainResponse { return &captainResponse{status: "approved"} },
		assign: p.assignCaptainResponse,
		keep: func(r *captainResponse) {
			r.updated = p.core.Now()
			if r.id == 0 {
				r.id, r.created = p.nextID("captain/assistant_responses"), r.updated
			}
		},
		copy:   func(r *captainResponse) *captainResponse { draft := *r; return &draft },
		commit: func(into, draft *captainResponse) { *into = *draft },
		shape:  func(_ *call, r *captainResponse) any { return r.json() },
	}.with()
}

// assignCaptainResponse takes any assistant of the installation: the response is in its account then.
func (p *Platform) assignCaptainResponse(c *call, r *captainResponse, fresh bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "assistant_response", nil, "question", "answer", "assistant_id", "status")
	if refused != nil {
		return refused
	}

	before := *r

	in.optString("question", &r.question, maxString)
	in.optString("answer", &r.answer, maxLong)

	if in.isNull("status") {
		r.status = "approved"
	} else {
		in.enum("status", []string{"pending", "approved"}, &r.status)
	}

	if in.has("assistant_id") {
		r.assistant, _ = p.captainAssistantShelf().rows.Get(castInteger(in.values["assistant_id"]))
	}

	if r.assistant == nil {
		in.errs.add("assistant", "Assistant must exist")
		in.errs.add("account", "Account must exist")
	} else {
		if r.assistant.account != c.account.id {
			in.req.Complain("the assistant is of another account, and so is the response then")
		}

		r.account = r.assistant.account
	}

	for _, column := range []struct {
		name  string
		value *string
	}{{"question", r.question}, {"answer", r.answer}} {
		if presence(column.value) == nil {
			in.errs.add(column.name, humanize(column.name)+" can't be blank")
		}
	}

	switch {
	case fresh:
		r.user = c.user
	case deref(before.question) != deref(r.question) || deref(before.answer) != deref(r.answer):
		r.edited = true
	}

	return in.done(p)
}

// listCaptainResponses has the newest first. An unknown status finds nothing.
func (p *Platform) listCaptainResponses(c *call) sandbox.Reply {
	query := c.URL.Query()
	search := strings.ToLower(query.Get("search"))

	rows := p.captainResponseShelf().rows.Where(func(r *captainResponse) bool {
		isIn := query.Get("assistant_id") == "" || r.assistant.id == leadingInteger(query.Get("assistant_id"))
		isFound := strings.Contains(strings.ToLower(deref(r.question)), search) || strings.Contains(strings.ToLower(deref(r.answer)), search)

		return r.account == c.account.id && isIn && isFound && query.Get("document_id") == "" && (query.Get("status") == "" || query.Get("status") == r.status)
	})
	slices.SortFunc(rows, func(a, b *captainResponse) int { return int(b.id - a.id) })

	return countedPage(c, mapped(rows, func(r *captainResponse) object { return r.json() }))
}
