package imichat_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

type (
	values = acctest.Values
	object = acctest.Object
)

// newChat returns the minimal configuration of a chat, and more.
func newChat(more values) values {
	config := values{
		"channel":  "api",
		"asset":    values{"id": imichat.AssetAPI},
		"customer": values{"destination_id": "customer-1"},
	}
	maps.Copy(config, more)

	return config
}

// desk is a sandbox with a provider that talks to it without Terraform.
type desk struct {
	*acctest.World
	*acctest.Protocol

	t *testing.T
}

func open(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	w := acctest.New(t)

	return &desk{World: w, Protocol: w.Protocol(t, values{"max_retries": 0}), t: t}
}

// again returns a provider as the next run of Terraform starts it.
func (d *desk) again() *desk {
	return &desk{World: d.World, Protocol: d.provider(nil), t: d.t}
}

// provider returns a provider with other settings of its platform block.
func (d *desk) provider(settings values) *acctest.Protocol {
	d.t.Helper()

	all := values{"max_retries": 0}
	if settings != nil {
		all["imichat"] = settings
	}

	return d.World.Protocol(d.t, all)
}

// create makes an object without any diagnostic.
func (d *desk) create(kind string, config values) object {
	d.t.Helper()

	o, diags := d.Create(d.t.Context(), kind, config)
	if len(diags) > 0 {
		d.t.Fatalf("create: %s", diags)
	}

	return o
}

// apply changes an object without any diagnostic.
func (d *desk) apply(o object, config values) object {
	d.t.Helper()

	o, diags := d.Apply(d.t.Context(), o, config)
	if len(diags) > 0 {
		d.t.Fatalf("apply: %s", diags)
	}

	return o
}

// read refreshes an object without any diagnostic.
func (d *desk) read(o object) object {
	d.t.Helper()

	o, diags := d.Read(d.t.Context(), o)
	if len(diags) > 0 {
		d.t.Fatalf("read: %s", diags)
	}

	return o
}

// quiet wants an empty plan.
func (d *desk) quiet(o object, config values) {
	d.t.Helper()

	if d.Changes(d.t.Context(), o, config) {
		plan, _ := d.Plan(d.t.Context(), o, config)

		value, err := plan.PlannedState.Unmarshal(o.State.Type())
		if err != nil {
			d.t.Fatal(err)
		}

		diff, err := o.State.Diff(value)
		if err != nil {
			d.t.Fatal(err)
		}

		d.t.Errorf("the plan is not empty: %v", diff)
	}
}

// replaces reports whether a plan makes a new object.
func (d *desk) replaces(o object, config values) bool {
	d.t.Helper()

	plan, diags := d.Plan(d.t.Context(), o, config)
	if len(diags.Errors()) > 0 {
		d.t.Fatal(diags)
	}

	return len(plan.RequiresReplace) > 0
}

// act does what an agent, a customer or a timer does.
func (d *desk) act(hook string, body values) {
	d.t.Helper()
	act(d.t, d.World, hook, body)
}

func act(t *testing.T, w *acctest.World, hook string, body values) {
	t.Helper()

	if _, err := sandbox.Act(w.IMIchat, hook, body); err != nil {
		t.Fatal(err)
	}
}

// chat returns what the platform holds of an object.
func (d *desk) chat(o object) imichat.Chat {
	d.t.Helper()

	chat, ok := d.IMIchat.Chat(o.String("id"))
	if !ok {
		d.t.Fatalf("the platform has no chat %q", o.String("id"))
	}

	return chat
}

// requests counts what was sent since the last count, and forgets it.
func (d *desk) requests() int {
	n := d.Journal.Count("")
	d.Journal.Clear()

	return n
}

// texts returns a set, list or map of strings of the state, elements or key=value.
func texts(o object, attribute string) []string {
	var attributes map[string]tftypes.Value
	if o.State.As(&attributes) != nil {
		return nil
	}

	var (
		list []tftypes.Value
		out  []string
	)

	if attributes[attribute].As(&list) == nil {
		for _, element := range list {
			var text string

			_ = element.As(&text)
			out = append(out, text)
		}

		return out
	}

	var pairs map[string]tftypes.Value

	_ = attributes[attribute].As(&pairs)
	for key, element := range pairs {
		var text string

		_ = element.As(&text)
		out = append(out, key+"="+text)
	}

	return out
}

// wants fails unless an error holds every part.
func wants(t *testing.T, diags acctest.Diagnostics, parts ...string) {
	t.Helper()

	text := diags.Errors().String()
	if text == "" {
		t.Errorf("no error, but one with %q was wanted", parts)
		return
	}

	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in:\n%s", part, text)
		}
	}
}

// warns fails unless a diagnostic that is no error holds the part.
func warns(t *testing.T, diags acctest.Diagnostics, part string) {
	t.Helper()

	if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), part) {
		t.Errorf("no warning with %q in:\n%s", part, diags)
	}
}

func unknown() acctest.Unknown { return acctest.Unknown{} }
