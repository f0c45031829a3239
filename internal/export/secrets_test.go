package export

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// TestShown writes secrets that can be read, and names them; it neither writes nor names those that cannot.
func TestShown(t *testing.T) {
	hidden := &tfprotov6.SchemaAttribute{Name: "token", Type: tftypes.String, Optional: true, Sensitive: true}
	schema := &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{
		{Name: "url", Type: tftypes.String, Required: true, Sensitive: true},
		{Name: "none", Type: tftypes.String, Optional: true, Sensitive: true},
		{Name: "key", Type: tftypes.String, Computed: true, Sensitive: true},
		{Name: "password_wo", Type: tftypes.String, Optional: true, Sensitive: true, WriteOnly: true},
		{Name: "name", Type: tftypes.String, Optional: true},
		{Name: "channel", Optional: true, NestedType: &tfprotov6.SchemaObject{Nesting: tfprotov6.SchemaObjectNestingModeSingle, Attributes: []*tfprotov6.SchemaAttribute{hidden}}},
	}}}
	text := func(s any) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	channel := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"token": tftypes.String}}
	values := written("chatlake_webhook", schema, map[string]tftypes.Value{
		"url": text("https://example.com/?key=x"), "none": text(nil), "key": text("x"), "password_wo": text("x"), "name": text("x"),
		"channel": tftypes.NewValue(channel, map[string]tftypes.Value{"token": text("x")}),
	})

	got := shown(schema.Block.Attributes, values, "chatlake_webhook.")
	if !slices.Equal(got, []string{"chatlake_webhook.url", "chatlake_webhook.channel.token"}) {
		t.Errorf("%v may be secrets", got)
	}

	if values["url"].IsNull() || !values["password_wo"].IsNull() {
		t.Errorf("written are %v", values)
	}
}
