package chatlake

import (
	"net/http"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// captainInbox lets an assistant answer in an inbox, which has one at most.
type captainInbox struct {
	id        int64
	inbox     *inbox
	assistant *captainAssistant
}

func (r *captainInbox) key() int64   { return r.id }
func (r *captainInbox) owner() int64 { return r.assistant.account }

func (p *Platform) captainInboxKind() kind {
	const all, one = "/captain/assistants/{assistant}/inboxes", "/captain/assistants/{assistant}/inboxes/{inbox}"

	links := p.captainInboxShelf()

	return kind{
		name: "captain/assistants/*/inboxes",
		endpoints: ofEnterprise(
			get(all, member, p.listCaptainInboxes).from(captainSince),
			post(all, admin, p.addCaptainInbox).from(captainSince),
			remove(one, admin, p.removeCaptainInbox).from(captainSince),
			get("/conversations/{conversation}/inbox_assistant", member, p.showInboxAssistant).from(captainSince),
		),
		view: func(account int64) sandbox.TableView {
			return tableOf("Captain's inboxes", links.rows, func(r *captainInbox) (int64, []string) {
				return r.owner(), []string{number(r.inbox.id), r.inbox.name, deref(r.assistant.name)}
			}, account, "Id", "Inbox", "Assistant")
		},
		held: func(c *call) []map[string]any { return held(c, links) },
	}
}

// captainInboxShelf is for what the sandbox holds alone: requests are about the inboxes.
func (p *Platform) captainInboxShelf() *shelf[*captainInbox] {
	return shelf[*captainInbox]{
		p: p, rows: rowsOf[*captainInbox](p, "captain/assistants/*/inboxes"),
		shape: func(_ *call, r *captainInbox) any {
			return object{"id": r.id, "inbox_id": r.inbox.id, "assistant_id": r.assistant.id}
		},
	}.with()
}

func (p *Platform) captainInboxOf(i *inbox) (*captainInbox, bool) {
	return p.captainInboxShelf().rows.Find(func(r *captainInbox) bool { return r.inbox == i })
}

// listCaptainInboxes has whole inboxes.
func (p *Platform) listCaptainInboxes(c *call) sandbox.Reply {
	assistant, refused := p.captainAssistantShelf().find(c)
	if refused != nil {
		return *refused
	}

	rows := []any{}

	for _, r := range p.captainInboxShelf().rows.All() {
		if r.assistant == assistant {
			rows = append(rows, p.inboxJSON(r.inbox, c.isAdmin()))
		}
	}

	return ok(oneCaptainPage(rows))
}

// addCaptainInbox needs its root.
func (p *Platform) addCaptainInbox(c *call) sandbox.Reply {
	assistant, refused := p.captainAssistantShelf().find(c)
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "inbox{}")
	if refused != nil {
		return *refused
	}

	sent := in.sub("inbox")
	if sent == nil || len(sent.values) == 0 {
		return missingParam("inbox")
	}

	i, found := p.inboxes.Get(castInteger(sent.values["inbox_id"]))
	if !found || i.account != c.account.id {
		return notFound()
	}

	_, isTaken := p.captainInboxOf(i)
	if isTaken { // Unverified: that the answer names the field. Its words are observed.
		in.errs.add("inbox_id", "Inbox has already been taken")
		return *in.done(p)
	}

	links := p.captainInboxShelf()
	r := &captainInbox{id: p.nextID("captain/assistants/*/inboxes"), inbox: i, assistant: assistant}
	links.rows.Put(r.id, r)

	return ok(p.inboxJSON(i, c.isAdmin()))
}

func (p *Platform) removeCaptainInbox(c *call) sandbox.Reply {
	assistant, refused := p.captainAssistantShelf().find(c)
	if refused != nil {
		return *refused
	}

	links := p.captainInboxShelf()

	r, found := links.rows.Find(func(r *captainInbox) bool { return r.assistant == assistant && r.inbox.id == c.id("inbox") })
	if !found {
		return notFound()
	}

	links.rows.Delete(r.id)

	return empty(http.StatusNoContent)
}

// dropCaptainInbox ends what an assistant has to do with an inbox that goes.
func (p *Platform) dropCaptainInbox(i *inbox) {
	r, found := p.captainInboxOf(i)
	if found {
		p.captainInboxShelf().rows.Delete(r.id)
	}
}

// showInboxAssistant is the only place where the inbox of a conversation tells its assistant.
func (p *Platform) showInboxAssistant(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	r, found := p.captainInboxOf(conv.inbox)
	if !found {
		return ok(object{"assistant": nil})
	}

	return ok(object{"assistant": object{"id": r.assistant.id, "name": r.assistant.name}})
}
