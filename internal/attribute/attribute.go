// Package attribute holds schema attributes and validators that mean the same on every platform.
package attribute

import (
	"context"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ID returns the platform's own identifier of the object.
func ID(description string) schema.StringAttribute { return Stable(description) }

// Stable returns a string that the platform sets once.
func Stable(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// Timestamp returns an instant that the platform sets once.
func Timestamp(description string) schema.StringAttribute {
	return Stable(description + " RFC 3339, in UTC.")
}

// OnDestroy returns the attribute that chooses what destroy does. The first value is the default; what is not set stays null, so that an imported
// object needs no update to say what it would do anyway. "" means the same as null.
func OnDestroy(description string, values ...string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " One of " + Choices(values...) + "; default `" + values[0] + "`.",
		Optional:            true,
		Validators:          OrEmpty(stringvalidator.OneOf(values...)),
	}
}

const adoptExisting = "adopt_existing"

// AdoptExisting returns the attribute that allows to adopt an object whose key is taken.
func AdoptExisting(key string, byDefault bool) schema.BoolAttribute {
	description := "Whether an object that already has the same " + key + " is taken over and updated. Default `false`: an error that prints the `import` block to paste."
	if byDefault {
		description = "Whether an object that already has the same " + key + " is taken over and updated. Default `true`, as the platform's own API does; `false` makes it an error that prints the `import` block to paste."
	}

	return schema.BoolAttribute{MarkdownDescription: description, Optional: true}
}

// Triggers returns the attribute for objects that are events: a change sends a new one.
func Triggers(description string) schema.MapAttribute {
	return schema.MapAttribute{MarkdownDescription: description, Optional: true, ElementType: types.StringType}
}

// Choices lists values for a description.
func Choices(values ...string) string { return "`" + strings.Join(values, "`, `") + "`" }

var (
	integer   = regexp.MustCompile(`^[1-9][0-9]{0,17}$`)
	e164      = regexp.MustCompile(`^\+[1-9][0-9]{1,14}$`)
	email     = regexp.MustCompile(`^[^\s@]+@[^\s@]+$`)
	something = regexp.MustCompile(`(?s).`)
	visible   = regexp.MustCompile(`\S`)
	webURL    = regexp.MustCompile(`^https?://[^\s/?#]+[^\s]*$`)
)

// IntegerID accepts the id of an object on a platform whose ids are integers.
func IntegerID() validator.String {
	return stringvalidator.RegexMatches(integer, "must be a whole number greater than 0, such as \"42\"")
}

// NotEmpty refuses "", for what is required, and for elements and keys.
func NotEmpty() validator.String {
	return stringvalidator.RegexMatches(something, "must be a text of at least 1 character")
}

// NotBlank refuses what a platform stores as nothing.
func NotBlank() validator.String {
	return stringvalidator.RegexMatches(visible, "must not be blank")
}

// E164 accepts a phone number in international form.
func E164() validator.String {
	return stringvalidator.RegexMatches(e164, "must be in E.164 form: a plus sign and 2 to 15 digits, the first not 0, such as \"+14155550123\"")
}

// Email accepts what platforms accept as an address: something, an at sign, something, no spaces.
func Email() validator.String {
	return stringvalidator.RegexMatches(email, "must be an e-mail address such as \"ana@example.com\"")
}

// URL accepts an http or https address.
func URL() validator.String {
	return stringvalidator.RegexMatches(webURL, "must be an address that starts with https:// or http://")
}

// RFC3339 accepts an instant such as "2026-01-31T09:30:00Z".
func RFC3339() validator.String { return instantValidator{} }

type instantValidator struct{}

func (instantValidator) Description(context.Context) string {
	return "must be an instant in RFC 3339, such as \"2026-01-31T09:30:00Z\""
}

func (v instantValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v instantValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}

	if _, err := time.Parse(time.RFC3339Nano, req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid instant", "Attribute "+req.Path.String()+" "+v.Description(ctx)+".")
	}
}
