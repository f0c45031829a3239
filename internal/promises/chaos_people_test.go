//go:build unix

package promises_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
)

const (
	// neighbour begins the names of what other people make for themselves.
	neighbour = "neighbour"
	// pause is how long other people wait between two acts.
	pause = 150 * time.Millisecond
)

// people are the others who work on the platforms while Terraform does: they edit, merge, delete and create again what it
// manages, and have contacts and labels of their own, which no one else should touch.
type people struct {
	world *server.Sandbox
	url   string

	mu    sync.Mutex
	rand  *rand.Rand
	own   map[int64]string // The names of their own contacts.
	made  int
	acts  map[string]int
	leave chan struct{}
	left  chan struct{}
}

// mostActs is how often people act in one stay. On a slow machine an apply takes longer than they do between two acts: it
// would meet a new change each time, and never be satisfied.
const mostActs = 300

// come lets people work until they are sent away, or have acted often enough.
func (p *people) come() {
	p.leave, p.left = make(chan struct{}), make(chan struct{})

	go func() {
		defer close(p.left)

		for range mostActs {
			select {
			case <-p.leave:
				return
			case <-time.After(pause):
				p.act()
			}
		}
	}()
}

// goAway returns when all of them have stopped.
func (p *people) goAway() {
	close(p.leave)
	<-p.left
}

// act does one thing. Faults hit people, too: what fails is left as it is.
func (p *people) act() {
	p.mu.Lock()
	defer p.mu.Unlock()

	acts := []struct {
		name string
		do   func() bool
	}{
		{"makes a contact", p.makeContact},
		{"edits a contact", func() bool {
			return p.onContact(func(c chatlake.Contact) bool {
				return p.send("PUT", fmt.Sprintf("/contacts/%d", c.ID), `{"name":"Edited"}`)
			})
		}},
		{"deletes a contact", func() bool {
			return p.onContact(func(c chatlake.Contact) bool { return p.send("DELETE", fmt.Sprintf("/contacts/%d", c.ID), "") })
		}},
		{"merges a contact", func() bool { return p.onContact(p.merge) }},
		{"edits a label", func() bool {
			return p.onLabel(func(l chatlake.Label) bool {
				return p.send("PATCH", fmt.Sprintf("/labels/%d", l.ID), `{"description":"Edited"}`)
			})
		}},
		{"deletes a label and makes it again", func() bool {
			return p.onLabel(func(l chatlake.Label) bool {
				return p.send("DELETE", fmt.Sprintf("/labels/%d", l.ID), "") && p.send("POST", "/labels", fmt.Sprintf(`{"title":%q}`, l.Title))
			})
		}},
		{"edits a team", func() bool {
			return p.onTeam(func(t chatlake.Team) bool {
				return p.send("PATCH", fmt.Sprintf("/teams/%d", t.ID), `{"description":"Edited"}`)
			})
		}},
		{"deletes a team", func() bool {
			return p.onTeam(func(t chatlake.Team) bool { return p.send("DELETE", fmt.Sprintf("/teams/%d", t.ID), "") })
		}},
		{"renames a conversation", p.renameGroup},
		{"tags a chat", p.tagChat},
	}

	act := acts[p.rand.IntN(len(acts))]
	if act.do() {
		p.acts[act.name]++
	}
}

// send makes a request to Chatlake as its administrator does in the dashboard.
func (p *people) send(method, path, body string) bool {
	req, err := http.NewRequest(method, fmt.Sprintf("%s/chatlake/api/v1/accounts/%d%s", p.url, chatlake.AccountID, path), strings.NewReader(body))
	if err != nil {
		return false
	}

	req.Header.Set("Api-Access-Token", chatlake.AdminToken)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", neighbour)

	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}

	_ = answer.Body.Close()

	return answer.StatusCode < http.StatusMultipleChoices
}

// makeContact makes a contact of their own.
func (p *people) makeContact() bool {
	p.made++
	name := fmt.Sprintf("%s %d", neighbour, p.made)

	if !p.send("POST", "/contacts", fmt.Sprintf(`{"name":%q}`, name)) {
		return false
	}

	for _, c := range p.world.Chatlake.Contacts() {
		if c.Name == name {
			p.own[c.ID] = name
		}
	}

	return true
}

// merge merges a contact that Terraform manages into one of their own, which is not theirs any more then.
func (p *people) merge(mergee chatlake.Contact) bool {
	for base := range p.own {
		delete(p.own, base)
		return p.send("POST", "/actions/contact_merge", fmt.Sprintf(`{"base_contact_id":%d,"mergee_contact_id":%d}`, base, mergee.ID))
	}

	return false
}

func (p *people) onContact(do func(chatlake.Contact) bool) bool {
	return onOne(p, p.world.Chatlake.Contacts(), func(c chatlake.Contact) bool { return strings.HasPrefix(c.Identifier, "chaos") }, do)
}

func (p *people) onLabel(do func(chatlake.Label) bool) bool {
	return onOne(p, p.world.Chatlake.Labels(), func(l chatlake.Label) bool { return strings.HasPrefix(l.Title, "chaos") }, do)
}

func (p *people) onTeam(do func(chatlake.Team) bool) bool {
	return onOne(p, p.world.Chatlake.Teams(), func(t chatlake.Team) bool { return strings.HasPrefix(t.Name, "chaos") }, do)
}

func (p *people) renameGroup() bool {
	groups := p.world.Kommunicate.Groups()
	if len(groups) == 0 {
		return false
	}

	_, err := sandbox.Act(p.world.Kommunicate, "rename_group", map[string]any{"groupId": groups[p.rand.IntN(len(groups))].ID, "name": "Edited"})

	return err == nil
}

func (p *people) tagChat() bool {
	chats := p.world.IMIchat.Chats()
	if len(chats) == 0 {
		return false
	}

	_, err := sandbox.Act(p.world.IMIchat, "tag", map[string]any{"chat_id": chats[p.rand.IntN(len(chats))].ID, "tags": []string{"edited"}})

	return err == nil
}

// onOne does something to one of the objects of a kind.
func onOne[T any](p *people, all []T, is func(T) bool, do func(T) bool) bool {
	var some []T

	for _, object := range all {
		if is(object) {
			some = append(some, object)
		}
	}

	return len(some) > 0 && do(some[p.rand.IntN(len(some))])
}

// untouched checks that no other request has written to what is theirs alone.
func (p *people) untouched(t *testing.T) {
	t.Helper()

	p.mu.Lock()
	defer p.mu.Unlock()

	found := map[int64]string{}
	for _, c := range p.world.Chatlake.Contacts() {
		found[c.ID] = c.Name
	}

	for id, name := range p.own {
		if found[id] != name {
			t.Errorf("contact %d of other people is %q and was %q", id, found[id], name)
		}
	}

	for _, e := range p.world.Journal.Writes() {
		for id := range p.own {
			path := fmt.Sprintf("/contacts/%d", id)
			if e.Header.Get("User-Agent") != neighbour && (strings.HasSuffix(e.Path, path) || strings.Contains(e.Path, path+"/")) {
				t.Errorf("%s %s writes to a contact of other people", e.Method, e.Path)
			}
		}
	}
}
