package chatlake

import (
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

type dashboardApp struct {
	ID        int64   `json:"id"`
	Title     *string `json:"title"`
	Content   []any   `json:"content"`
	CreatedAt string  `json:"created_at"`

	account int64
}

func (r *dashboardApp) key() int64   { return r.ID }
func (r *dashboardApp) owner() int64 { return r.account }

func (p *Platform) appShelf() *shelf[*dashboardApp] {
	return shelf[*dashboardApp]{
		p: p, param: "app", rows: &p.apps,
		fresh:  func(c *call) *dashboardApp { return &dashboardApp{account: c.account.id} },
		assign: p.assignApp,
		keep: func(r *dashboardApp) {
			if r.ID == 0 {
				r.ID, r.CreatedAt = p.nextID("apps"), iso(p.core.Now())
			}
		},
		copy:    func(r *dashboardApp) *dashboardApp { draft := *r; return &draft },
		commit:  func(into, draft *dashboardApp) { *into = *draft },
		deleted: http.StatusNoContent,
	}.with()
}

func (p *Platform) assignApp(c *call, r *dashboardApp, _ bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "dashboard_app", nil, "title", "content*")
	if refused != nil {
		return refused
	}

	in.optString("title", &r.Title, maxString)

	content, sent := in.list("content")
	if sent {
		r.Content = frames(content)
	}

	if in.isNull("title") || r.Title == nil {
		in.refuseColumn("a dashboard app without title")
	}

	good := len(r.Content) > 0
	for _, entry := range r.Content {
		frame, _ := entry.(object)
		text, isText := frame["url"].(string)
		_, isNumber := frame["url"].(json.Number) // The server's check of addresses looks at texts only.
		address, err := url.Parse(text)
		good = good && frame["type"] == "frame" && (isNumber || isText && err == nil && address.Host != "")
	}

	if !good {
		in.errs.addEnglish("content", "Content : Invalid data")
	}

	return in.done(p)
}

// frames keeps of each entry the two keys that the server knows.
func frames(rows []any) []any {
	return mapped(rows, func(row any) any {
		entry, isObject := row.(object)
		if !isObject {
			return row
		}

		return pick(entry, "type", "url")
	})
}
