package chatlake

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// session is what the vendor calls a contact inbox.
type session struct {
	id           int64
	contact      *contact
	inbox        *inbox
	sourceID     string
	hmacVerified bool
	pubsubToken  string
	created      time.Time
}

type sessionKey struct {
	inbox  int64
	source string
}

type sessionJSON struct {
	SourceID string `json:"source_id"`
	Inbox    any    `json:"inbox"`
}

// sessionJSON has a slim inbox since 4.0.2, and the whole one before.
func (p *Platform) sessionJSON(s *session) sessionJSON {
	if !p.has(sessionSlim) {
		return sessionJSON{s.sourceID, p.inboxJSON(s.inbox, true)}
	}

	return sessionJSON{s.sourceID, s.inbox.slim()}
}

// addSession keeps a new row; its source must be free in the inbox.
func (p *Platform) addSession(i *inbox, x *contact, sourceID string, hmacVerified bool) *session {
	s := &session{
		id: p.nextID("contact_inboxes"), contact: x, inbox: i, sourceID: sourceID, hmacVerified: hmacVerified,
		pubsubToken: p.newToken(), created: p.core.Now(),
	}
	p.sessions[sessionKey{i.id, sourceID}] = s
	p.sources[sourceID] = append(p.sources[sourceID], s)
	x.sessions = append(x.sessions, s)

	return s
}

// forgetSource takes a session out of the indexes.
func (p *Platform) forgetSource(s *session) {
	delete(p.sessions, sessionKey{s.inbox.id, s.sourceID})
	rest := slices.DeleteFunc(p.sources[s.sourceID], func(o *session) bool { return o == s })

	p.sources[s.sourceID] = rest
	if len(rest) == 0 {
		delete(p.sources, s.sourceID)
	}
}

func (p *Platform) dropSession(s *session) {
	p.forgetSource(s)
	s.contact.sessions = slices.DeleteFunc(s.contact.sessions, func(o *session) bool { return o == s })
}

var whatsappSource = regexp.MustCompile(`\A\d{1,15}\z|\A[A-Z]{2}\.[A-Za-z0-9]{1,128}\z`)

// sourceFor checks the source id that was sent, or makes one as the inbox's channel does. Blank answers for a blank one.
func (p *Platform) sourceFor(
	req *sandbox.Request, i *inbox, x *contact, in *input, blank func() sandbox.Reply,
) (string, *sandbox.Reply) {
	sent, isSent := in.values["source_id"]
	if !isSent || sent == nil {
		return p.generateSource(req, i, x)
	}

	source := scalarText(sent)

	rows, isList := sent.([]any)
	if isList && len(rows) > 0 {
		req.Complain("source_id is a list")

		source = scalarText(rows[0])
	}

	var v invalid

	switch {
	case source == "":
		reply := blank()
		return "", &reply
	case i.channel.kind == "Channel::Whatsapp" && !whatsappSource.MatchString(source):
		v.add("source_id", "Source invalid source id for whatsapp inbox.")
	case i.channel.kind == twilioClass && !i.channel.twilioSource().MatchString(source):
		v.add("source_id", "Source invalid source id for twilio "+fmt.Sprint(i.channel.fields["medium"])+" inbox.")
	case !p.has(sessionLongSource) && utf8.RuneCountInString(source) > maxString:
		v.add("source_id", "Source is too long (maximum is 255 characters)")
	}

	return source, v.reply(p)
}

func (p *Platform) generateSource(req *sandbox.Request, i *inbox, x *contact) (string, *sandbox.Reply) {
	missing := func(what string) (string, *sandbox.Reply) {
		reply := missingParam("contact " + what)
		if p.has(sessionCrash) && !p.has(sessionMended) {
			reply = crash(req, "a session without the contact's %s", what)
		}

		return "", &reply
	}

	switch i.channel.kind {
	case "Channel::Api", "Channel::WebWidget":
		return p.newUUID(), nil
	case "Channel::Email":
		if x.email == nil {
			return missing("email")
		}

		return *x.email, nil
	case "Channel::Sms":
		if x.phone == nil {
			return missing("phone number")
		}

		return *x.phone, nil
	case twilioClass:
		if x.phone == nil {
			return missing("phone number")
		}

		if i.channel.isWhatsApp() {
			return "whatsapp:" + *x.phone, nil
		}

		return *x.phone, nil
	case "Channel::Whatsapp":
		if x.phone == nil {
			return missing("phone number")
		}

		return strings.TrimPrefix(*x.phone, "+"), nil
	}

	reply := crash(req, "a %s inbox makes no source_id by itself", i.channel.kind)

	return "", &reply
}

// ensureSession finds the contact's session of that source or makes it. A source of somebody else is the builder's
// business: conflict answers for API and web inboxes, elsewhere the other row gets out of the way.
func (p *Platform) ensureSession(
	i *inbox, x *contact, source string, verified bool, conflict func() sandbox.Reply,
) (*session, *sandbox.Reply) {
	s, taken := p.sessions[sessionKey{i.id, source}]
	switch {
	case !taken:
		return p.addSession(i, x, source, verified), nil
	case s.contact == x:
		return s, nil
	case i.channel.kind == "Channel::Api" || i.channel.kind == "Channel::WebWidget" || !p.has(sessionMoves):
		reply := conflict()
		return nil, &reply
	}

	p.forgetSource(s)
	s.sourceID += p.newToken()[:8]
	p.sessions[sessionKey{i.id, s.sourceID}] = s
	p.sources[s.sourceID] = append(p.sources[s.sourceID], s)

	return p.addSession(i, x, source, verified), nil
}

// generatesSources reports whether a missing source_id means another random one each time.
func (i *inbox) generatesSources() bool {
	return i.channel.kind == "Channel::Api" || i.channel.kind == "Channel::WebWidget"
}

func (p *Platform) createSession(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "inbox_id*", "source_id*", "hmac_verified")
	if refused != nil {
		return *refused
	}

	var (
		inboxID  *int64
		verified bool
	)

	in.whole("inbox_id", &inboxID)
	in.flag("hmac_verified", &verified)

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	i, refused := c.permittedInbox(inboxID)
	if refused != nil {
		return *refused
	}

	if !in.notBlank("source_id") && i.generatesSources() {
		c.Complain("a session without source_id: every call adds another")
	}

	source, refused := p.sourceFor(c.Request, i, x, in, internal)
	if refused != nil {
		return *refused
	}

	s, refused := p.ensureSession(i, x, source, verified, internal)
	if refused != nil {
		return *refused
	}

	return ok(p.sessionJSON(s))
}

// permittedInbox finds an inbox of the account that the caller may see.
func (c *call) permittedInbox(id *int64) (*inbox, *sandbox.Reply) {
	var i *inbox
	if id != nil {
		i, _ = c.p.inboxes.Get(*id)
	}

	if i == nil || i.account != c.account.id {
		reply := notFound()
		return nil, &reply
	}

	if !c.seesInbox(i) {
		reply := forbidden()
		return nil, &reply
	}

	return i, nil
}

// filterSessions finds the contact of a session; its 404 has no body.
func (p *Platform) filterSessions(c *call) sandbox.Reply {
	in, refused := read(c.Request, "inbox_id*", "source_id*")
	if refused != nil {
		return *refused
	}

	var (
		inboxID  *int64
		sourceID *string
	)

	in.whole("inbox_id", &inboxID)
	in.optString("source_id", &sourceID, maxText)

	i, refused := c.permittedInbox(inboxID)
	if refused != nil {
		return *refused
	}

	s, found := p.sessions[sessionKey{i.id, deref(sourceID)}]
	if found && s.contact.gone && p.switches.OrphanErrors {
		return internal()
	}

	if !found || s.contact.gone {
		return empty(http.StatusNotFound)
	}

	return ok(p.contactJSON(s.contact, true))
}

// contactableInboxes lists where the contact could be written to; new sources are shown and not kept.
func (p *Platform) contactableInboxes(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	rows := []sessionJSON{}

	for _, i := range p.inboxes.Where(func(i *inbox) bool { return i.account == x.account && c.seesInbox(i) }) {
		source := ""

		switch i.channel.kind {
		case "Channel::Api":
			source = p.newUUID()
		case "Channel::Email":
			source = deref(x.email)
		case "Channel::Sms":
			source = deref(x.phone)
		case "Channel::Whatsapp":
			source = strings.TrimPrefix(deref(x.phone), "+")
		}

		for _, s := range x.sessions {
			if s.inbox == i {
				source = s.sourceID
			}
		}

		if source != "" {
			rows = append(rows, sessionJSON{source, i.slim()})
		}
	}

	return ok(object{"payload": rows})
}
