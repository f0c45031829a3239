package talk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// contactCompanyCases are those of a contact's company, which few accounts have.
var contactCompanyCases = acctest.Cases{
	Type: "chatlake_contact", Name: "with a company",
	Needs: []acctest.Need{
		{Name: "acme", Type: "chatlake_company", Config: values{"name": "Acme"}},
		{Name: "other", Type: "chatlake_company", Config: values{"name": "Other"}},
	},
	Minimal: values{"email": "ana@gmail.com"}, // At a business domain, the platform gives it a company.
	Stages: []values{
		{"company_id": acctest.Ref("acme", "id")},
		{"company_id": acctest.Ref("other", "id")},
	},
	Refused:  []acctest.Refused{{Config: values{"company_id": "acme"}, Want: "whole number"}},
	Accepted: []values{{"company_id": ""}, {"company_id": acctest.Unknown{}}},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"company": chatlaketest.DriftBy("PATCH", "/contacts/%s", `{"company_id":null}`),
	},
	Key: []string{"email"},
}

// contactOf returns what the platform has of the only contact: the id of its company, and the company's name.
func contactOf(t *testing.T, w *acctest.World, id string) (company, name any) {
	t.Helper()

	answer, _ := w.Request(t, "GET", "/contacts/"+id, "").(map[string]any)
	contact, _ := answer["payload"].(map[string]any)
	additional, _ := contact["additional_attributes"].(map[string]any)

	return contact["company_id"], additional["company_name"]
}

// TestContact_nameOfCompany covers a name that the platform writes: it stays out of the state, and one of the configuration is put back.
func TestContact_nameOfCompany(t *testing.T) {
	t.Parallel()

	for name, own := range map[string]any{"the platform's": nil, "its own": values{"company_name": "Acme Portugal", "city": "Lisboa"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			p := w.Protocol(t, nil)

			acme := chatlaketest.Create(t, p, "chatlake_company", values{"name": "Acme"}).String("id")
			other := chatlaketest.Create(t, p, "chatlake_company", values{"name": "Other"}).String("id")
			contact := acctest.Object{Type: "chatlake_contact"}

			for _, step := range []struct{ company, name any }{{acme, "Acme"}, {other, "Other"}, {nil, nil}} {
				var diags acctest.Diagnostics

				config := values{"name": "Ana", "company_id": step.company, "additional_attributes": own}

				contact, diags = p.Apply(t.Context(), contact, config)
				if len(diags) > 0 {
					t.Fatal(diags)
				}

				contact = chatlaketest.ExpectStable(t, p, contact, config)

				want := step.name
				if own != nil {
					want = "Acme Portugal"
				}

				company, name := contactOf(t, w, contact.String("id"))
				if name != want || (company == nil) != (step.company == nil) {
					t.Errorf("%v: the platform has %v, %v", step, company, name)
				}
			}
		})
	}
}

// TestContact_companyOfAddress covers a company that the platform gives by itself: a configuration without company_id leaves it alone,
// also after an import, and one with another company changes it.
func TestContact_companyOfAddress(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := values{"email": "ana@acme.example"}
	contact := chatlaketest.ExpectStable(t, p, chatlaketest.Create(t, p, "chatlake_contact", config), config)

	imported, diags := p.Import(t.Context(), "chatlake_contact", contact.String("id"))
	if len(diags) > 0 || imported.String("company_id") == "" || contact.String("company_id") != "" {
		t.Fatalf("imported %v, created %v\n%s", imported.State, contact.State, diags)
	}

	for _, o := range []acctest.Object{contact, imported} {
		changed, diags := p.Apply(t.Context(), o, values{"email": "ana@acme.example", "name": "Ana"})
		company, name := contactOf(t, w, o.String("id"))

		if len(diags) > 0 || company == nil || name != "Acme" {
			t.Errorf("%v: the platform has %v, %v\n%s", changed.State, company, name, diags)
		}
	}

	// The import found the company's name, which no configuration has: it is left to the platform.
	other := chatlaketest.Create(t, p, "chatlake_company", values{"name": "Other"}).String("id")
	config = values{"email": "ana@acme.example", "company_id": other}

	moved, diags := p.Apply(t.Context(), imported, config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	chatlaketest.ExpectStable(t, p, moved, config)

	_, name := contactOf(t, w, moved.String("id"))
	if name != "Other" {
		t.Errorf("the name is %v", name)
	}
}

// TestContact_companyLacking covers a company that is not there, and servers and accounts that have none: no contact is made that then
// lacks it, and none is changed.
func TestContact_companyLacking(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		change func(p *chatlake.Platform)
		want   string
	}{
		"unknown":   {func(*chatlake.Platform) {}, "There is no company 99"},
		"community": {chatlaketest.Community.Change, chatlaketest.Community.Want},
		"off":       {chatlaketest.Off("companies").Change, chatlaketest.Off("companies").Want},
		"old":       {chatlaketest.OlderThan("4.13.0").Change, "works since Chatwoot 4.15.0, and the server runs 4.13.0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			w.Complaints = true
			test.change(w.Chatlake)
			p := w.Protocol(t, nil)
			contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana"})

			w.Journal.Clear()

			for _, o := range []acctest.Object{{Type: "chatlake_contact"}, contact} {
				_, diags := w.Protocol(t, nil).Apply(t.Context(), o, values{"name": "Ana", "company_id": "99"})
				if !strings.Contains(diags.String(), test.want) {
					t.Errorf("%v\n%s", o.State, diags)
				}
			}

			chatlaketest.ExpectNoWrites(t, w)
		})
	}
}

// TestContact_companyFeatureOff covers an account that loses the feature: the platform keeps the company to itself, which is no change.
func TestContact_companyFeatureOff(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	p := w.Protocol(t, nil)

	acme := chatlaketest.Create(t, p, "chatlake_company", values{"name": "Acme"}).String("id")
	config := values{"name": "Ana", "company_id": acme}
	contact := chatlaketest.Create(t, p, "chatlake_contact", config)

	w.Chatlake.SwitchFeatures(false, "companies")

	read, diags := w.Protocol(t, nil).Read(t.Context(), contact)
	if len(diags) > 0 || read.String("company_id") != acme || p.Changes(t.Context(), read, config) {
		t.Errorf("%v\n%s", read.State, diags)
	}

	w.Chatlake.SwitchFeatures(true, "companies")
	chatlaketest.Request(t, w, "DELETE", "/companies/"+acme, "")

	read, diags = w.Protocol(t, nil).Read(t.Context(), contact)
	if len(diags) > 0 || read.String("company_id") != "" || !p.Changes(t.Context(), read, config) {
		t.Errorf("after the company went: %v\n%s", read.State, diags)
	}
}

// TestContacts_ofCompany lists the contacts of a company, on several pages, as the list of all tells them. Who goes meanwhile is left out.
func TestContacts_ofCompany(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	acme := chatlaketest.Create(t, p, "chatlake_company", values{"name": "Acme"}).String("id")
	chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Zoe", "email": "zoe@gmail.com"})
	chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Nobody", "company_id": acme}) // The list of all does not have them.

	const many = 20

	for i := range many {
		chatlaketest.Create(t, p, "chatlake_contact", values{"name": fmt.Sprintf("Ana %02d", i), "identifier": fmt.Sprint(i), "company_id": acme, "inbox_id": "101"})
	}

	chatlaketest.ExpectList(t, p, "contacts", values{"company_id": acme}, many+1, "company_id", acme)
	chatlaketest.ExpectList(t, p, "contacts", values{"company_id": acme, "max_results": 2}, 2, "company_id", acme)

	all := map[string]acctest.Listed{}
	for _, listed := range p.List("chatlake_contact", 0, values{"include_labels": false}) {
		all[listed.String("id")] = listed
	}

	listed := w.Protocol(t, nil).List("chatlake_contact", 0, values{"company_id": acme, "include_labels": false})
	if len(listed) != many+1 || listed[0].Name != "Ana 00" || listed[many].Name != "Nobody" {
		t.Fatalf("%d are listed: %v", len(listed), listed)
	}

	for _, one := range listed[:many] {
		if one.String("inbox_id") != "101" || !one.State.Equal(all[one.String("id")].State) {
			t.Errorf("listed as %v, want %v", one.State, all[one.String("id")].State)
		}
	}

	w.Faults.Add(sandbox.Fault{Method: "GET", Path: "/api/v1/accounts/1/contacts/" + listed[many].String("id"), Status: 404, Body: `{"error":"Resource could not be found"}`})

	listed = w.Protocol(t, nil).List("chatlake_contact", 0, values{"company_id": acme, "include_labels": false})
	if len(listed) != many {
		t.Errorf("%d are listed without the one that went", len(listed))
	}
}

// TestContacts_ofNoCompany covers what has no list: a company that is not there, servers and accounts without companies, and
// arguments that do not go together.
func TestContacts_ofNoCompany(t *testing.T) {
	t.Parallel()

	for name, c := range map[string]struct {
		switches func(*chatlake.Switches)
		config   values
		want     string
	}{
		"unknown":   {nil, values{"company_id": "999"}, "no company 999"},
		"a word":    {nil, values{"company_id": "acme"}, "whole number"},
		"labels":    {nil, values{"company_id": "1", "labels": []any{"vip"}}, "labels"},
		"query":     {nil, values{"company_id": "1", "query": "ana"}, "query"},
		"sort":      {nil, values{"company_id": "1", "sort": "name"}, "sort"},
		"old":       {func(s *chatlake.Switches) { s.Version = "4.14.0" }, values{"company_id": "1"}, "needs version 4.15.0 of the server"},
		"community": {func(s *chatlake.Switches) { s.Enterprise = false }, values{"company_id": "1"}, "of the community edition"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			w.Complaints = true

			if c.switches != nil {
				w.Chatlake.SetSwitches(c.switches)
			}

			p := w.Protocol(t, nil)

			_, diags := p.Data(t.Context(), "chatlake_contacts", c.config)
			listed := p.List("chatlake_contact", 0, c.config)

			if !strings.Contains(diags.String(), c.want) || len(listed) != 1 || !strings.Contains(listed[0].Diagnostics.String(), c.want) {
				t.Errorf("%s\n%v\nwant %q", diags, listed, c.want)
			}
		})
	}
}
