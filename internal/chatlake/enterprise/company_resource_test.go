package enterprise_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var companyCase = chatlaketest.Case{
	Type:    "chatlake_company",
	Minimal: values{"name": "Minimal"},
	Stages: []values{
		{"name": "One", "domain": "one.example.com", "description": "One", "custom_attributes": values{"plan": "gold", "seats": 3, "tags": []any{"a"}}, "avatar": chatlaketest.PicturePNG},
		{"name": "Two", "domain": "Two.example.com", "description": "Two", "custom_attributes": values{"plan": "silver", "home": values{"city": "Porto"}}, "avatar": chatlaketest.PictureGIF},
	},
	Odd: []values{
		{"domain": "", "description": "", "custom_attributes": values{}},
		{"custom_attributes": values{"plan": nil}},
	},
	Refused: []acctest.Refused{
		{Config: values{"name": ""}, Want: `must not be blank`},
		{Config: values{"name": " "}, Want: `must not be blank`},
		{Config: values{"name": strings.Repeat("x", 101)}, Want: `at most 100`},
		{Config: values{"domain": "example"}, Want: `must be a host name with a dot`},
		{Config: values{"domain": "https://example.com"}, Want: `must be a host name with a dot`},
		{Config: values{"domain": "example.com/x"}, Want: `must be a host name with a dot`},
		{Config: values{"domain": "-a.example"}, Want: `must be a host name with a dot`},
		{Config: values{"domain": "a-.example"}, Want: `must be a host name with a dot`},
		{Config: values{"domain": "a..example"}, Want: `must be a host name with a dot`},
		{Config: values{"domain": "example.com."}, Want: `must be a host name with a dot`},
		{Config: values{"domain": "\u00fc.example"}, Want: `must be a host name with a dot`},
		{Config: values{"domain": strings.Repeat("x", 250) + ".example"}, Want: `at most 255`},
		{Config: values{"description": strings.Repeat("x", 1001)}, Want: `at most 1000`},
		{Config: values{"avatar": "company_resource_test.go"}, Want: `is no picture that the platform takes: its content is text/plain`},
		{Config: values{"custom_attributes": "x"}, Want: `Not an object`},
		{Config: values{"custom_attributes": values{"a": strings.Repeat("x", 1501)}}, Want: `at most 1500`},
		{Config: values{"custom_attributes": values{"a": 10000000000}}, Want: `Number too large`},
	},
	Accepted: []values{{"domain": "1.example.2"}, {"domain": "UPPER.example"}, {"domain": acctest.Unknown{}}},
	Drift: []chatlaketest.Drift{
		{
			Method: "PATCH", Path: "/companies/%s", Body: `{"company":{"description":"By hand","custom_attributes":{"plan":"by hand","other":1}}}`,
			Configured: values{"custom_attributes": values{"plan": "gold"}},
		},
		{
			Method: "PATCH", Path: "/companies/%s", Body: `{"company":{"domain":null}}`,
			Configured: values{"domain": "one.example.com"},
		},
		{
			Method: "PATCH", Path: "/companies/%s", Body: `{"company":{"avatar":null}}`,
			Configured: values{"avatar": chatlaketest.PicturePNG},
		},
	},
	Key:                  []string{"domain"},
	Import:               acctest.Import{Keys: []string{"domain"}, Lost: map[string]string{"avatar": "the platform does not return what a picture shows"}},
	HasNoKey:             true,
	MayBeWrittenByAgents: true,
	Taken: &chatlaketest.Taken{
		Config: values{"name": "Acme", "domain": "acme.example"},
		More:   values{"custom_attributes": values{"plan": "gold"}},
		Want:   map[string]string{"name": "Acme", "domain": "acme.example"},
	},
	PrepareTaken: func(t *testing.T, w *acctest.World) {
		chatlaketest.Request(t, w, "POST", "/contacts", `{"name":"Ana","email":"ana@acme.example"}`)

		for range 2 {
			chatlaketest.Request(t, w, "POST", "/companies", `{"company":{"name":"Twice","custom_attributes":{"a":1}}}`)
		}
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_company", Config: values{"domain": "acme.example"}, Want: map[string]string{"name": "Acme"}},
		{Type: "chatlake_company", Config: values{"name": "Acme"}, Want: map[string]string{"domain": "acme.example"}},
		{Type: "chatlake_company", Config: values{"domain": "ACME.example"}, Message: "does not exist"},
		{Type: "chatlake_company", Config: values{"name": "Twice"}, Message: "Several objects have this name"},
		{Type: "chatlake_company", Config: values{"id": "1"}, Message: `The company with id "1" does not exist`},
		{Type: "chatlake_companies", Config: values{}},
	},
}

// TestCompany_lostAnswer covers a create whose answer was lost: a company with a domain is found by it.
func TestCompany_lostAnswer(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := values{"name": "Acme", "domain": "acme.example", "custom_attributes": values{"plan": "gold"}}

	w.Faults.Add(sandbox.Fault{Name: "lost", Platform: "chatlake", Method: http.MethodPost, After: true, Cut: sandbox.CutReset})

	created, diags := p.Create(t.Context(), "chatlake_company", config)
	if len(diags) > 0 || created.Gone() || p.Changes(t.Context(), created, config) || len(w.Chatlake.Objects("companies")) != 1 {
		t.Errorf("created %v\n%s", created.State, diags)
	}
}

// TestCompany_keys covers custom attributes: a key that the configuration never had stays, also after an import.
func TestCompany_keys(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	config := func(custom values) values { return values{"name": "Acme", "custom_attributes": custom} }
	company := chatlaketest.Create(t, p, "chatlake_company", config(values{"plan": "gold", "seats": 3}))

	chatlaketest.Request(t, w, "PATCH", "/companies/"+company.String("id"), `{"company":{"custom_attributes":{"agent":"x"}}}`)

	imported, diags := p.Import(t.Context(), "chatlake_company", company.String("id"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	if p.Changes(t.Context(), imported, config(values{"plan": "gold"})) {
		t.Error("keys that the configuration never had are a change after an import")
	}

	_, diags = p.Apply(t.Context(), company, config(values{"plan": "gold"}))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	got, _ := w.Chatlake.Objects("companies")[0]["custom_attributes"].(map[string]any)
	if len(got) != 2 || got["plan"] != "gold" || got["agent"] != "x" {
		t.Errorf("the platform has %v", got)
	}
}

func TestCompany_picture(t *testing.T) {
	chatlaketest.RunPicture(t, chatlaketest.Pictured{
		Type: "chatlake_company", Argument: "avatar", Config: values{"name": "Pictured"},
		ByHand: chatlaketest.PictureBy("/companies/%s", "avatar", "company"),
	})
}

// TestCompany_pages reads more companies than a page has, where the server promises no order.
func TestCompany_pages(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.ShuffleUnsorted = true })

	for range 60 {
		chatlaketest.Request(t, w, "POST", "/companies", `{"company":{"name":"Acme"}}`)
	}

	p := w.Protocol(t, nil)
	chatlaketest.ExpectList(t, p, "companies", values{}, 60, "name", "Acme")

	listed := p.List("chatlake_company", 0, values{})
	if len(listed) != 60 {
		t.Errorf("%d are listed", len(listed))
	}
}

// TestCompany_off covers an account without the feature: nothing passes for gone, and the error says what to do.
func TestCompany_off(t *testing.T) {
	t.Parallel()

	chatlaketest.Off("companies").Test(t, "chatlake_company")
}
