package ownership_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
)

func TestClaims(t *testing.T) {
	var claims ownership.Claims

	if !claims.Claim("x_user", "a") || claims.Claim("x_user", "a") || !claims.Claim("x_user", "b") || !claims.Claim("y_user", "a") {
		t.Error("an object is claimed once")
	}

	if claims.IsAdopted("x_user", "a") {
		t.Error("what was created is not adopted")
	}

	claims.Adopted("x_user", "a")

	if !claims.IsAdopted("x_user", "a") {
		t.Error("what was adopted is adopted")
	}

	claims.Release("x_user", "a")

	if claims.IsAdopted("x_user", "a") || !claims.Claim("x_user", "a") {
		t.Error("what was released can be claimed")
	}

	var none *ownership.Claims
	if !none.Claim("x_user", "a") || none.IsAdopted("x_user", "a") {
		t.Error("nil claims nothing")
	}
}

func TestReports(t *testing.T) {
	var diags diag.Diagnostics

	ownership.ReportKept(&diags, "chatlake_canned_response", "7")

	if diags.WarningsCount() != 1 || diags[0].Summary() != "The canned response is kept" || !strings.Contains(diags[0].Detail(), "canned response 7") {
		t.Errorf("%v", diags)
	}
}

// private is a private state.
type private map[string][]byte

func (p private) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) {
	return p[key], nil
}

func (p private) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	p[key] = value
	return nil
}

func config(t *testing.T) tfsdk.Config {
	t.Helper()

	s := schema.Schema{Attributes: map[string]schema.Attribute{
		"email":    schema.StringAttribute{Optional: true},
		"phone":    schema.StringAttribute{Optional: true},
		"metadata": schema.MapAttribute{Optional: true, ElementType: types.StringType},
		"members":  schema.SetAttribute{Optional: true, ElementType: types.StringType},
	}}
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

	return tfsdk.Config{Schema: s, Raw: tftypes.NewValue(s.Type().TerraformType(t.Context()), map[string]tftypes.Value{
		"email":    text("a@b.c"),
		"phone":    tftypes.NewValue(tftypes.String, nil),
		"metadata": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{"plan": text("gold")}),
		"members":  tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, []tftypes.Value{text("ana")}),
	})}
}

func TestManaged(t *testing.T) {
	state := private{}

	// Nothing is recorded: everything in the state was configured.
	managed, _ := ownership.Load(t.Context(), state)
	if !managed.Has("email") || !managed.HasKey("metadata", "plan") {
		t.Error("without a record, everything is managed")
	}

	ownership.MarkImported(t.Context(), state)

	managed, _ = ownership.Load(t.Context(), state)
	if managed.Has("email") || managed.HasKey("metadata", "plan") {
		t.Error("an import manages nothing")
	}

	for _, want := range []bool{true, false} {
		imported, _ := ownership.TakeImported(t.Context(), state, state)
		if imported != want {
			t.Errorf("imported: %t, want %t", imported, want)
		}
	}

	ownership.Store(t.Context(), state, config(t), "metadata", "members")

	managed, _ = ownership.Load(t.Context(), state)
	if !managed.Has("email") || managed.Has("phone") || !managed.HasKey("metadata", "plan") || managed.HasKey("metadata", "since") || !managed.HasKey("members", "ana") {
		t.Errorf("%+v", managed)
	}

	ours, others := managed.Split("members", []string{"ana", "bob"})
	if !slices.Equal(ours, []string{"ana"}) || !slices.Equal(others, []string{"bob"}) {
		t.Errorf("%v %v", ours, others)
	}
}
