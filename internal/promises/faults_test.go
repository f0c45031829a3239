package promises_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// requestFaults are the ways in which one request can fail.
var requestFaults = []sandbox.Fault{
	{Name: "busy", Status: 503},
	{Name: "failed after it was done", Status: 500, After: true, Body: `{"error":"Internal Server Error"}`},
	{Name: "page", Status: 200, Body: "<!doctype html><p>Sign in</p>", Header: map[string]string{"Content-Type": "text/html"}},
	{Name: "no such page", Status: 404, Body: "<html>Not Found</html>", Header: map[string]string{"Content-Type": "text/html"}},
	{Name: "reset before", Cut: sandbox.CutReset},
	{Name: "answer lost", Cut: sandbox.CutReset, After: true},
	{Name: "answer cut off", Status: 200, After: true, Body: `{"payload":{"id":`},
	{Name: "answer empty", Status: 200, After: true},
	{Name: "answer null", Status: 200, After: true, Body: `null`},
	{Name: "answer without content", Status: 200, After: true, Body: `{}`},
}

// enough are those that tell acts apart which do not make anything.
var enough = []string{"busy", "failed after it was done", "answer lost", "answer empty"}

// Every request of every create, update and destroy meets every fault once. A user who applies again does what the error
// says, and untaints or replaces what is tainted, ends with one object that is as declared.
func TestEveryRequestOfEveryTypeMeetsEveryMishap(t *testing.T) {
	t.Parallel()

	for _, sub := range subjects() {
		t.Run(sub.kind, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, acctest.Values{"max_retries": 0})

			s.world.Complaints = true // Creating again what is there is what this is about.
			for _, act := range sub.acts() {
				for number := range sub.requests(s.clear(t), act.name) {
					for _, fault := range requestFaults {
						if act.String() != "create" && !slices.Contains(enough, fault.Name) {
							continue
						}

						fault.Skip, fault.Platform = number, platformOf(sub.kind)
						t.Run(fmt.Sprintf("%s/request %d/%s", act, number+1, fault.Name), func(t *testing.T) {
							sub.endures(s.clear(t), act, fault)
						})
					}
				}
			}
		})
	}
}

// act is something that Terraform does, and how its user goes on when that leaves the object tainted.
type act struct {
	name     string
	replaces bool
}

func (a act) String() string {
	if a.replaces {
		return a.name + ", replace"
	}

	return a.name
}

func (sub subject) acts() []act {
	all := []act{{name: "create"}, {name: "create", replaces: true}, {name: "destroy"}}
	if sub.change != nil {
		all = append(all, act{name: "update"})
	}

	return all
}

func platformOf(kind string) string {
	platform, _, _ := strings.Cut(kind, "_")
	return platform
}

// requests returns how many the act takes if nothing goes wrong.
func (sub subject) requests(s *stage, act string) int {
	s.Helper()
	p := sub.open(s, act)
	s.world.Journal.Clear()

	diags := p.act()
	if len(diags.Errors()) > 0 {
		s.Fatalf("%s without any fault: %s", act, diags)
	}

	return s.world.Journal.Count("")
}

// play is a subject before an act.
type play struct {
	*stage
	subject
	object acctest.Object
	config acctest.Values  // What it should become; nil to be destroyed.
	until  context.Context // Ends the act before it is over, if it is not nil.
}

// Context returns the context of the act.
func (p *play) Context() context.Context {
	if p.until != nil {
		return p.until
	}

	return p.T.Context()
}

func (sub subject) open(s *stage, act string) *play {
	s.Helper()

	p := &play{stage: s, subject: sub, object: acctest.Object{Type: sub.kind}, config: sub.config(s)}
	if act != "create" {
		diags := p.act()
		if len(diags.Errors()) > 0 {
			s.Fatalf("create: %s", diags)
		}
	}

	switch act {
	case "update":
		p.config = with(p.config, sub.change)
	case "destroy":
		p.config = nil
	}

	return p
}

// act returns one terraform apply: refresh, plan, change.
func (p *play) act() acctest.Diagnostics {
	p.Helper()

	if !p.object.Gone() {
		read, diags := p.Read(p.Context(), p.object)
		if len(diags.Errors()) > 0 {
			return diags
		}

		p.object = read
	}

	if p.object.Gone() && p.config == nil {
		return nil
	}

	if p.config != nil && p.object.Gone() {
		o, diags := p.Create(p.Context(), p.kind, p.config)
		p.object = o

		return diags
	}

	o, diags := p.Apply(p.Context(), p.object, p.config)
	p.object = o

	return diags
}

func (sub subject) endures(s *stage, act act, fault sandbox.Fault) {
	s.Helper()
	p := sub.open(s, act.name)
	s.world.Journal.Clear()
	s.world.Faults.Add(fault)

	config, told := p.config, acctest.Diagnostics(nil)
	for range 5 {
		isNew := p.object.Gone()

		diags := p.act()
		if len(diags.Errors()) == 0 {
			break
		}

		told = append(told, diags.Errors()...)
		p.helpful(diags)

		switch {
		case strings.Contains(diags.String(), "adopt_existing = true"):
			p.config = with(p.config, acctest.Values{"adopt_existing": true})
		case isNew && !p.object.Gone() && act.replaces:
			p.config = nil

			diags := p.act()
			if len(diags.Errors()) > 0 {
				s.Fatalf("replacing, destroy: %s", diags)
			}

			p.config = config
		case isNew && p.object.Gone() && !sub.keyed(p.Protocol) && mayExist.MatchString(diags.String()):
			sub.honest(p, told)
			return
		}
	}

	sub.sound(p, act.name, told)
}

// mayExist is what the error for a lost answer says of an object that has no key.
var mayExist = regexp.MustCompile(`may (exist|have been)`)

// helpful returns what every error must be.
func (p *play) helpful(diags acctest.Diagnostics) {
	p.Helper()

	for _, d := range diags.Errors() {
		if d.Summary == "" || len(d.Detail) < 20 || strings.Contains(d.Detail, "panic") {
			p.Errorf("an error that does not help: %s", diags)
		}
	}
}

// honest returns the end for an object without a key: it cannot be known whether it exists, and the error says so.
func (sub subject) honest(p *play, told acctest.Diagnostics) {
	p.Helper()

	n := sub.count(p.world)
	if n > 1 {
		p.Errorf("there are %d after %s", n, told)
	}
}

// sound compares the platform and the state with the configuration.
func (sub subject) sound(p *play, act string, told acctest.Diagnostics) {
	p.Helper()

	n := sub.count(p.world)
	if act != "destroy" && n != 1 {
		p.Errorf("there are %d objects after\n%s", n, told)
	}

	if act == "destroy" {
		if !p.object.Gone() {
			p.Errorf("it is still in the state after\n%s", told)
		}

		return
	}

	if p.object.Gone() {
		p.Fatalf("it is not in the state after\n%s", told)
	}

	read, diags := p.Read(p.Context(), p.object)
	if len(diags.Errors()) > 0 || read.Gone() {
		p.Fatalf("it cannot be read after\n%s\n%s", told, diags)
	}

	if p.Changes(p.Context(), read, p.config) {
		p.Errorf("the plan is not empty: %s\nafter\n%s", differences(read, p.config), told)
	}
}

func differences(o acctest.Object, config acctest.Values) string {
	return fmt.Sprintf("state %v, configuration %v", o.State, config)
}
