package imichat_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// TestLookup_oneScan reads the list once for all who look for an alias, whatever they want of it.
func TestLookup_oneScan(t *testing.T) {
	d := open(t)

	var chats []object
	for i := range 35 {
		chats = append(chats, d.create("imichat_chat", newChat(values{"alias_id": fmt.Sprint("order-", i)})))
	}

	d.act("close", values{"alias_id": "order-3"})
	most := func(what string, act func(next *desk)) {
		t.Helper()

		next := d.again()
		d.Journal.Clear()
		act(next)

		n := d.Journal.Count("GET /v3.1/chats")
		if n > 5 { // Four pages, and one that shows their numbers.
			t.Errorf("%s read %d pages", what, n)
		}
	}
	most("imports", func(next *desk) {
		for i := range 10 {
			_, diags := next.Import(t.Context(), "imichat_chat", fmt.Sprint("alias:order-", i))
			if len(diags) > 0 {
				t.Error(diags)
			}
		}
	})
	most("a closed chat", func(next *desk) {
		for range 2 {
			found := next.data("imichat_chat", values{"alias_id": "order-3"})
			if found["status"] != "closed" {
				t.Errorf("found %v", found)
			}
		}
	})

	for _, chat := range chats {
		d.apply(chat, nil)
	}

	d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.UniqueAlias = true })
	most("chats that are opened again", func(next *desk) {
		for i := range 10 {
			next.create("imichat_chat", newChat(values{"alias_id": fmt.Sprint("order-", i)}))
		}
	})

	n := len(d.IMIchat.Chats())
	if n != 35 {
		t.Errorf("the platform holds %d chats", n)
	}

	// A chat that came after the list was read is found all the same.
	next := d.again()
	next.data("imichat_chat", values{"alias_id": "order-34"})
	d.create("imichat_chat", newChat(values{"alias_id": "late"}))
	_, diags := next.Create(t.Context(), "imichat_chat", newChat(values{"alias_id": "late"}))
	wants(t, diags, "The chat already exists")
}

// TestLookup_tooFar goes no further than a tenth of a day's requests, and uses what it found by then.
func TestLookup_tooFar(t *testing.T) {
	d := open(t)

	var pages atomic.Int32

	long := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("access_token", "token")

		page, _ := strconv.Atoi(r.URL.Query().Get("page"))
		if strings.HasSuffix(r.URL.Path, "/chats") {
			pages.Add(1)
		}

		const row = `{"chat_id":"CSR%d","alias_id":"a%d","status":"closed","channel":"api","customer_id":"1","destination_id":"c","asset":{"id":"k"}}`

		rows := make([]string, 10)
		for i := range rows {
			n := 10*max(page, 1) + i
			rows[i] = fmt.Sprintf(row, n, n)
		}

		if strings.HasPrefix(r.URL.Path, "/v3.1/chats/CSR") {
			fmt.Fprintf(w, `{"status_code":4304,"response":`+row+`}`, 0, 0)
			return
		}

		fmt.Fprintf(w, `{"status_code":4310,"response":{"chats":[%s]}}`, strings.Join(rows, ","))
	}))
	t.Cleanup(long.Close)
	p := &desk{World: d.World, Protocol: d.provider(values{"base_url": long.URL}), t: t}

	imported, diags := p.Import(t.Context(), "imichat_chat", "alias:a35")
	if len(diags.Errors()) > 0 || imported.Gone() {
		t.Errorf("import: %s", diags)
	}

	found := p.data("imichat_chat", values{"alias_id": "a36"})
	if found["status"] != "closed" {
		t.Errorf("found %v", found)
	}

	_, diags = p.Create(t.Context(), "imichat_chat", newChat(values{"alias_id": "new", "adopt_existing": true}))
	wants(t, diags, `Unable to look for a chat with this alias_id`, "not among the newest 10000 chats", "set adopt_existing to false")

	n := pages.Load()
	if n > 1010 {
		t.Errorf("%d pages were read", n)
	}

	_, diags = p.Data(t.Context(), "imichat_chats", values{"status": "queued"})
	warns(t, diags, "no further than the newest 10000")
}
