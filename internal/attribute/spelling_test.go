package attribute_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
)

func TestSpelling(t *testing.T) {
	text, none, unknown := types.StringValue, types.StringNull(), types.StringUnknown()
	at, same := text("2026-01-31T10:30:00+01:00"), text("2026-01-31T09:30:00Z")

	for _, c := range []struct {
		name                string
		modifier            attribute.Spelling
		isNew               bool
		config, state, plan types.String
		want                types.String
		replaces            bool
	}{
		{"another spelling", attribute.KeepSpelling(), false, at, same, at, same, false},
		{"another value", attribute.KeepSpelling(), false, text("b"), text("a"), text("b"), text("b"), false},
		{"empty for null", attribute.KeepSpelling(), false, text(""), none, text(""), text(""), false},
		{"cleared", attribute.KeepSpelling(), false, none, text("a"), none, none, false},
		{"not configured", attribute.Follow(), false, none, text("a"), unknown, text("a"), false},
		{"not configured, and nothing there", attribute.Follow(), false, none, none, unknown, none, false},
		{"not configured, new", attribute.Follow(), true, none, none, unknown, unknown, false},
		{"not known yet", attribute.Follow(), false, unknown, text("a"), unknown, unknown, false},
		{"empty follows", attribute.Follow(), false, text(""), text("a"), text(""), text("a"), false},
		{"replaced", attribute.ReplaceOnChange(), false, text("b"), text("a"), text("b"), text("b"), true},
		{"not replaced for a spelling", attribute.ReplaceOnChange(), false, at, same, at, same, false},
		{"not replaced for empty", attribute.ReplaceOnChange(), false, text(""), none, text(""), text(""), false},
		{"replaced for what is not known yet", attribute.ReplaceOnChange(), false, unknown, text("a"), unknown, unknown, true},
		{"a new object is not replaced", attribute.ReplaceOnChange(), true, text("a"), none, text("a"), text("a"), false},
	} {
		state := tftypes.NewValue(tftypes.Object{}, map[string]tftypes.Value{})
		if c.isNew {
			state = tftypes.NewValue(tftypes.Object{}, nil)
		}

		resp := planmodifier.StringResponse{PlanValue: c.plan}
		c.modifier.PlanModifyString(t.Context(), planmodifier.StringRequest{
			ConfigValue: c.config, StateValue: c.state, PlanValue: c.plan, State: tfsdk.State{Raw: state},
		}, &resp)

		if !resp.PlanValue.Equal(c.want) || resp.RequiresReplace != c.replaces {
			t.Errorf("%s: planned %s, replaced %t", c.name, resp.PlanValue, resp.RequiresReplace)
		}
	}
}

func TestOrEmpty(t *testing.T) {
	for value, valid := range map[string]bool{"": true, "ana@example.com": true, "ana": false} {
		var resp validator.StringResponse

		for _, v := range attribute.OrEmpty(attribute.Email()) {
			v.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("email"), ConfigValue: types.StringValue(value)}, &resp)
		}

		if resp.Diagnostics.HasError() == valid {
			t.Errorf("%q: %v", value, resp.Diagnostics)
		}
	}
}
