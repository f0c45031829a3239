package tfvalue_test

import (
	"encoding/json"
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// TestJSONObject_wholeNumbers keeps whole numbers from being sent with an exponent, which a server reads as a fraction.
func TestJSONObject_wholeNumbers(t *testing.T) {
	for _, text := range []string{"0", "3", "-1000000", "9999999999", "12345678901234567890", "0.1", "2.5"} {
		f, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}

		object := types.ObjectValueMust(map[string]attr.Type{"n": types.NumberType}, map[string]attr.Value{"n": types.NumberValue(f)})

		sent, diags := tfvalue.JSONObject(types.DynamicValue(object))
		if diags.HasError() || sent["n"] != json.Number(text) {
			t.Errorf("%s was sent as %v", text, sent["n"])
		}
	}
}

func TestSameJSON_fractions(t *testing.T) {
	third := new(big.Float).SetPrec(512).Quo(big.NewFloat(1), big.NewFloat(3))
	for text, want := range map[string]bool{"0.3333333333333333": true, "0.333": false, "0": false} {
		got := tfvalue.SameJSON(json.Number(third.Text('g', -1)), json.Number(text))
		if got != want {
			t.Errorf("a third is %s: %t", text, got)
		}
	}

	if tfvalue.SameJSON(json.Number("12345678901234567890"), json.Number("12345678901234567891")) {
		t.Error("whole numbers lost digits")
	}
}
