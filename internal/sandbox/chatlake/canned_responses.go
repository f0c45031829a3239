package chatlake

import (
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

type cannedResponse struct {
	ID        int64   `json:"id"`
	AccountID int64   `json:"account_id"`
	ShortCode *string `json:"short_code"`
	Content   *string `json:"content"`
	CreatedAt string  `json:"created_at"`
	UpdatedAt string  `json:"updated_at"`
}

func (r *cannedResponse) key() int64   { return r.ID }
func (r *cannedResponse) owner() int64 { return r.AccountID }

func (p *Platform) cannedShelf() *shelf[*cannedResponse] {
	return shelf[*cannedResponse]{
		p: p, param: "canned", rows: &p.canned,
		fresh:  func(c *call) *cannedResponse { return &cannedResponse{AccountID: c.account.id} },
		assign: p.assignCanned,
		keep: func(r *cannedResponse) {
			r.UpdatedAt = iso(p.core.Now())
			if r.ID == 0 {
				r.ID, r.CreatedAt = p.nextID("canned_responses"), r.UpdatedAt
			}

			p.shortCodes[nameKey{r.AccountID, *r.ShortCode}] = r.ID
		},
		drop:   func(r *cannedResponse) { delete(p.shortCodes, nameKey{r.AccountID, *r.ShortCode}) },
		copy:   func(r *cannedResponse) *cannedResponse { draft := *r; return &draft },
		commit: func(into, draft *cannedResponse) { *into = *draft },
	}.with()
}

func (p *Platform) assignCanned(c *call, r *cannedResponse, _ bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "canned_response", nil, "short_code", "content")
	if refused != nil {
		return refused
	}

	in.optString("content", &r.Content, maxText)
	in.optString("short_code", &r.ShortCode, maxString)

	if presence(r.Content) == nil {
		in.errs.add("content", "Content can't be blank")
	}

	if presence(r.ShortCode) == nil {
		in.errs.add("short_code", "Short code can't be blank")
	} else if isTaken(p.shortCodes, nameKey{c.account.id, *r.ShortCode}, r.ID) {
		in.errs.add("short_code", "Short code has already been taken")
	}

	return in.done(p)
}

// listCanned finds substrings if asked to.
func (p *Platform) listCanned(c *call) sandbox.Reply {
	search := strings.ToLower(c.URL.Query().Get("search"))

	return p.cannedShelf().listOf(c, func(r *cannedResponse) bool {
		return strings.Contains(strings.ToLower(*r.ShortCode), search) || strings.Contains(strings.ToLower(*r.Content), search)
	})
}
