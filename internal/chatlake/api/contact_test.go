package api_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const account = "/api/v1/accounts/1"

// contactShapes are the wrapped answers of the server and the bare one of the vendor's page.
var contactShapes = map[string]string{
	"created": `{"payload":{"contact":%s,"contact_inbox":{"inbox":null,"source_id":null}}}`,
	"wrapped": `{"payload":%s}`,
	"page":    `%s`,
}

const ana = `{"id":7,"name":"Ana","email":"ana@example.com","phone_number":null,"identifier":null,"blocked":false,"thumbnail":"",
	"availability_status":"offline","additional_attributes":{},"custom_attributes":{"seats":3,"big":12345678901234567890},"created_at":1767600000,
	"contact_inboxes":[{"source_id":"s","inbox":{"id":101,"name":"App","channel_type":"Channel::Api"}}],"unheard_of":1}`

func TestCreateContact(t *testing.T) {
	for name, shape := range contactShapes {
		t.Run(name, func(t *testing.T) {
			c := scripted(t, exchange{
				Request: "POST " + account + "/contacts",
				Body:    `{"name":"Ana","email":"ana@example.com","phone_number":null,"blocked":false,"custom_attributes":{"seats":3},"inbox_id":101,"source_id":"s"}`,
				Answer:  fmt.Sprintf(shape, ana),
			})
			blocked := false

			contact, err := c.CreateContact(t.Context(), api.ContactRequest{
				Name: api.Set("Ana"), Email: api.Set("ana@example.com"), PhoneNumber: api.Null[string](), Blocked: &blocked,
				CustomAttributes: map[string]any{"seats": 3}, InboxID: 101, SourceID: "s",
			})
			if err != nil || contact.ID != 7 || contact.CreatedAt.Unix() != 1767600000 || len(contact.ContactInboxes) != 1 {
				t.Fatalf("%+v, %v", contact, err)
			}

			big := fmt.Sprint(contact.CustomAttributes["big"])
			if big != "12345678901234567890" {
				t.Errorf("digits were lost: %s", big)
			}
			// The session is known from here on.
			if source, _, err := c.Session(t.Context(), 7, 101); err != nil || source != "s" {
				t.Errorf("session %q, %v", source, err)
			}
		})
	}
}

func TestCreateContact_broken(t *testing.T) {
	for _, answer := range []string{`{}`, `null`, `[]`, `{"payload":null}`, `{"payload":{"contact":{}}}`, `{"payload":"x"}`, `{"id":"x"}`, `{"payload":{"contact":{"id":7,"custom_attributes":7}}}`, ``, `<html>`} {
		_, err := scripted(t, exchange{Request: "POST " + account + "/contacts", Body: `{}`, Answer: answer}).CreateContact(t.Context(), api.ContactRequest{})
		if !transport.IsLost(err) {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

func TestContact(t *testing.T) {
	c := scripted(t, exchange{Request: "GET " + account + "/contacts/7", Answer: fmt.Sprintf(contactShapes["wrapped"], ana)})
	if contact, err := c.Contact(t.Context(), 7); err != nil || contact.Name != "Ana" {
		t.Errorf("%+v, %v", contact, err)
	}
}

// TestContact_pages reads the list after as many single reads as it has pages.
func TestContact_pages(t *testing.T) {
	page := func(first, n int) string {
		rows := make([]string, n)
		for i := range rows {
			rows[i] = fmt.Sprintf(`{"id":%d,"contact_inboxes":[]}`, first+i)
		}
		// The page is a number when it was not asked for, and a string when it was.
		return fmt.Sprintf(`{"meta":{"count":20,"current_page":"1"},"payload":[%s]}`, strings.Join(rows, ","))
	}

	c := scripted(t,
		exchange{Request: "GET " + account + "/contacts/1", Answer: `{"payload":{"id":1}}`},
		exchange{Request: "GET " + account + "/contacts?page=1&sort=created_at", Answer: page(1, 15)},
		exchange{Request: "GET " + account + "/contacts/99", Answer: `{"payload":{"id":99}}`}, // Not listed, and not gone.
		exchange{Request: "GET " + account + "/contacts?page=2&sort=created_at", Answer: page(16, 5)},
	)
	for _, id := range []api.ID{1, 2, 99, 16, 20, 15} {
		if contact, err := c.Contact(t.Context(), id); err != nil || contact.ID != id {
			t.Errorf("%+v, %v", contact, err)
		}
	}
}

func TestUpdateContact(t *testing.T) {
	c := scripted(t,
		exchange{Request: "GET /api", Answer: `{"version":"4.15.1"}`},
		exchange{Request: "PUT " + account + "/contacts/7", Body: `{"avatar":null,"additional_attributes":{"city":"Lisboa"}}`, Answer: `{"payload":{"id":7}}`},
		exchange{Request: "POST " + account + "/contacts/7/destroy_custom_attributes", Body: `{"custom_attributes":["a"]}`, Answer: `{"payload":{"id":7}}`},
		exchange{Request: "POST " + account + "/contacts/7/labels", Body: `{"labels":[]}`, Answer: `{"payload":[]}`}, // Never null.
		exchange{Request: "GET " + account + "/contacts/7/labels", Answer: `{"payload":["a","b"]}`},
	)
	if _, err := c.UpdateContact(t.Context(), 7, api.ContactRequest{Avatar: api.Null[string](), AdditionalAttributes: map[string]any{"city": "Lisboa"}}); err != nil {
		t.Error(err)
	}

	if _, err := c.DestroyContactAttributes(t.Context(), 7, []string{"a"}); err != nil {
		t.Error(err)
	}

	if _, err := c.SetContactLabels(t.Context(), 7, nil); err != nil {
		t.Error(err)
	}

	if labels, err := c.ContactLabels(t.Context(), 7); err != nil || len(labels) != 2 {
		t.Error(labels, err)
	}
}

// TestUpdateContact_old sends along what an old server would otherwise take away.
func TestUpdateContact_old(t *testing.T) {
	c := scripted(t,
		exchange{Request: "GET /api", Answer: `{"version":"4.1.0"}`},
		exchange{Request: "GET " + account + "/contacts/7", Answer: `{"payload":{"id":7,"additional_attributes":{"city":"Lisboa","agent":"x"}}}`},
		exchange{Request: "PUT " + account + "/contacts/7", Body: `{"additional_attributes":{"city":"Porto","agent":"x"}}`, Answer: `{"payload":{"id":7}}`},
		exchange{Request: "PUT " + account + "/contacts/7", Body: `{"name":"Ana"}`, Answer: `{"payload":{"id":7}}`},
	)
	for _, req := range []api.ContactRequest{{AdditionalAttributes: map[string]any{"city": "Porto"}}, {Name: api.Set("Ana")}} {
		if _, err := c.UpdateContact(t.Context(), 7, req); err != nil {
			t.Error(err)
		}
	}
}

// TestCreateContact_reserved waits for a source id that a deleted contact still has, and for nothing else.
func TestCreateContact_reserved(t *testing.T) {
	const crash = `{"status":500,"error":"Internal Server Error"}`

	create := func(status int, answer string) exchange {
		return exchange{Request: "POST " + account + "/contacts", Check: ignoreBody, Status: status, Answer: answer}
	}
	owner := func(status int, answer string) exchange {
		return exchange{Request: "POST " + account + "/contact_inboxes/filter", Body: `{"inbox_id":101,"source_id":"s"}`, Status: status, Answer: answer}
	}
	req := api.ContactRequest{InboxID: 101, SourceID: "s"}

	c := scripted(t,
		create(500, crash), owner(404, ""),
		create(500, crash), owner(500, crash), owner(500, crash), // Asked twice, for it is a read.
		create(200, ana),
	)
	if contact, err := c.CreateContact(t.Context(), req); err != nil || contact.ID != 7 {
		t.Errorf("%+v, %v", contact, err)
	}

	if _, err := scripted(t, create(500, crash), owner(200, `{"id":8}`)).CreateContact(t.Context(), req); !transport.IsLost(err) {
		t.Errorf("somebody has it: %v", err)
	}

	if _, err := scripted(t, create(500, crash)).CreateContact(t.Context(), api.ContactRequest{}); !transport.IsLost(err) {
		t.Errorf("without a source id: %v", err)
	}

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()

	if _, err := scripted(t, create(500, crash), owner(404, "")).CreateContact(ctx, req); err == nil || !strings.Contains(err.Error(), "contact who was deleted") {
		t.Error(err)
	}
}

func TestDeleteContact(t *testing.T) {
	online := exchange{Request: "DELETE " + account + "/contacts/7", Status: 422, Answer: `{"message":"Ana is Online, please try again later"}`}

	gone := exchange{Request: "DELETE " + account + "/contacts/7"} // 200, and nothing to parse.
	if err := scripted(t, online, online, gone).DeleteContact(t.Context(), 7); err != nil {
		t.Error(err)
	}

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()

	if err := scripted(t, online).DeleteContact(ctx, 7); err == nil || !strings.Contains(err.Error(), "online") {
		t.Error(err)
	}

	ctx, cancel = context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()

	slow := exchange{Request: "DELETE " + account + "/contacts/7", Check: func(*testing.T, *http.Request, []byte) { <-ctx.Done() }}

	slow.Status, slow.Answer = 502, ""
	if err := scripted(t, online, slow).DeleteContact(ctx, 7); err == nil || !strings.Contains(err.Error(), "Ana is Online") {
		t.Error(err)
	}

	refused := exchange{Request: "DELETE " + account + "/contacts/7", Status: 401, Answer: `{"error":"You are not authorized to do this action"}`}
	if err := scripted(t, refused).DeleteContact(t.Context(), 7); !transport.IsUnauthorized(err) {
		t.Error(err)
	}
}

func TestFindContact(t *testing.T) {
	filter := func(key, value, answer string) exchange {
		return exchange{
			Request: "POST " + account + "/contacts/filter",
			Body:    fmt.Sprintf(`{"payload":[{"attribute_key":%q,"filter_operator":"equal_to","values":[%q],"query_operator":null}]}`, key, value),
			Answer:  answer,
		}
	}

	both := `{"meta":{"count":2},"payload":[{"id":1,"identifier":"CUSTOMER"},{"id":2,"identifier":"Customer"}]}`
	if contact, err := scripted(t, filter("identifier", "Customer", both)).FindContact(t.Context(), api.KeyIdentifier, "Customer"); err != nil || contact.ID != 2 {
		t.Error(contact, err)
	}

	if _, err := scripted(t, filter("identifier", "customer", both)).FindContact(t.Context(), api.KeyIdentifier, "customer"); !transport.IsNotFound(err) {
		t.Error(err)
	}
	// The server puts a plus sign in front.
	c := scripted(t, filter("phone_number", "14155550123", `{"payload":[{"id":3,"phone_number":"+14155550123"}]}`))
	if contact, err := c.FindContact(t.Context(), api.KeyPhoneNumber, "+14155550123"); err != nil || contact.ID != 3 {
		t.Error(contact, err)
	}

	c = scripted(t, filter("email", "Ana@Example.com", `{"payload":[{"id":4,"email":"ana@example.com"}]}`))
	if contact, err := c.FindContact(t.Context(), api.KeyEmail, "Ana@Example.com"); err != nil || contact.ID != 4 {
		t.Error(contact, err)
	}

	c = scripted(t,
		exchange{Request: "POST " + account + "/contacts/filter", Check: ignoreBody, Status: 404, Answer: `{"status":404,"error":"Not Found"}`},
		exchange{Request: "GET /api", Answer: `{"version":"1.21.0"}`},
	)
	if _, err := c.FindContact(t.Context(), api.KeyEmail, "x@example.com"); err == nil || !strings.Contains(err.Error(), "needs version 1.22.0") {
		t.Error(err)
	}
}

func ignoreBody(*testing.T, *http.Request, []byte) {}

func TestContacts(t *testing.T) {
	full := `{"meta":{"count":15,"has_more":true},"payload":[` + strings.TrimSuffix(strings.Repeat(`{"id":1},`, 15), ",") + `]}`

	c := scripted(t,
		exchange{Request: "GET " + account + "/contacts/search?page=1&q=ana&sort=-name", Answer: full},
		exchange{Request: "GET " + account + "/contacts/search?page=2&q=ana&sort=-name", Answer: `{"meta":{"count":1,"has_more":false},"payload":[{"id":2}]}`},
		exchange{Request: "GET " + account + "/contacts?labels%5B%5D=a&labels%5B%5D=b&page=1&sort=created_at", Answer: full},
		exchange{Request: "GET " + account + "/contacts?page=1&sort=created_at", Answer: `{"error":"no list"}`},
	)
	if all, err := c.Contacts(t.Context(), api.ContactsQuery{Search: "ana", Sort: "-name"}, 0); err != nil || len(all) != 16 {
		t.Error(len(all), err)
	}

	if some, err := c.Contacts(t.Context(), api.ContactsQuery{Labels: []string{"a", "b"}}, 3); err != nil || len(some) != 3 {
		t.Error(len(some), err)
	}

	if _, err := c.Contacts(t.Context(), api.ContactsQuery{}, 0); err == nil {
		t.Error("what is no list was taken for an empty one")
	}
}

func TestSessions(t *testing.T) {
	c := scripted(t,
		exchange{Request: "GET " + account + "/inboxes", Answer: `{"payload":[{"id":101,"channel_type":"Channel::Api"},{"id":102,"channel_type":"Channel::Email"}]}`},
		exchange{Request: "POST " + account + "/contacts/7/contact_inboxes", Body: `{"inbox_id":102}`, Answer: `{"source_id":"ana@example.com","inbox":{"id":102}}`},
		exchange{Request: "POST " + account + "/contact_inboxes/filter", Body: `{"inbox_id":101,"source_id":"s"}`, Answer: `{"id":7}`},
		exchange{Request: "POST " + account + "/contact_inboxes/filter", Body: `{"inbox_id":101,"source_id":"t"}`, Status: 404},
	)
	first, err := c.NewSourceID(t.Context(), 101)

	second, _ := c.NewSourceID(t.Context(), 101)
	if err != nil || len(first) != 36 || first == second {
		t.Error(first, second, err)
	}

	if source, err := c.NewSourceID(t.Context(), 102); err != nil || source != "" { // The server takes the contact's address.
		t.Error(source, err)
	}

	if session, err := c.CreateContactInbox(t.Context(), 7, api.ContactInboxRequest{InboxID: 102}); err != nil || session.SourceID != "ana@example.com" {
		t.Error(session, err)
	}

	if source, _, err := c.Session(t.Context(), 7, 102); err != nil || source != "ana@example.com" {
		t.Error(source, err)
	}

	if owner, err := c.SessionOwner(t.Context(), 101, "s"); err != nil || owner.ID != 7 {
		t.Error(owner, err)
	}

	if _, err := c.SessionOwner(t.Context(), 101, "t"); !transport.IsNotFound(err) {
		t.Error(err)
	}
}
