package tfvalue_test

import (
	"context"
	"encoding/json"
	"math/big"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// Null, unknown, empty and zero are four things.
func TestPointers(t *testing.T) {
	if tfvalue.StringPtr(types.StringNull()) != nil || tfvalue.StringPtr(types.StringUnknown()) != nil {
		t.Error("a string that is not set is sent")
	}

	got := tfvalue.StringPtr(types.StringValue(""))
	if got == nil || *got != "" {
		t.Error("an empty string is not sent")
	}

	if tfvalue.BoolPtr(types.BoolNull()) != nil || tfvalue.BoolPtr(types.BoolUnknown()) != nil {
		t.Error("a bool that is not set is sent")
	}

	flag := tfvalue.BoolPtr(types.BoolValue(false))
	if flag == nil || *flag {
		t.Error("false is not sent")
	}

	if !tfvalue.StringOrNull("").IsNull() || tfvalue.StringOrNull("x").ValueString() != "x" {
		t.Error("StringOrNull")
	}
}

func TestClearedAndChanged(t *testing.T) {
	null, unknown, a, b := types.StringNull(), types.StringUnknown(), types.StringValue("a"), types.StringValue("b")
	for _, c := range []struct {
		prior, plan      types.String
		cleared, changed bool
	}{
		{a, null, true, true},
		{null, null, false, false},
		{null, a, false, true},
		{a, a, false, false},
		{a, b, false, true},
		{a, unknown, false, false},
		{null, unknown, false, false},
	} {
		got := tfvalue.Cleared(c.prior, c.plan)
		if got != c.cleared {
			t.Errorf("Cleared(%s, %s) is %t", c.prior, c.plan, got)
		}

		got = tfvalue.Changed(c.prior, c.plan)
		if got != c.changed {
			t.Errorf("Changed(%s, %s) is %t", c.prior, c.plan, got)
		}
	}
}

func TestTimes(t *testing.T) {
	for got, want := range map[types.String]string{
		tfvalue.Milliseconds(1_600_000_000_123): "2020-09-13T12:26:40.123Z",
		tfvalue.Seconds(1_600_000_000):          "2020-09-13T12:26:40Z",
		tfvalue.Timestamp(time.Date(2020, 9, 13, 14, 26, 40, 0, time.FixedZone("east", 2*3600))): "2020-09-13T12:26:40Z",
	} {
		if got.ValueString() != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}

	if !tfvalue.Milliseconds(0).IsNull() || !tfvalue.Seconds(0).IsNull() || !tfvalue.Timestamp(time.Time{}).IsNull() {
		t.Error("no time is not null")
	}
}

func TestTracked(t *testing.T) {
	found := map[string]string{"ours": "1", "theirs": "2"}
	configured := tfvalue.MapOf(map[string]string{"ours": "0", "lost": "x"})

	got := tfvalue.Tracked(configured, found)
	if !got.Equal(tfvalue.MapOf(map[string]string{"ours": "1"})) {
		t.Errorf("got %s: others' keys are no drift, and a lost one must come back with the next plan", got)
	}

	got = tfvalue.Tracked(types.MapNull(types.StringType), found)
	if !got.IsNull() {
		t.Errorf("nothing is configured, and %s is tracked", got)
	}
}

func object(members map[string]attr.Value) types.Dynamic {
	memberTypes := map[string]attr.Type{}
	for name, member := range members {
		memberTypes[name] = member.Type(context.Background())
	}

	return types.DynamicValue(types.ObjectValueMust(memberTypes, members))
}

func bigFloat(t *testing.T, text string) *big.Float {
	t.Helper()

	f, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}

	return f
}

func decode(t *testing.T, text string) map[string]any {
	t.Helper()

	var v map[string]any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}

	return v
}

// What was written comes back as the type it was written in, when the platform says the same.
func TestObjectKeepsTheType(t *testing.T) {
	list := types.ListValueMust(types.StringType, []attr.Value{types.StringValue("a")})
	prior := object(map[string]attr.Value{"n": types.NumberValue(bigFloat(t, "3")), "l": list, "b": types.BoolValue(false), "z": types.StringNull()})

	sent, diags := tfvalue.JSONObject(prior)
	if diags.HasError() {
		t.Fatal(diags)
	}

	body, err := json.Marshal(sent)
	if err != nil || string(body) != `{"b":false,"l":["a"],"n":3,"z":null}` {
		t.Errorf("sent %s, %v", body, err)
	}

	got := tfvalue.Object(prior, decode(t, `{"n":3.0,"l":["a"],"b":false,"z":null}`))
	if !got.Equal(prior) {
		t.Errorf("got %s, want what was written", got)
	}

	for _, other := range []string{`{"n":4,"l":["a"],"b":false,"z":null}`, `{"n":3,"l":["a","b"],"b":false,"z":null}`, `{"n":"3","l":["a"],"b":false,"z":null}`, `{"n":3}`} {
		got := tfvalue.Object(prior, decode(t, other))
		if got.Equal(prior) {
			t.Errorf("%s is taken for what was written", other)
		}
	}

	got = tfvalue.TrackedObject(object(map[string]attr.Value{"n": types.StringValue("x")}), decode(t, `{"n":"x","other":1}`))
	if !got.Equal(object(map[string]attr.Value{"n": types.StringValue("x")})) {
		t.Errorf("got %s", got)
	}

	got = tfvalue.TrackedObject(types.DynamicNull(), decode(t, `{"other":1}`))
	if !got.IsNull() {
		t.Errorf("got %s", got)
	}
}

func TestJSONObjectWantsAnObject(t *testing.T) {
	_, diags := tfvalue.JSONObject(types.DynamicValue(types.StringValue("x")))
	if !diags.HasError() {
		t.Error("a string is taken for an object")
	}

	for _, none := range []types.Dynamic{types.DynamicNull(), types.DynamicUnknown(), types.DynamicValue(types.StringNull())} {
		got, diags := tfvalue.JSONObject(none)
		if got != nil || diags.HasError() {
			t.Errorf("%s: %v, %v", none, got, diags)
		}
	}
}

// FuzzObject feeds platforms' objects to the conversion and back.
func FuzzObject(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":1e400}`, `{"a":[[],{},null,true,0.1]}`, `{"":{"":{}}}`, `{"a":"\u0000"}`} {
		f.Add(seed)
	}

	f.Fuzz(func(t *testing.T, text string) {
		var found map[string]any
		if json.Unmarshal([]byte(text), &found) != nil || found == nil {
			return
		}

		value := tfvalue.Object(types.DynamicNull(), found)

		back, diags := tfvalue.JSONObject(value)
		if diags.HasError() || !tfvalue.SameJSON(any(back), any(found)) {
			t.Fatalf("%s came back as %v, %v", text, back, diags)
		}
	})
}
