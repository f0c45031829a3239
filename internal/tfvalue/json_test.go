package tfvalue_test

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

func TestJSON(t *testing.T) {
	object := types.ObjectValueMust(
		map[string]attr.Type{"port": types.Int64Type, "on": types.BoolType, "name": types.StringType, "of": types.SetType{ElemType: types.StringType}},
		map[string]attr.Value{"port": types.Int64Value(993), "on": types.BoolValue(false), "name": types.StringNull(), "of": tfvalue.StringSet([]string{"a"})},
	)
	for want, value := range map[string]attr.Value{
		"null":      types.StringUnknown(),
		`"x"`:       types.StringValue("x"),
		"42":        types.Int64Value(42),
		`["a"]`:     tfvalue.StringSet([]string{"a"}),
		`{"a":"b"}`: tfvalue.MapOf(map[string]string{"a": "b"}),
		`{"name":null,"of":["a"],"on":false,"port":993}`: object,
	} {
		if got, err := json.Marshal(tfvalue.JSON(value)); err != nil || string(got) != want {
			t.Errorf("%s, want %s (%v)", got, want, err)
		}
	}
}
