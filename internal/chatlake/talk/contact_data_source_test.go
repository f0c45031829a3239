package talk_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

func TestAccContactDataSource(t *testing.T) {
	w := acctest.New(t)

	const contacts = `
resource "chatlake_contact" "ana" {
  name              = "Ana"
  email             = "ana@example.com"
  phone_number      = "+14155550123"
  identifier        = "Customer-1"
  inbox_id          = 101
  labels            = ["billing"]
  custom_attributes = { seats = 3, active = true }
}

resource "chatlake_contact" "other" {
  identifier = "customer-1"
}

resource "chatlake_contact" "nameless" {
  name = "Only a name"
}
`

	lookups := contacts + `
data "chatlake_contact" "id" {
  id = chatlake_contact.nameless.id
}
data "chatlake_contact" "email" {
  email = upper(chatlake_contact.ana.email)
}
data "chatlake_contact" "phone" {
  phone_number = chatlake_contact.ana.phone_number
}
data "chatlake_contact" "identifier" {
  identifier = chatlake_contact.ana.identifier
}
data "chatlake_contacts" "all" {
  depends_on = [chatlake_contact.ana, chatlake_contact.other, chatlake_contact.nameless]
}
data "chatlake_contacts" "labelled" {
  labels     = ["billing", "support"]
  depends_on = [chatlake_contact.ana]
}
data "chatlake_contacts" "found" {
  query       = "customer-"
  max_results = 1
  depends_on  = [chatlake_contact.ana, chatlake_contact.other]
}
data "chatlake_contacts" "sorted" {
  sort        = "-created_at"
  max_results = 1
  depends_on  = [chatlake_contact.ana, chatlake_contact.other]
}
`
	ana := resource.TestCheckResourceAttrPair
	w.Test(t,
		resource.TestStep{
			Config: w.Config(lookups),
			Check: resource.ComposeAggregateTestCheckFunc(
				ana("data.chatlake_contact.email", "id", "chatlake_contact.ana", "id"),
				ana("data.chatlake_contact.phone", "id", "chatlake_contact.ana", "id"),
				ana("data.chatlake_contact.identifier", "id", "chatlake_contact.ana", "id"),
				ana("data.chatlake_contacts.labelled", "contacts.0.id", "chatlake_contact.ana", "id"),
			),
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has("data.chatlake_contact.id", "name", chatlaketest.Text("Only a name")),
				chatlaketest.Has("data.chatlake_contact.id", "availability_status", chatlaketest.Text("offline")),
				chatlaketest.Has("data.chatlake_contact.email", "labels", knownvalue.SetExact([]knownvalue.Check{chatlaketest.Text("billing")})),
				chatlaketest.Has("data.chatlake_contact.email", "custom_attributes", knownvalue.ObjectExact(map[string]knownvalue.Check{
					"seats": knownvalue.Int64Exact(3), "active": knownvalue.Bool(true),
				})),
				chatlaketest.Has("data.chatlake_contact.email", "contact_inboxes", knownvalue.ListSizeExact(1)),
				chatlaketest.Has("data.chatlake_contacts.all", "contacts", knownvalue.ListSizeExact(2)), // Those with a key.
				chatlaketest.Has("data.chatlake_contacts.labelled", "contacts", knownvalue.ListSizeExact(1)),
				chatlaketest.Has("data.chatlake_contacts.found", "contacts", knownvalue.ListSizeExact(1)),
				chatlaketest.Has("data.chatlake_contacts.sorted", "contacts", knownvalue.ListSizeExact(1)),
			},
		},
	)
}

func TestDataSources_refused(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for _, c := range []struct {
		source string
		config acctest.Values
		want   string
	}{
		{"chatlake_contact", acctest.Values{"id": "9999"}, "Contact 9999 does not exist"},
		{"chatlake_contact", acctest.Values{"email": "no@example.com"}, "does not exist"},
		{"chatlake_contact", nil, "Set exactly one of id"},
		{"chatlake_contacts", acctest.Values{"sort": "age"}, "value must be one of"},
		{"chatlake_contacts", acctest.Values{"max_results": 0}, "at least 1"},
		{"chatlake_conversation", acctest.Values{"id": "99"}, "Conversation 99 does not exist"},
		{"chatlake_message", acctest.Values{"conversation_id": "99", "id": "1"}, "does not exist"},
		{"chatlake_messages", acctest.Values{"conversation_id": "99"}, "does not exist"},
		{"chatlake_conversations", acctest.Values{"status": "closed"}, "value must be one of"},
		{"chatlake_conversations", acctest.Values{"assignee_type": "all"}, "value must be one of"},
	} {
		_, diags := p.Data(t.Context(), c.source, c.config)
		if !strings.Contains(diags.Errors().String(), c.want) {
			t.Errorf("%s %v: got %q, want %q in it", c.source, c.config, diags, c.want)
		}
	}
}
