package attribute_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
)

func TestKnown(t *testing.T) {
	t.Parallel()

	for value, warnings := range map[types.String]int{
		types.StringValue("a"): 0, types.StringValue("b"): 0, types.StringValue("c"): 1, types.StringNull(): 0, types.StringUnknown(): 0,
	} {
		var resp validator.StringResponse

		attribute.Known("a", "b").ValidateString(t.Context(), validator.StringRequest{ConfigValue: value}, &resp)

		if resp.Diagnostics.HasError() || len(resp.Diagnostics) != warnings {
			t.Errorf("%s: %v", value, resp.Diagnostics)
		}

		for _, d := range resp.Diagnostics {
			if !strings.Contains(d.Detail(), "The word is sent as it is") || !strings.Contains(d.Detail(), "`a`, `b`") {
				t.Error(d.Detail())
			}
		}
	}
}
