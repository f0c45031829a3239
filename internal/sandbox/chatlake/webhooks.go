package chatlake

import (
	"regexp"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// webhookEvents are those that may be subscribed to; the first eight are the default.
var webhookEvents = []string{
	"conversation_status_changed", "conversation_updated", "conversation_created", "contact_created", "contact_updated",
	"message_created", "message_updated", "webwidget_triggered", "inbox_created", "inbox_updated",
	"conversation_typing_on", "conversation_typing_off",
}

type webhook struct {
	id, account   int64
	url, name     *string
	subscriptions []string
	inboxID       *int64
	secret        string
}

// webAddress is all that the server wants of an address: "https://" alone will do.
var webAddress = regexp.MustCompile(`\A(?i:https?)://[^\s]*\z`)

func (r *webhook) key() int64   { return r.id }
func (r *webhook) owner() int64 { return r.account }

func (p *Platform) webhookShelf() *shelf[*webhook] {
	inOne := func(body any) any { return object{"payload": object{"webhook": body}} }

	return shelf[*webhook]{
		p: p, param: "webhook", rows: &p.webhooks,
		fresh: func(c *call) *webhook {
			return &webhook{account: c.account.id, subscriptions: webhookEvents[:8], secret: p.newToken()}
		},
		assign: p.assignWebhook,
		keep: func(r *webhook) {
			if r.id == 0 {
				r.id = p.nextID("webhooks")
			}

			p.webhookURLs[nameKey{r.account, *r.url}] = r.id
		},
		drop:   func(r *webhook) { delete(p.webhookURLs, nameKey{r.account, *r.url}) },
		copy:   func(r *webhook) *webhook { draft := *r; return &draft },
		commit: func(into, draft *webhook) { *into = *draft },
		shape:  func(_ *call, r *webhook) any { return p.webhookJSON(r) },
		wrap:   inOne, wrapOne: inOne,
		wrapAll: func(rows any) any { return object{"payload": object{"webhooks": rows}} },
	}.with()
}

func (p *Platform) webhookJSON(r *webhook) object {
	out := object{"id": r.id, "url": r.url, "account_id": r.account, "subscriptions": r.subscriptions}
	if p.has(webhookName) {
		out["name"] = r.name
	}

	if p.has(webhookSecret) {
		out["secret"] = r.secret
	}

	if r.inboxID != nil {
		i, found := p.inboxes.Get(*r.inboxID)
		if found {
			out["inbox"] = object{"id": i.id, "name": i.name}
		}
	}

	return out
}

// webhookEvents are those that the release knows.
func (p *Platform) webhookEvents() []string {
	return slices.DeleteFunc(slices.Clone(webhookEvents), func(event string) bool {
		isTyping, isInbox := strings.HasPrefix(event, "conversation_typing"), strings.HasPrefix(event, "inbox_")

		return isTyping && !p.has(webhookTyping) || isInbox && !p.has(webhookInboxes)
	})
}

func (p *Platform) assignWebhook(c *call, r *webhook, _ bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "webhook", nil, "url", "name", "subscriptions[]", "inbox_id")
	if refused != nil {
		return refused
	}

	limit := maxText
	if !p.has(webhookLongURL) {
		limit = maxString
	}

	in.optString("url", &r.url, limit)

	if in.has("name") && !p.has(webhookName) {
		c.Complain("webhook name came with %s", webhookName.since)
	} else {
		in.optString("name", &r.name, maxString)
	}

	in.whole("inbox_id", &r.inboxID)

	events, sent := in.strings("subscriptions")
	if sent {
		r.subscriptions = events
	}

	if !webAddress.MatchString(deref(r.url)) || !p.has(webhookCapitals) && !strings.HasPrefix(*r.url, "http") {
		in.errs.add("url", "Url is invalid")
	} else if isTaken(p.webhookURLs, nameKey{c.account.id, *r.url}, r.id) {
		in.errs.add("url", "Url has already been taken")
	}

	strange := slices.ContainsFunc(r.subscriptions, func(event string) bool { return !slices.Contains(p.webhookEvents(), event) })
	if len(r.subscriptions) == 0 || strange {
		in.errs.addEnglish("subscriptions", "Subscriptions Invalid events")
	}

	return in.done(p)
}
