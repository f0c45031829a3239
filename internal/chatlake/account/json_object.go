package account

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// jsonObject accepts an object such as { plan = "gold", seats = 3 }, with at most what the server stores.
type jsonObject struct {
	// longest is how many characters a string may have, largest what a whole number may be at most; 0 is no limit.
	longest int
	largest float64
}

// JSONObject accepts any object.
func JSONObject() validator.Dynamic { return jsonObject{} }

// BoundedJSONObject accepts what the server stores as attributes of a conversation.
func BoundedJSONObject() validator.Dynamic { return jsonObject{longest: 1500, largest: 9_999_999_999} }

// Description says what is accepted.
func (v jsonObject) Description(context.Context) string {
	if v.longest > 0 {
		return fmt.Sprintf("must be an object; its strings have at most %d characters, its whole numbers are at most %.0f", v.longest, v.largest)
	}

	return `must be an object such as { plan = "gold", seats = 3 }`
}

// MarkdownDescription is Description.
func (v jsonObject) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateDynamic refuses what is known not to be an object.
func (v jsonObject) ValidateDynamic(ctx context.Context, req validator.DynamicRequest, resp *validator.DynamicResponse) {
	value := req.ConfigValue
	if value.IsNull() || value.IsUnknown() || value.IsUnderlyingValueNull() || value.IsUnderlyingValueUnknown() {
		return
	}

	members, ok := tfvalue.Members(value.UnderlyingValue())
	if !ok {
		resp.Diagnostics.AddAttributeError(req.Path, "Not an object",
			fmt.Sprintf("The value %s; this is %s.", v.Description(ctx), tfvalue.Kind(value.UnderlyingValue())))

		return
	}

	for _, member := range members {
		v.check(req.Path, member, &resp.Diagnostics)
	}
}

func (v jsonObject) check(at path.Path, member attr.Value, diags *diag.Diagnostics) {
	member, ok := tfvalue.Unwrap(member)
	if !ok {
		return
	}

	if holdsNull(member) {
		diags.AddAttributeError(at, "Null in a list", "A list has a null in it, which the server leaves out. Remove it.")
	}

	switch member := member.(type) {
	case types.String:
		n := len([]rune(member.ValueString()))
		if v.longest > 0 && n > v.longest {
			diags.AddAttributeError(at, "Value too long", fmt.Sprintf("A text has %d characters; the server takes at most %d.", n, v.longest))
		}
	case types.Number:
		f, _ := member.ValueBigFloat().Float64()
		if v.largest > 0 && member.ValueBigFloat().IsInt() && f > v.largest {
			diags.AddAttributeError(at, "Number too large",
				fmt.Sprintf("The server takes whole numbers up to %.0f. Write a larger one as a string.", v.largest))
		}
	}
}

// holdsNull reports whether a list holds a null, at any depth.
func holdsNull(v attr.Value) bool {
	v, ok := tfvalue.Unwrap(v)
	if !ok {
		return false
	}

	if list, ok := tfvalue.Elements(v); ok {
		for _, element := range list {
			element, known := tfvalue.Unwrap(element)
			if !known && (element == nil || element.IsNull()) || holdsNull(element) {
				return true
			}
		}
	}

	members, _ := tfvalue.Members(v)
	for _, member := range members {
		if holdsNull(member) {
			return true
		}
	}

	return false
}
