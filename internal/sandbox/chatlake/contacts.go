package chatlake

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

type contact struct {
	id, account                    int64
	name, email, phone, identifier *string
	blocked                        bool
	additional, custom             object
	labels                         []string
	avatar                         string // The picture's address; empty without one.
	created, lastActivity          time.Time
	seenOnline                     time.Time // Of widget and websocket visitors only.
	avatarSync                     time.Time
	avatarSynced                   string // The avatar_url fetched last.
	sessions                       []*session
	conversations                  []*conversation
	notes                          []*note
	company                        *company // Of enterprise builds.
	updated                        time.Time
	gone                           bool // Deleted; only late jobs and orphans still point here.
}

// contactKey is a unique index over contacts.
type contactKey struct {
	account       int64
	column, value string
}

func (x *contact) keys() []contactKey {
	var keys []contactKey
	if x.email != nil {
		keys = append(keys, contactKey{x.account, "email", *x.email})
	}

	if presence(x.phone) != nil { // Blank ones are not compared.
		keys = append(keys, contactKey{x.account, "phone_number", *x.phone})
	}

	if x.identifier != nil {
		keys = append(keys, contactKey{x.account, "identifier", *x.identifier})
	}

	return keys
}

func (x *contact) companyID() *int64 {
	if x.company == nil {
		return nil
	}

	return &x.company.id
}

// resolved contacts are those that lists show.
func (x *contact) resolved() bool {
	return presence(x.email) != nil || presence(x.phone) != nil || presence(x.identifier) != nil
}

type contactJSON struct {
	AdditionalAttributes object         `json:"additional_attributes"`
	AvailabilityStatus   string         `json:"availability_status"`
	Email                *string        `json:"email"`
	ID                   int64          `json:"id"`
	Name                 *string        `json:"name"`
	PhoneNumber          *string        `json:"phone_number"`
	Blocked              *bool          `json:"blocked,omitempty"`
	Identifier           *string        `json:"identifier"`
	CompanyID            **int64        `json:"company_id,omitempty"` // Only with the feature companies, in any edition.
	Thumbnail            string         `json:"thumbnail"`
	CustomAttributes     object         `json:"custom_attributes"`
	LastActivityAt       *int64         `json:"last_activity_at,omitempty"`
	CreatedAt            int64          `json:"created_at"`
	ContactInboxes       *[]sessionJSON `json:"contact_inboxes,omitempty"`
}

func (p *Platform) contactJSON(x *contact, withInboxes bool) contactJSON {
	out := contactJSON{
		AdditionalAttributes: x.additional, AvailabilityStatus: p.contactAvailability(x), Email: x.email, ID: x.id,
		Name: x.name, PhoneNumber: x.phone, Identifier: x.identifier, Thumbnail: x.avatar, CustomAttributes: x.custom,
		CreatedAt: epoch(x.created),
	}
	if p.has(contactBlockedShown) {
		out.Blocked = &x.blocked
	}

	row, found := p.accounts.Get(x.account)
	if found && row.features["companies"] && p.has(contactCompanyID) {
		out.CompanyID = new(x.companyID())
	}

	if !x.lastActivity.IsZero() {
		seconds := epoch(x.lastActivity)
		out.LastActivityAt = &seconds
	}

	if p.switches.Noise {
		p.disturb(&out)
	}

	if withInboxes {
		sessions := mapped(x.sessions, p.sessionJSON)
		out.ContactInboxes = &sessions
	}

	return out
}

// contactEvent is the contact as messages and the contacts of events have it.
func (p *Platform) contactEvent(x *contact) object {
	out := object{
		"additional_attributes": x.additional, "custom_attributes": x.custom, "email": x.email, "id": x.id,
		"identifier": x.identifier, "name": x.name, "phone_number": x.phone, "thumbnail": x.avatar, "type": "contact",
	}
	if p.has(contactBlockedShown) {
		out["blocked"] = x.blocked
	}

	return out
}

func (p *Platform) contactOnline(x *contact) bool {
	window := time.Duration(p.switches.ContactPresenceSeconds) * time.Second
	return !x.seenOnline.IsZero() && p.core.Now().Sub(x.seenOnline) < window
}

func (p *Platform) contactAvailability(x *contact) string {
	if p.contactOnline(x) {
		return "online"
	}

	return "offline"
}

// findContact is nil after a 404 was made.
func (c *call) findContact() (*contact, *sandbox.Reply) {
	x, found := c.p.contacts.Get(c.id("contact"))
	if !found || x.account != c.account.id {
		reply := notFound()
		return nil, &reply
	}

	return x, nil
}

var contactFields = []string{
	"name", "email", "phone_number", "identifier", "blocked", "avatar", "avatar_url*", "additional_attributes{}",
	"custom_attributes{}", "company_id*",
}

func (p *Platform) createContact(c *call) sandbox.Reply {
	in, refused := read(c.Request, append(slices.Clone(contactFields), "inbox_id*", "source_id*")...)
	if refused != nil {
		return *refused
	}

	x := &contact{account: c.account.id, name: new(string), additional: object{}, custom: object{}, created: p.core.Now()}

	refused = p.assignContact(c, x, in)
	if refused != nil {
		return *refused
	}

	var made *session

	x.id = p.nextID("contacts")

	inboxID := in.values["inbox_id"]
	if !isBlank(inboxID) {
		made, refused = p.openFirstSession(c, x, in, castInteger(inboxID))
		if refused != nil {
			return *refused
		}
	}

	p.keepContact(x)
	recount(nil, x.company)
	p.afterContactSave(x, in, nil)

	defer x.store()

	if p.switches.PageShapes {
		return ok(p.contactJSON(x, true))
	}

	payload := object{"contact": p.contactJSON(x, true), "contact_inbox": object{"inbox": nil, "source_id": nil}}
	if made != nil {
		payload["contact_inbox"] = object{"inbox": p.inboxRow(made.inbox), "source_id": made.sourceID}
	}

	return ok(object{"payload": payload})
}

// openFirstSession makes the session that a contact create asks for. The surrounding transaction is lost on a conflict,
// so there is no other outcome than 500 whatever the channel.
func (p *Platform) openFirstSession(c *call, x *contact, in *input, inboxID int64) (*session, *sandbox.Reply) {
	i, found := p.inboxes.Get(inboxID)
	if !found || i.account != c.account.id {
		reply := notFound()
		return nil, &reply
	}

	text, refused := p.sourceFor(c.Request, i, x, in, internal)
	if refused != nil {
		return nil, refused
	}

	_, taken := p.sessions[sessionKey{i.id, text}]
	if taken {
		reply := internal()
		return nil, &reply
	}

	return p.addSession(i, x, text, false), nil
}

func (p *Platform) updateContact(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, contactFields...)
	if refused != nil {
		return *refused
	}

	draft := *x

	draft.additional, draft.custom = maps.Clone(x.additional), maps.Clone(x.custom)

	refused = p.assignContact(c, &draft, in)
	if refused != nil {
		return *refused
	}

	before, left := x.email, x.company

	p.dropContactKeys(x)
	*x = draft
	p.keepContact(x)
	recount(left, x.company)
	p.afterContactSave(x, in, before)

	defer x.store()

	return ok(object{"payload": p.contactJSON(x, true)})
}

var (
	emailPattern = regexp.MustCompile(`\A[^@\s]+@[^@\s]+\z`)
	phonePattern = regexp.MustCompile(`\+[1-9]\d{1,14}\z`)
)

// assignContact puts what was sent on the row and validates it. A company that is not there is not found first.
func (p *Platform) assignContact(c *call, x *contact, in *input) *sandbox.Reply {
	to, refused := p.companyOf(in, x)
	if refused != nil {
		return refused
	}

	in.optString("name", &x.name, maxString)
	in.optString("email", &x.email, maxString)
	in.optString("phone_number", &x.phone, maxString)
	in.optString("identifier", &x.identifier, maxString)

	if in.has("blocked") && !p.has(contactBlocked) {
		c.Complain("blocked cannot be written before %s", contactBlocked.since)
	} else {
		in.flag("blocked", &x.blocked)
	}

	x.email = presence(x.email)
	if x.email != nil {
		lower := strings.ToLower(*x.email)
		x.email = &lower
	}

	if in.has("avatar_url") && !p.has(contactAvatarURL) {
		c.Complain("avatar_url came with %s", contactAvatarURL.since)
		delete(in.values, "avatar_url")
	}

	_, isObject := in.values["avatar_url"].(object)
	if isObject {
		in.refuseColumn("avatar_url is an object")
	}

	additional, sent := in.hash("additional_attributes")
	if sent {
		if !p.has(contactMerges) {
			x.additional = object{}
		}

		maps.Copy(x.additional, additional)
	}

	custom, sent := in.hash("custom_attributes")
	if sent {
		maps.Copy(x.custom, custom)
	}

	p.join(x, to)
	p.assignAvatar(c.Request, in, &x.avatar)
	p.validateContact(c.Request, x, in)

	return in.done(p)
}

func (p *Platform) validateContact(req *sandbox.Request, x *contact, in *input) {
	taken := func(column, sentence string, value *string) {
		if value == nil {
			return
		}

		other, used := p.contactKeys[contactKey{x.account, column, *value}]
		if used && other != x.id {
			in.errs.add(column, sentence)
		}
	}

	if x.email != nil && !emailPattern.MatchString(*x.email) {
		in.errs.addEnglish("email", "Email Invalid email")
	}

	taken("email", "Email has already been taken", x.email)
	taken("identifier", "Identifier has already been taken", presence(x.identifier))

	if presence(x.phone) != nil && !phonePattern.MatchString(*x.phone) {
		in.errs.addEnglish("phone_number", "Phone number should be in e164 format")
	}

	taken("phone_number", "Phone number has already been taken", presence(x.phone))

	if x.identifier == nil || *x.identifier != "" {
		return
	}
	// The index counts "" though the validation does not.
	req.Complain(`identifier is "": only one contact can have that; null clears it`)

	other, used := p.contactKeys[contactKey{x.account, "identifier", ""}]
	if used && other != x.id && !in.errs.any() {
		in.fail(internal())
	}
}

func (p *Platform) keepContact(x *contact) {
	x.updated = p.core.Now()
	p.contacts.Put(x.id, x)

	for _, key := range x.keys() {
		p.contactKeys[key] = x.id
	}
}

func (p *Platform) dropContactKeys(x *contact) {
	for _, key := range x.keys() {
		delete(p.contactKeys, key)
	}
}

// store turns the attributes of an answered write into what the database gives back.
func (x *contact) store() {
	x.custom, _ = stored(x.custom).(object)
	x.additional, _ = stored(x.additional).(object)
}

// afterContactSave is what the server and its jobs do to a contact by themselves. Before is the address it had.
func (p *Platform) afterContactSave(x *contact, in *input, before *string) {
	if p.switches.Enterprise && p.has(contactCompany) && before == nil && x.email != nil {
		p.linkCompany(x)
	}

	address, isText := in.values["avatar_url"].(string)
	if isText && address != "" && p.switches.AvatarSync {
		p.later(func() { p.syncAvatar(x, address) })
	}

	if in.has("email") && x.email != nil && p.switches.Gravatar {
		email := *x.email

		p.later(func() { // Unverified: a picture that is there is kept. The server's source says so.
			if x.avatar == "" {
				p.syncAvatar(x, "https://www.gravatar.com/avatar/"+digest(email)+"?d=404")
			}
		})
	}
}

func (p *Platform) showContact(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	return ok(object{"payload": p.contactJSON(x, c.withInboxes())})
}

func (c *call) withInboxes() bool { return c.URL.Query().Get("include_contact_inboxes") != "false" }

func (p *Platform) deleteContact(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	if p.contactOnline(x) {
		name := "Contact"
		if presence(x.name) != nil {
			name = *x.name
		}

		text := capitalize(name) + " is Online, please try again later"

		return answer(http.StatusUnprocessableEntity, object{"message": text})
	}

	p.removeContact(x)

	return empty(http.StatusOK)
}

// removeContact takes the row away at once and its dependants in a job.
func (p *Platform) removeContact(x *contact) {
	p.dropContactKeys(x)
	p.dropCSAT(x)
	p.contacts.Delete(x.id)
	recount(x.company, nil)
	x.gone = true

	p.later(func() {
		for _, conv := range slices.Clone(x.conversations) {
			p.removeConversation(conv)
		}

		for _, s := range slices.Clone(x.sessions) {
			p.dropSession(s)
		}

		x.sessions, x.notes = nil, nil
	})
}

func (p *Platform) destroyContactAttributes(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "custom_attributes*")
	if refused != nil {
		return *refused
	}

	var keys []string

	switch value := in.values["custom_attributes"].(type) {
	case []any:
		keys = mapped(value, scalarText)
	case object:
		c.Complain("custom_attributes is an object: the server takes its keys")

		keys = sortedKeys(value)
	case nil:
		c.Complain("custom_attributes is missing: nothing is removed")
	default:
		c.Complain("custom_attributes is not an array of keys")

		keys = []string{scalarText(value)}
	}

	for _, key := range keys {
		delete(x.custom, key)
	}

	return ok(object{"payload": p.contactJSON(x, true)})
}
