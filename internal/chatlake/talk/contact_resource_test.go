package talk_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// contactCases hold for an administrator's token.
// noTexts is what optional(map(string), {}) gives: an empty map, where {} is an object.
var noTexts = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{})

var contactCases = acctest.Cases{
	Type: "chatlake_contact",
	Moved: map[string]string{
		"thumbnail":       "each upload gets another address",
		"contact_inboxes": "Another inbox or session opens a session.",
		"source_id":       "The platform makes one up for the session in another inbox.",
	},
	Needs: []acctest.Need{
		{Name: "first", Type: "chatlake_inbox", Config: values{"name": "First", "channel": values{"type": "api"}}},
		{Name: "second", Type: "chatlake_inbox", Config: values{"name": "Second", "channel": values{"type": "api"}}},
	},
	Minimal: values{},
	Odd: []values{
		{"labels": []any{nil}},
		{"custom_attributes": noTexts},
		{"additional_attributes": noTexts},
	},
	Stages: []values{
		{
			"name": "Ana", "email": "Ana@Example.com", "phone_number": "+14155550123", "identifier": "customer-1",
			"blocked": true, "labels": []any{"billing", "vip"},
			"custom_attributes":     values{"plan": "gold", "seats": 3000000, "rate": 0.1, "tags": []any{"a", "b"}},
			"additional_attributes": values{"city": "Lisboa", "company_name": "Example"},
			"inbox_id":              acctest.Ref("first", "id"), "source_id": "one", "avatar": chatlaketest.PicturePNG,
		},
		{
			"name": "Ana Lima", "email": "lima@example.com", "phone_number": "+14155550124", "identifier": "Customer-1",
			"blocked": false, "labels": []any{"vip"},
			"custom_attributes":     values{"plan": "silver", "home": values{"city": "Porto"}},
			"additional_attributes": values{"city": "Porto", "company_name": "Other"},
			"inbox_id":              acctest.Ref("second", "id"), "source_id": "two", "avatar": chatlaketest.PictureGIF,
		},
	},
	Cleared: values{"additional_attributes": values{"city": "Porto", "company_name": "Other"}},
	Unset:   map[string]string{"avatar_url": "the picture arrives later, and is seen in TestAccContact_attributes"},
	Uncleared: map[string]string{
		"additional_attributes": "the platform cannot remove keys of it, which is a warning",
	},
	Kept: map[string]string{
		"labels":     "labels that are taken out of the configuration are followed",
		"company_id": "the platform gives a contact at a business domain a company; see contactCompanyCases",
	},
	Refused: []acctest.Refused{
		{Config: values{"avatar": "talk_test.go"}, Want: "is no picture that the platform takes"},
		{Config: values{"avatar": chatlaketest.PicturePNG, "avatar_url": "https://example.com/a.png"}, Want: "avatar and avatar_url cannot both be set"},
		{Config: values{"name": strings.Repeat("x", 256)}, Want: "at most 255"},
		{Config: values{"name": "a\x00b"}, Want: "NUL character"},
		{Config: values{"custom_attributes": values{"a\x00": 1}}, Want: "NUL character"},
		{Config: values{"additional_attributes": values{"a": []any{values{"b": "\x00"}}}}, Want: "NUL character"},
		{Config: values{"email": "ana"}, Want: "e-mail address"},
		{Config: values{"phone_number": "0123"}, Want: "E.164"},
		{Config: values{"phone_number": "tel:+14155550123"}, Want: "E.164"},
		{Config: values{"avatar_url": "ftp://x"}, Want: "starts with https"},
		{Config: values{"custom_attributes": "x"}, Want: "Not an object"},
		{Config: values{"additional_attributes": []any{"x"}}, Want: "Not an object"},
		{Config: values{"custom_attributes": values{"a": values{"b": []any{1, nil}}}}, Want: "Null in a list"},
		{Config: values{"labels": []any{"VIP"}}, Want: "lower case"},
		{Config: values{"labels": []any{"a,b"}}, Want: "without commas"},
		{Config: values{"inbox_id": "first"}, Want: "whole number"},
		{Config: values{"source_id": "s"}, Want: "inbox_id"},
		{Config: values{"timeouts": values{"delete": "never"}}, Want: "must be a string containing"},
	},
	Accepted: []values{
		{"name": "", "email": "", "phone_number": "", "identifier": "", "avatar": "", "avatar_url": "", "labels": []any{}, "custom_attributes": values{}},
		{"source_id": strings.Repeat("s", 256), "inbox_id": "101"},
		{
			"name": acctest.Unknown{}, "email": acctest.Unknown{}, "phone_number": acctest.Unknown{}, "identifier": acctest.Unknown{},
			"avatar": acctest.Unknown{}, "avatar_url": acctest.Unknown{}, "blocked": acctest.Unknown{}, "custom_attributes": acctest.Unknown{},
			"additional_attributes": acctest.Unknown{}, "labels": acctest.Unknown{}, "inbox_id": acctest.Unknown{}, "source_id": acctest.Unknown{},
		},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"custom attribute": func(t *testing.T, w *acctest.World, o acctest.Object) {
			t.Helper()
			chatlaketest.Act(t, w, "contact_update", chatlaketest.Object{
				"contact_id": chatlaketest.Number(t, o.String("id")), "custom_attributes": chatlaketest.Object{"plan": "silver"},
			})
		},
		"labels": func(t *testing.T, w *acctest.World, o acctest.Object) {
			t.Helper()
			chatlaketest.Act(t, w, "contact_update", chatlaketest.Object{"contact_id": chatlaketest.Number(t, o.String("id")), "labels": []string{"other"}})
		},
	},
	Key: []string{"email"},
	Import: acctest.Import{
		Keys:      []string{"identifier", "email", "phone_number"},
		Malformed: []string{"", "0", "x", "../1", "1/2", "1?x=1", "-1", "email:", "name:Ana"},
		Lost: map[string]string{
			"avatar":    "the platform does not return what a picture shows",
			"thumbnail": "the picture is sent once after an import, and gets another address",
			"inbox_id":  "a contact may have several sessions, and an import takes none of them for the one",
			"source_id": "a contact may have several sessions, and an import takes none of them for the one",
		},
	},
}

func TestAccContact_basic(t *testing.T) {
	w := acctest.New(t)

	const address = "chatlake_contact.test"

	config := w.Config(`resource "chatlake_contact" "test" {
  name       = "Ana"
  identifier = "customer-1"
}`)
	w.Test(t,
		resource.TestStep{
			Config: config,
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has(address, "name", chatlaketest.Text("Ana")),
				chatlaketest.Has(address, "email", knownvalue.Null()),
				chatlaketest.Has(address, "labels", knownvalue.Null()),
				chatlaketest.Has(address, "contact_inboxes", knownvalue.ListSizeExact(0)),
			},
		},
		resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"blocked"}},
		resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateId: "identifier:customer-1", ImportStateVerifyIgnore: []string{"blocked"}},
		resource.TestStep{
			PreConfig: func() {
				n := w.Journal.Count("POST " + chatlaketest.AccountPath + "/contacts")
				if n != 1 || len(w.Journal.Writes()) != 1 {
					t.Errorf("%d creates, %d writes", n, len(w.Journal.Writes()))
				}
			},
			Config: w.Config(`resource "chatlake_contact" "test" {
  name       = "Ana Lima"
  identifier = "customer-1"
}`),
			ConfigPlanChecks:  chatlaketest.ExpectAction(address, plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{chatlaketest.Has(address, "name", chatlaketest.Text("Ana Lima"))},
		},
	)
}

func TestAccContact_nothing(t *testing.T) {
	w := acctest.New(t)

	const address = "chatlake_contact.test"

	config := w.Config(`resource "chatlake_contact" "test" {}`)

	var id string
	w.Test(t,
		resource.TestStep{Config: config, Check: chatlaketest.RememberID(address, &id)},
		resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"blocked"}},
		resource.TestStep{
			PreConfig: func() {
				chatlaketest.Act(t, w, "contact_delete", chatlaketest.Object{"contact_id": chatlaketest.Number(t, id)})
			},
			Config:           config,
			ConfigPlanChecks: chatlaketest.ExpectAction(address, plancheck.ResourceActionCreate),
		},
	)
}

// TestContact_unknown lets values through that are not known yet.
func TestContact_unknown(t *testing.T) {
	unknown := acctest.Values{}
	for _, name := range []string{
		"name", "email", "phone_number", "identifier", "avatar_url", "blocked", "custom_attributes", "additional_attributes", "labels", "inbox_id", "source_id",
	} {
		unknown[name] = acctest.Unknown{}
	}

	diags := acctest.NewProtocol(t).Validate("chatlake_contact", unknown)
	if len(diags) > 0 {
		t.Error(diags)
	}
}

func TestAccContact_attributes(t *testing.T) {
	w := acctest.New(t)

	const address = "chatlake_contact.test"

	var id string

	contact := func() chatlaketest.Object {
		payload, _ := chatlaketest.Ask(t, w, "GET", "/contacts/"+id, nil)["payload"].(chatlaketest.Object)
		return payload
	}
	full := w.Config(`resource "chatlake_contact" "test" {
  name         = "Ana"
  email        = "Ana@Example.com"
  phone_number = "+14155550123"
  identifier   = "customer-1"
  avatar_url   = "https://pictures.example/ana.png"
  blocked      = true
  labels       = ["billing", "vip"]
  custom_attributes = {
    plan   = "gold"
    seats  = 3000000
    rate   = 0.1
    active = true
    tags   = ["a", "b"]
    home   = { city = "Lisboa" }
  }
  additional_attributes = { city = "Lisboa", company_name = "Example" }
}`)
	w.Test(t,
		resource.TestStep{
			Config: full,
			Check:  chatlaketest.RememberID(address, &id),
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has(address, "email", chatlaketest.Text("Ana@Example.com")),
				chatlaketest.Has(address, "labels", knownvalue.SetExact([]knownvalue.Check{chatlaketest.Text("billing"), chatlaketest.Text("vip")})),
			},
		},
		resource.TestStep{Config: full, ConfigPlanChecks: chatlaketest.ExpectNoChanges()}, // Its refresh finds the picture.
		resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateVerify: true,
			ImportStateId: "email:ANA@example.com", ImportStateVerifyIgnore: []string{"avatar_url", "company_id", "email"},
		},
		resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateVerify: true,
			ImportStateId: "phone_number:+14155550123", ImportStateVerifyIgnore: []string{"avatar_url", "company_id", "email"},
		},
		resource.TestStep{ // Keys of others are left alone, ours are enforced.
			PreConfig: func() {
				n := len(w.Journal.Writes())
				if n != 2 {
					t.Errorf("%d writes for a contact with labels", n)
				}

				chatlaketest.Act(t, w, "contact_update", chatlaketest.Object{
					"contact_id":        chatlaketest.Number(t, id),
					"custom_attributes": chatlaketest.Object{"plan": "silver", "seats": 3000000, "rate": 0.1, "active": true, "tags": []string{"a", "b"}, "home": chatlaketest.Object{"city": "Lisboa"}, "agent": "x"},
					"labels":            []string{"billing"},
				})
			},
			Config:           full,
			ConfigPlanChecks: chatlaketest.ExpectAction(address, plancheck.ResourceActionUpdate),
		},
		resource.TestStep{
			PreConfig: func() {
				custom, _ := contact()["custom_attributes"].(chatlaketest.Object)
				if custom["plan"] != "gold" || custom["agent"] != "x" {
					t.Errorf("custom attributes %v", custom)
				}
			},
			Config: w.Config(`resource "chatlake_contact" "test" {
  name                  = "Ana Lima"
  email                 = "lima@example.com"
  phone_number          = "+14155550124"
  identifier            = "Customer-1"
  avatar_url            = "https://pictures.example/lima.png"
  blocked               = false
  labels                = []
  custom_attributes     = { plan = "silver", seats = null }
  additional_attributes = { city = "Porto" }
}`),
			ConfigPlanChecks: chatlaketest.ExpectAction(address, plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has(address, "identifier", chatlaketest.Text("Customer-1")),
				chatlaketest.Has(address, "labels", knownvalue.SetExact(nil)),
			},
		},
		resource.TestStep{
			PreConfig: func() {
				c := contact()
				custom, _ := c["custom_attributes"].(chatlaketest.Object)
				additional, _ := c["additional_attributes"].(chatlaketest.Object)

				if len(custom) != 3 || custom["plan"] != "silver" || custom["seats"] != nil || custom["agent"] != "x" {
					t.Errorf("custom attributes %v", custom)
				}

				if additional["city"] != "Porto" || additional["company_name"] != "Example" {
					t.Errorf("additional attributes %v", additional)
				}
			},
			Config:           w.Config(`resource "chatlake_contact" "test" {}`),
			ConfigPlanChecks: chatlaketest.ExpectAction(address, plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has(address, "name", knownvalue.Null()),
				chatlaketest.Has(address, "email", knownvalue.Null()),
				chatlaketest.Has(address, "blocked", knownvalue.Null()),
				chatlaketest.Has(address, "custom_attributes", knownvalue.Null()),
			},
		},
		resource.TestStep{
			PreConfig: func() {
				c := contact()
				if c["name"] != nil || c["email"] != nil || c["phone_number"] != nil || c["identifier"] != nil || c["blocked"] != false || c["thumbnail"] != "" {
					t.Errorf("not cleared: %v", c)
				}
				// What is not configured is followed silently.
				chatlaketest.Act(t, w, "contact_update", chatlaketest.Object{"contact_id": chatlaketest.Number(t, id), "name": "Somebody", "email": "some@example.com", "blocked": true})
			},
			Config:           w.Config(`resource "chatlake_contact" "test" {}`),
			ConfigPlanChecks: chatlaketest.ExpectNoChanges(),
		},
	)
}

func TestAccContact_taken(t *testing.T) {
	w := acctest.New(t)

	const address = "chatlake_contact.test"

	payload, _ := chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{
		"name": "Before", "email": "ana@example.com", "identifier": "Customer-1", "custom_attributes": chatlaketest.Object{"plan": "free", "agent": "x"},
	})["payload"].(chatlaketest.Object)
	existing, _ := payload["contact"].(chatlaketest.Object)
	id := fmt.Sprintf("%v", existing["id"])
	config := func(adopt bool) string {
		return w.Config(fmt.Sprintf(`resource "chatlake_contact" "test" {
  name              = "Ana"
  email             = "ANA@example.com"
  labels            = ["vip"]
  inbox_id          = 101
  custom_attributes = { plan = "gold" }
  adopt_existing    = %t
}`, adopt))
	}
	w.Test(t,
		resource.TestStep{Config: config(false), ExpectError: regexp.MustCompile(`(?s)already\s+exists.*to = chatlake_contact\.example\s+id = "` + id + `"`)},
		resource.TestStep{
			Config: config(true),
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has(address, "id", chatlaketest.Text(id)),
				chatlaketest.Has(address, "name", chatlaketest.Text("Ana")),
				chatlaketest.Has(address, "labels", knownvalue.SetExact([]knownvalue.Check{chatlaketest.Text("vip")})),
				chatlaketest.Has(address, "contact_inboxes", knownvalue.ListSizeExact(1)),
			},
		},
		resource.TestStep{PreConfig: w.Journal.Clear, Config: config(false), ConfigPlanChecks: chatlaketest.ExpectAction(address, plancheck.ResourceActionUpdate)},
		resource.TestStep{
			PreConfig: func() {
				writes := w.Journal.Writes()
				if len(writes) != 0 {
					t.Errorf("a provider-side setting was written: %v", writes)
				}
			},
			Config: w.Config(``),
		},
		resource.TestStep{Config: config(false)}, // Destroyed and applied again.
	)
}

func TestContact_lost(t *testing.T) {
	for name, config := range map[string]acctest.Values{
		"identifier": {"identifier": "i"},
		"email":      {"email": "E@example.com"},
		"phone":      {"phone_number": "+14155550123"},
		"session":    {"inbox_id": "101"},
		"source":     {"inbox_id": "101", "source_id": "mine"},
		"labels":     {"identifier": "i", "labels": []any{"vip"}, "custom_attributes": acctest.Values{"seats": 3}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/contacts", After: true, Cut: sandbox.CutReset})
			p := w.Protocol(t, nil)
			config["name"] = "Ana"

			created, diags := p.Create(t.Context(), "chatlake_contact", config)
			if len(diags) > 0 {
				t.Fatal(diags)
			}

			n := w.Journal.Count("POST " + chatlaketest.AccountPath + "/contacts")
			if n != 1 || p.Changes(t.Context(), created, config) {
				t.Errorf("%d creates", n)
			}
		})
	}

	t.Run("nothing to find it by", func(t *testing.T) {
		t.Parallel()
		w := acctest.New(t)
		w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/contacts", After: true, Cut: sandbox.CutReset})

		_, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_contact", acctest.Values{"name": "Ana"})
		if !strings.Contains(diags.String(), "may exist") {
			t.Error(diags)
		}
	})

	t.Run("the key is somebody else's", func(t *testing.T) {
		t.Parallel()
		w := acctest.New(t)
		chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"name": "Before", "email": "ana@example.com"})
		w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/contacts", Cut: sandbox.CutReset})

		taken, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_contact", acctest.Values{"name": "Ana", "email": "ana@example.com"})
		if !taken.Gone() || !strings.Contains(diags.String(), "already exists") {
			t.Errorf("created %v\n%s", taken.State, diags)
		}
	})
}

// TestContact_keptKeys imports a contact with custom attributes of others: they stay, and the first apply says so.
func TestContact_keptKeys(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"identifier": "one", "custom_attributes": chatlaketest.Object{"plan": "gold", "agent": "x"}})
	p := w.Protocol(t, nil)

	imported, diags := p.Import(t.Context(), "chatlake_contact", "identifier:one")
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	_, diags = p.Apply(t.Context(), imported, acctest.Values{"identifier": "one", "custom_attributes": acctest.Values{"plan": "silver"}})

	said := diags.String()
	if len(diags.Errors()) > 0 || !strings.Contains(said, "Keys of custom_attributes stay as they are") || !strings.Contains(said, "agent") {
		t.Errorf("after an import: %s", said)
	}
}

// TestContact_pages asks for many contacts in pages, and singly only for those that no list shows.
func TestContact_pages(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	var contacts []acctest.Object

	for i := range 300 {
		created, diags := p.Create(t.Context(), "chatlake_contact", acctest.Values{"identifier": fmt.Sprint("customer-", i)})
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		contacts = append(contacts, created)
	}

	nameless, diags := p.Create(t.Context(), "chatlake_contact", acctest.Values{"name": "Ana"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	n := w.Journal.Count("")
	if n != 301 {
		t.Errorf("%d requests for 301 contacts", n)
	}

	w.Journal.Clear()

	for _, contact := range append(contacts, nameless) {
		read, diags := p.Read(t.Context(), contact)
		if len(diags) > 0 || !read.State.Equal(contact.State) {
			t.Fatalf("read %v instead of %v: %s", read.State, contact.State, diags)
		}
	}

	n = w.Journal.Count("")
	if n > 45 { // 0.15 for each.
		t.Errorf("%d requests to read 301 contacts", n)
	}

	chatlaketest.Act(t, w, "contact_delete", chatlaketest.Object{"contact_id": chatlaketest.Number(t, contacts[7].String("id"))})

	read, diags := p.Read(t.Context(), nameless)
	if len(diags) > 0 || read.Gone() {
		t.Errorf("who is not listed was taken for gone: %s", diags)
	}
}

// TestContact_online waits for a contact who is online, and says so if that takes too long.
func TestContact_online(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.ContactPresenceSeconds = 2 })
	p := w.Protocol(t, nil)
	impatient := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"name": "Ana", "timeouts": acctest.Values{"delete": "100ms"}})

	patient := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"name": "Ben"})
	for _, contact := range []acctest.Object{impatient, patient} {
		chatlaketest.Act(t, w, "contact_online", chatlaketest.Object{"contact_id": chatlaketest.Number(t, contact.String("id"))})
	}

	_, diags := p.Apply(t.Context(), impatient, nil)
	if !strings.Contains(diags.String(), "because the contact is online") {
		t.Error(diags)
	}

	gone, diags := p.Apply(t.Context(), patient, nil)
	if len(diags) > 0 || !gone.Gone() {
		t.Error(diags)
	}
}

// TestAccContact_labelsLater leaves a contact without its labels, and finishes it in place.
func TestAccContact_labelsLater(t *testing.T) {
	w := acctest.New(t)
	config := w.Config("resource \"chatlake_contact\" \"test\" {\n identifier = \"one\"\n labels = [\"vip\"]\n}")
	w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/contacts/*/labels", Status: 401, Body: `{"error":"no"}`})
	w.Test(t,
		resource.TestStep{Config: config, ExpectError: regexp.MustCompile(`Unable\s+to\s+set\s+the\s+labels`)},
		resource.TestStep{Config: config},
	)
}

func TestContact_picture(t *testing.T) {
	chatlaketest.RunPicture(t, chatlaketest.Pictured{
		Type: "chatlake_contact", Argument: "avatar", Config: values{"name": "Pictured", "email": "pictured@example.com"},
		ByHand: chatlaketest.PictureBy("/contacts/%s", "avatar"),
	})
}
