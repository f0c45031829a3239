package kommunicate_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

// server is a provider that can list and act.
type server interface {
	tfprotov6.ProviderServerWithListResource
	tfprotov6.ProviderServerWithActions
}

// discovery speaks the part of the protocol that lists and acts.
type discovery struct {
	*testing.T

	server server
	schema *tfprotov6.GetProviderSchemaResponse
}

func newDiscovery(t *testing.T, w *acctest.World) *discovery {
	t.Helper()

	s, ok := providerserver.NewProtocol6(provider.New("test")())().(server)
	if !ok {
		t.Fatal("the provider cannot list")
	}

	schema, err := s.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}

	for _, pair := range w.Environment(w.URL) {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
	}

	d := &discovery{t, s, schema}

	config := object(schema.Provider.ValueType(), nil)
	configured, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: d.pack(config)})
	if err != nil || len(configured.Diagnostics) > 0 {
		t.Fatal(err, acctest.Diagnostics(configured.Diagnostics))
	}

	return d
}

func (d *discovery) pack(value tftypes.Value) *tfprotov6.DynamicValue {
	d.Helper()

	packed, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		d.Fatal(err)
	}

	return &packed
}

// object is a configuration with null in the attributes that are not given.
func object(kind tftypes.Type, values map[string]tftypes.Value) tftypes.Value {
	attributes := map[string]tftypes.Value{}

	if object, ok := kind.(tftypes.Object); ok {
		for name, one := range object.AttributeTypes {
			attributes[name] = tftypes.NewValue(one, nil)
			if value, isSet := values[name]; isSet {
				attributes[name] = value
			}
		}
	}

	return tftypes.NewValue(kind, attributes)
}

func text6(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

// list lists resources of a type.
func (d *discovery) list(kind string, limit int64, config map[string]tftypes.Value) []tfprotov6.ListResourceResult {
	d.Helper()

	stream, err := d.server.ListResource(d.Context(), &tfprotov6.ListResourceRequest{
		TypeName: kind, Limit: limit, IncludeResource: true, Config: d.pack(object(d.schema.ListResourceSchemas[kind].ValueType(), config)),
	})
	if err != nil {
		d.Fatal(err)
	}

	var results []tfprotov6.ListResourceResult

	for result := range stream.Results {
		if len(result.Diagnostics) > 0 {
			d.Fatal(acctest.Diagnostics(result.Diagnostics))
		}

		results = append(results, result)
	}

	return results
}

// invoke runs an action, and returns its progress and what it reports.
func (d *discovery) invoke(kind string, config map[string]tftypes.Value) (string, acctest.Diagnostics) {
	d.Helper()

	packed := d.pack(object(d.schema.ActionSchemas[kind].Schema.ValueType(), config))

	checked, err := d.server.ValidateActionConfig(d.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: kind, Config: packed})
	if err != nil {
		d.Fatal(err)
	}

	if len(checked.Diagnostics) > 0 {
		return "", checked.Diagnostics
	}

	stream, err := d.server.InvokeAction(d.Context(), &tfprotov6.InvokeActionRequest{ActionType: kind, Config: packed})
	if err != nil {
		d.Fatal(err)
	}

	var (
		progress strings.Builder
		diags    acctest.Diagnostics
	)

	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress.WriteString(event.Message + "\n")
		case tfprotov6.CompletedInvokeActionEventType:
			diags = event.Diagnostics
		}
	}

	return progress.String(), diags
}

// TestListResources lists what there is, as an import reads it.
func TestListResources(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", values{
		"group_name": "Order 1", "group_member_list": []any{"ana"}, "status": "spam", "metadata": values{"k": "v"}, "welcome_message": "hi",
	})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	message, diags := p.Create(t.Context(), "kommunicate_message", values{"group_id": conversation.String("id"), "from_user_name": "ana", "message": "Hello", "metadata": values{"k": "v"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for range 70 {
		act(t, w, "open_widget", map[string]any{"userId": "ana", "name": "widget"})
	}

	d := newDiscovery(t, w)

	for kind, c := range map[string]struct {
		config map[string]tftypes.Value
		made   acctest.Object
		name   string
	}{
		"kommunicate_conversation": {map[string]tftypes.Value{"status": text6("spam")}, conversation, "Order 1"},
		"kommunicate_message":      {map[string]tftypes.Value{"group_id": text6(conversation.String("id"))}, message, "ana: Hello"},
	} {
		results := d.list(kind, 10, c.config)
		if len(results) != 1 || results[0].DisplayName != c.name {
			t.Fatalf("%s: %+v", kind, results)
		}

		imported, diags := p.Import(t.Context(), kind, c.made.String("id"))
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		listed, err := results[0].Resource.Unmarshal(imported.State.Type())
		if err != nil || !listed.Equal(imported.State) {
			t.Errorf("%s is listed differently from its import: %v\n%s\n%s", kind, err, listed, imported.State)
		}
	}

	n := len(d.list("kommunicate_conversation", 65, nil))
	if n != 65 {
		t.Errorf("%d conversations, want as many as were asked for", n)
	}
}

// TestActions sends and changes, and reports progress and errors.
func TestActions(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", values{"group_name": "c", "group_member_list": []any{"ana"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	id := conversation.String("id")
	d := newDiscovery(t, w)

	for kind, config := range map[string]map[string]tftypes.Value{
		"kommunicate_send_message":    {"group_id": text6(id), "from_user_name": text6("ana"), "message": text6("Hello")},
		"kommunicate_change_status":   {"group_id": text6(id), "status": text6("spam")},
		"kommunicate_change_assignee": {"group_id": text6(id), "assignee": text6(kommunicate.AgentTwoID)},
	} {
		progress, diags := d.invoke(kind, config)
		if len(diags) > 0 || progress == "" {
			t.Errorf("%s: %q %s", kind, progress, diags)
		}
	}

	g, _ := w.Kommunicate.Group(id)

	messages := w.Kommunicate.Messages(id)
	if g.Assignee != kommunicate.AgentTwoID || len(messages) != 1 || messages[0].Text != "Hello" {
		t.Errorf("%+v %+v", g, messages)
	}

	for want, config := range map[string]map[string]tftypes.Value{
		"Exactly one of these attributes": {"from_user_name": text6("ana"), "message": text6("x")},
		"A message needs message":         {"group_id": text6(id), "from_user_name": text6("ana")},
		"AL-U-01":                         {"group_id": text6(id), "from_user_name": text6("nobody"), "message": text6("x")},
	} {
		_, diags := d.invoke("kommunicate_send_message", config)
		if !strings.Contains(diags.String(), want) {
			t.Errorf("want %q, not %s", want, diags)
		}
	}
}
