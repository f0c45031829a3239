package account

import (
	"math"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
)

// Managed makes an attribute one that is cleared on the platform when the configuration no longer names it, and only then:
// what an import found stays where it is. Its resource records with package ownership what the configuration names.
func Managed[A schema.StringAttribute | schema.BoolAttribute | schema.Int64Attribute | schema.Float64Attribute | schema.SetAttribute | schema.ListAttribute | schema.MapAttribute | schema.DynamicAttribute | schema.SingleNestedAttribute | schema.SetNestedAttribute](attribute A) A {
	switch a := any(&attribute).(type) {
	case *schema.StringAttribute:
		a.Computed, a.PlanModifiers = true, append(a.PlanModifiers, ownership.Plan())
	case *schema.BoolAttribute:
		a.Computed, a.PlanModifiers = true, append(a.PlanModifiers, ownership.Plan())
	case *schema.Int64Attribute:
		a.Computed, a.PlanModifiers = true, append(a.PlanModifiers, ownership.Plan())
	case *schema.Float64Attribute:
		a.Computed, a.PlanModifiers = true, append(a.PlanModifiers, ownership.Plan())
	case *schema.SetAttribute:
		a.Computed, a.PlanModifiers = true, append(a.PlanModifiers, ownership.Plan())
	case *schema.ListAttribute:
		a.Computed, a.PlanModifiers = true, append(a.PlanModifiers, ownership.Plan())
	case *schema.MapAttribute:
		a.Computed, a.PlanModifiers = true, append(a.PlanModifiers, ownership.Plan())
	case *schema.DynamicAttribute:
		a.Computed, a.PlanModifiers = true, append(a.PlanModifiers, ownership.Plan())
	case *schema.SetNestedAttribute:
		a.Computed, a.PlanModifiers = true, append(a.PlanModifiers, ownership.Plan())
	case *schema.SingleNestedAttribute:
		a.Computed, a.PlanModifiers = true, append(a.PlanModifiers, ownership.Plan())
	}

	return attribute
}

// LocaleName is the form of a language's name; which ones exist depends on the server's version.
var LocaleName = regexp.MustCompile(`^[a-z]{2,3}(_[A-Z]{2})?$`)

// MaxString and MaxText are the greatest lengths of the platform's short and long columns, in characters.
const (
	MaxString = 255
	MaxText   = 20_000
	// MaxInteger is the largest number of the platform's integer columns. It answers 500 to a larger one.
	MaxInteger = math.MaxInt32
)

// JSONObjectAttribute is an object of any form.
func JSONObjectAttribute(description string) schema.DynamicAttribute {
	return schema.DynamicAttribute{MarkdownDescription: description, Optional: true, Validators: []validator.Dynamic{JSONObject()}}
}

// ManagedText is a text of at most so many characters. It is cleared on the platform when it leaves a configuration that
// had it; what an import found stays as it is. "" means the same as null.
func ManagedText(description string, most int, validators ...validator.String) schema.StringAttribute {
	return Managed(attribute.OptionalText(description, most, validators...))
}

// ManagedFlag is ManagedText for a boolean.
func ManagedFlag(description string) schema.BoolAttribute {
	return Managed(schema.BoolAttribute{MarkdownDescription: description, Optional: true})
}

// ManagedNumber is ManagedText for a whole number.
func ManagedNumber(description string, validators ...validator.Int64) schema.Int64Attribute {
	return Managed(schema.Int64Attribute{MarkdownDescription: description, Optional: true, Validators: validators})
}

// ManagedTexts is ManagedText for a list of texts.
func ManagedTexts(description string, validators ...validator.String) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: description, ElementType: types.StringType, Optional: true, Computed: true,
		Validators:    []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(validators...)},
		PlanModifiers: []planmodifier.List{ownership.Plan(), attribute.KeepSpelling()},
	}
}

// ManagedSecretObject is ManagedText for an object of any form, of which all keys are managed, and whose values may be secrets.
func ManagedSecretObject(description string) schema.DynamicAttribute {
	return schema.DynamicAttribute{
		MarkdownDescription: description, Optional: true, Computed: true, Sensitive: true,
		Validators:    []validator.Dynamic{JSONObject()},
		PlanModifiers: []planmodifier.Dynamic{ownership.Plan(), attribute.KeepSpelling()},
	}
}
