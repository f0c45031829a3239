package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// contactsPerPage is fixed by the server.
const contactsPerPage = 15

// Contact is a person.
type Contact struct {
	ID          ID     `json:"id"`
	Name        string `json:"name"`
	Email       string `json:"email"`
	PhoneNumber string `json:"phone_number"`
	Identifier  string `json:"identifier"`
	Blocked     bool   `json:"blocked"`
	// Company is told only where the account has companies.
	Company ContactCompany `json:"company_id"`
	// Thumbnail is an address, or empty.
	Thumbnail            string `json:"thumbnail"`
	AvailabilityStatus   string `json:"availability_status"`
	AdditionalAttributes Object `json:"additional_attributes"`
	CustomAttributes     Object `json:"custom_attributes"`
	LastActivityAt       Time   `json:"last_activity_at"`
	CreatedAt            Time   `json:"created_at"`
	// ContactInboxes are the sessions; nil where the endpoint does not tell.
	ContactInboxes []ContactInbox `json:"contact_inboxes"`
}

// ContactCompany is the company of a contact, 0 if there is none. Told is false if the answer does not say: without the feature, the
// server keeps it to itself.
type ContactCompany struct {
	ID   ID
	Told bool
}

// UnmarshalJSON reads the id, or null.
func (c *ContactCompany) UnmarshalJSON(raw []byte) error {
	c.Told = true
	return json.Unmarshal(raw, &c.ID)
}

func (c Contact) identity() ID { return c.ID }

// Check refuses a row without an id.
func (c Contact) Check() error { return checkID(c.ID) }

// ContactRequest creates or changes a contact; what is left out stays.
type ContactRequest struct {
	Name        Nullable[string] `json:"name,omitzero"`
	Email       Nullable[string] `json:"email,omitzero"`
	PhoneNumber Nullable[string] `json:"phone_number,omitzero"`
	Identifier  Nullable[string] `json:"identifier,omitzero"`
	// Blocked cannot be null: the server fails over it.
	Blocked *bool `json:"blocked,omitempty"`
	// CompanyID makes the server write the company's name into the additional attributes.
	CompanyID Nullable[ID] `json:"company_id,omitzero"`
	AvatarURL *string      `json:"avatar_url,omitempty"`
	// Avatar is only ever null, which removes the picture.
	Avatar               Nullable[string] `json:"avatar,omitzero"`
	AdditionalAttributes map[string]any   `json:"additional_attributes,omitempty"`
	CustomAttributes     map[string]any   `json:"custom_attributes,omitempty"`
	// InboxID and SourceID open a session; on creation only.
	InboxID  ID     `json:"inbox_id,omitzero"`
	SourceID string `json:"source_id,omitempty"`
}

// IsZero reports whether the request would change nothing.
func (r ContactRequest) IsZero() bool {
	return r.Name.IsZero() && r.Email.IsZero() && r.PhoneNumber.IsZero() && r.Identifier.IsZero() && r.Avatar.IsZero() && r.CompanyID.IsZero() &&
		r.Blocked == nil && r.AvatarURL == nil && len(r.AdditionalAttributes) == 0 && len(r.CustomAttributes) == 0 &&
		r.InboxID == 0 && r.SourceID == ""
}

// contactAnswer is a contact as the server wraps it, in payload and on creation in payload.contact, or bare as the
// vendor's page shows it.
type contactAnswer struct{ contact Contact }

func (a *contactAnswer) UnmarshalJSON(raw []byte) error {
	var outer struct {
		Payload json.RawMessage `json:"payload"`
	}
	if err := json.Unmarshal(raw, &outer); err != nil {
		return err
	}

	if outer.Payload != nil {
		raw = outer.Payload
	}

	var inner struct {
		Contact json.RawMessage `json:"contact"`
	}
	if err := json.Unmarshal(raw, &inner); err != nil {
		return err
	}

	if inner.Contact != nil {
		raw = inner.Contact
	}

	if err := json.Unmarshal(raw, &a.contact); err != nil {
		return err
	}

	if a.contact.ID == 0 {
		return errors.New("it holds no contact")
	}

	return nil
}

type contactList struct {
	Meta struct {
		// Count is of all contacts, except in search, where it is of this page.
		Count   int   `json:"count"`
		HasMore *bool `json:"has_more"`
	} `json:"meta"`
	Payload wirejson.Rows[Contact] `json:"payload"`
}

func (c *Client) newContacts() *reads.Pages[ID, Contact] {
	return &reads.Pages[ID, Contact]{
		One: func(ctx context.Context, id ID) (Contact, error) {
			return c.contactCall(ctx, c.read("GET", "/contacts/%s", id.String()))
		},
		Page: func(ctx context.Context, number int) (reads.Page[Contact], error) {
			list, err := c.contactPage(ctx, number, ContactsQuery{})

			return reads.Page[Contact]{
				Rows: list.Payload.Good, Pages: (list.Meta.Count + contactsPerPage - 1) / contactsPerPage,
				Last: list.Payload.Len() < contactsPerPage,
			}, err
		},
		Key: func(row Contact) ID { return row.ID },
	}
}

func (c *Client) contactCall(ctx context.Context, call transport.Call) (Contact, error) {
	answer, err := transport.Do[contactAnswer](ctx, c.sender, call)
	return answer.contact, err
}

func (c *Client) contactListCall(ctx context.Context, call transport.Call) (contactList, error) {
	answer, err := transport.Do[contactList](ctx, c.sender, call)
	if err == nil && answer.Payload.Good == nil {
		err = unusable(call, "the answer is not the list that was expected: it has no payload")
	}

	return answer, err
}

// CreateContact adds a contact.
//
// https://developers.chatwoot.com/api-reference/contacts/create-contact
func (c *Client) CreateContact(ctx context.Context, req ContactRequest) (Contact, error) {
	defer c.contacts.Drop()

	contact, err := whileReserved(ctx, c, req.InboxID, req.SourceID, http.StatusInternalServerError, func() (Contact, error) {
		return c.contactCall(ctx, c.create("POST", "/contacts").WithJSON(req))
	})
	if err == nil {
		c.sessions.remember(contact.ID, contact.ContactInboxes...)
	}

	return contact, err
}

// Contact reads a contact: singly, or with many others from the pages of the list.
//
// https://developers.chatwoot.com/api-reference/contacts/show-contact
func (c *Client) Contact(ctx context.Context, id ID) (Contact, error) { return c.contacts.Get(ctx, id) }

// UpdateContact changes what the request holds. Attributes are merged, key by key.
//
// https://developers.chatwoot.com/api-reference/contacts/update-contact
func (c *Client) UpdateContact(ctx context.Context, id ID, req ContactRequest) (Contact, error) {
	defer c.contacts.Drop()

	if len(req.AdditionalAttributes) > 0 && !c.has(ctx, "4.2.0") { // Older servers replace all of these.
		current, err := c.contactCall(ctx, c.read("GET", "/contacts/%s", id.String()))
		if err != nil {
			return Contact{}, err
		}

		all := map[string]any{}
		maps.Copy(all, current.AdditionalAttributes)
		maps.Copy(all, req.AdditionalAttributes)
		req.AdditionalAttributes = all
	}

	return c.contactCall(ctx, c.write("PUT", "/contacts/%s", id.String()).WithJSON(req))
}

// DestroyContactAttributes removes keys from a contact's custom_attributes.
//
// POST /contacts/:id/destroy_custom_attributes is not on the vendor's pages; it is in the server since 1.22.0.
func (c *Client) DestroyContactAttributes(ctx context.Context, id ID, keys []string) (Contact, error) {
	defer c.contacts.Drop()

	contact, err := c.contactCall(ctx, c.write("POST", "/contacts/%s/destroy_custom_attributes", id.String()).
		WithJSON(map[string][]string{"custom_attributes": keys}))

	return contact, c.need(ctx, err, "removing a custom attribute of a contact", "1.22.0")
}

// DeleteContact deletes a contact; its conversations and messages follow in the background. The server refuses while
// the contact is online, so that is tried until the context ends.
//
// https://developers.chatwoot.com/api-reference/contacts/delete-contact
func (c *Client) DeleteContact(ctx context.Context, id ID) error {
	defer c.dropConversations()
	defer c.contacts.Drop()
	defer c.notes.Forget(id)

	var online *transport.Error

	for started := time.Now(); ; {
		err := transport.Run(ctx, c.sender, c.write("DELETE", "/contacts/%s", id.String()))

		failure := transport.As(err)
		switch {
		case failure != nil && failure.Status == http.StatusUnprocessableEntity:
			online = failure
		case err == nil || online == nil || ctx.Err() == nil: // Else the time was up before the answer to another attempt came.
			return c.need(ctx, err, "deleting a contact", "1.21.0")
		}

		if !wait(ctx, nextLook(started), "contact "+id.String()+" to go offline: the server deletes no contact who is online") {
			online.Message += ". This is usually because the contact is online, and ends 90 seconds after they were last seen: " +
				"apply again then, or raise timeouts.delete"

			return online
		}
	}
}

// ContactsQuery narrows a list of contacts.
type ContactsQuery struct {
	// Search is a part of the name, e-mail address, phone number or identifier.
	Search string
	// Labels are alternatives.
	Labels []string
	// Sort is created_at unless set.
	Sort string
	// Company is whose contacts are listed, also those without e-mail address, phone number and identifier; 0 is no filter. It goes
	// with no other one.
	Company ID
}

func (c *Client) contactPage(ctx context.Context, number int, q ContactsQuery) (contactList, error) {
	// Without a sort the server promises no order, and pages repeat and miss rows. Contacts that are made meanwhile come last.
	path, query := "/contacts", url.Values{"page": {strconv.Itoa(number)}, "sort": {cmp.Or(q.Sort, "created_at")}}

	if len(q.Labels) > 0 {
		query["labels[]"] = q.Labels
	}

	if q.Search != "" {
		path = "/contacts/search"

		query.Set("q", q.Search)
	}

	return c.contactListCall(ctx, c.read("GET", path).WithQuery(query))
}

// EachContact lists contacts with an e-mail address, phone number or identifier page by page: the server does not list
// others.
//
// https://developers.chatwoot.com/api-reference/contacts/list-contacts
func (c *Client) EachContact(ctx context.Context, q ContactsQuery) iter.Seq2[Contact, error] {
	if q.Company != 0 {
		return c.eachOfCompany(ctx, q.Company)
	}

	return func(yield func(Contact, error) bool) {
		for number := 1; ; number++ {
			list, err := c.contactPage(ctx, number, q)
			if err != nil {
				yield(Contact{}, err)
				return
			}

			transport.LeaveOut(ctx, fmt.Sprintf("/contacts, page %d", number), list.Payload.Odd...)

			for _, contact := range list.Payload.Good {
				if !yield(contact, nil) {
					return
				}
			}

			more := list.Payload.Len() == contactsPerPage
			if list.Meta.HasMore != nil {
				more = *list.Meta.HasMore
			}

			if !more || list.Payload.Len() == 0 {
				return
			}
		}
	}
}

// ofCompany is a row of the list of a company's contacts, which tells no sessions: the contact is read as any other one is.
type ofCompany struct {
	ID ID `json:"id"`
}

func (x ofCompany) identity() ID { return x.ID }

// Check refuses a row without an id.
func (x ofCompany) Check() error { return checkID(x.ID) }

// eachOfCompany lists the contacts of a company, in the server's order. Who goes meanwhile is left out.
//
// GET /companies/:id/contacts is not on the vendor's pages.
//
// Unverified: the envelope, and the release that has it.
func (c *Client) eachOfCompany(ctx context.Context, company ID) iter.Seq2[Contact, error] {
	call := c.read("GET", "/companies/%s/contacts", company.String())

	var seen int

	rows := eachOnPages(ctx, call.Path, func(ctx context.Context, number int) (wirejson.Rows[ofCompany], bool, error) {
		page, err := transport.Do[countedPage[ofCompany]](ctx, c.sender, call.WithQuery(url.Values{"page": {strconv.Itoa(number)}}))

		switch {
		case IsLacking(err) && !c.has(ctx, "4.15.0"):
			return wirejson.Rows[ofCompany]{}, true, c.tooOld(ctx, transport.As(err), "listing the contacts of a company", "4.15.0")
		case err != nil:
			return wirejson.Rows[ofCompany]{}, true, err
		case page.Payload == nil:
			return wirejson.Rows[ofCompany]{}, true, unusable(call, "the answer is not the list that was expected: it has no payload")
		default:
			if number == 1 {
				seen = 0
			}

			seen += page.Payload.Len()

			isLast := page.Payload.Len() < contactsPerPage
			if page.Meta.TotalCount > 0 {
				isLast = seen >= page.Meta.TotalCount
			}

			return *page.Payload, isLast || page.Payload.Len() == 0, nil
		}
	})

	return func(yield func(Contact, error) bool) {
		for row, err := range rows {
			var contact Contact
			if err == nil {
				contact, err = c.Contact(ctx, row.ID)
			}

			if !transport.IsNotFound(err) || row.ID == 0 { // Else the contact is gone, and not the company.
				if !yield(contact, err) || err != nil {
					return
				}
			}
		}
	}
}

// Contacts lists contacts as EachContact does, at most that many; 0 is all.
func (c *Client) Contacts(ctx context.Context, q ContactsQuery, most int) ([]Contact, error) {
	return collect(c.EachContact(ctx, q), most)
}

// collect returns the objects of a sequence, at most that many; 0 is all.
func collect[T any](objects iter.Seq2[T, error], most int) ([]T, error) {
	var all []T

	for object, err := range objects {
		if err != nil {
			return nil, err
		}

		all = append(all, object)
		if len(all) == most {
			break
		}
	}

	return all, nil
}

// MergeContacts merges a contact into another one: its sessions, conversations, messages and notes move, and it is gone.
//
// https://developers.chatwoot.com/api-reference/contacts/merge-contacts
func (c *Client) MergeContacts(ctx context.Context, base, mergee ID) error {
	defer c.dropConversations()
	defer c.contacts.Drop()
	defer c.notes.Forget(base)
	defer c.notes.Forget(mergee)

	body := struct {
		Base   ID `json:"base_contact_id"`
		Mergee ID `json:"mergee_contact_id"`
	}{base, mergee}

	err := transport.Run(ctx, c.sender, c.create("POST", "/actions/contact_merge").WithJSON(body))
	if transport.IsLost(err) {
		transport.As(err).Advice = "Look whether the merged contact is still there before you run the action again."
	}

	return err
}

// ContactKey is an attribute that belongs to one contact only.
type ContactKey string

// The keys of a contact.
const (
	KeyIdentifier  ContactKey = "identifier"
	KeyEmail       ContactKey = "email"
	KeyPhoneNumber ContactKey = "phone_number"
)

// Of returns the contact's value of the key.
func (k ContactKey) Of(contact Contact) string {
	switch k {
	case KeyEmail:
		return contact.Email
	case KeyPhoneNumber:
		return contact.PhoneNumber
	default:
		return contact.Identifier
	}
}

// Same reports whether two values of the key are one to the server.
func (k ContactKey) Same(a, b string) bool { return k.Normal(a) == k.Normal(b) }

// Normal returns the spelling of a value that is the same for all values which are one to the server.
func (k ContactKey) Normal(value string) string {
	if k == KeyEmail {
		return strings.ToLower(value)
	}

	return value
}

// FindContact looks a contact up by a key. The error is a not-found one if there is none.
//
// https://developers.chatwoot.com/api-reference/contacts/contact-filter
func (c *Client) FindContact(ctx context.Context, key ContactKey, value string) (Contact, error) {
	sent := value
	if key == KeyPhoneNumber {
		sent = strings.TrimPrefix(value, "+") // The server puts one in front.
	}

	call := c.read("POST", "/contacts/filter").WithJSON(map[string]any{"payload": []map[string]any{{
		"attribute_key": string(key), "filter_operator": "equal_to", "values": []string{sent}, "query_operator": nil,
	}}})

	list, err := c.contactListCall(ctx, call)
	if err != nil {
		return Contact{}, c.need(ctx, err, "looking a contact up by "+string(key), "1.22.0")
	}

	for _, contact := range list.Payload.Good { // The filter ignores case, identifiers do not.
		if key.Same(key.Of(contact), value) {
			return contact, nil
		}
	}

	if len(list.Payload.Odd) > 0 { // It may be the one.
		return Contact{}, unusable(call, list.Payload.Odd[0].Error())
	}

	return Contact{}, &transport.Error{
		Platform: "Chatlake", Method: call.Method, Path: call.Path, Address: call.Address(), Reason: transport.NotFound,
		IsOwn: true, Message: fmt.Sprintf("no contact has the %s %q", key, value),
	}
}

// ContactLabels reads a contact's labels, which come in no particular order.
//
// https://developers.chatwoot.com/api-reference/contact-labels/list-labels
func (c *Client) ContactLabels(ctx context.Context, id ID) ([]string, error) {
	return payload[string](ctx, c, c.read("GET", "/contacts/%s/labels", id.String()))
}

// labelsBody replaces all labels of an object.
type labelsBody struct {
	Labels []string `json:"labels"`
}

// SetContactLabels makes these the contact's labels.
//
// https://developers.chatwoot.com/api-reference/contact-labels/add-labels
func (c *Client) SetContactLabels(ctx context.Context, id ID, labels []string) ([]string, error) {
	defer c.contacts.Drop()

	return payload[string](ctx, c, c.write("POST", "/contacts/%s/labels", id.String()).
		WithJSON(labelsBody{append([]string{}, labels...)})) // Never null, which would clear as well.
}
