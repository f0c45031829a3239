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
