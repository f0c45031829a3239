package attribute

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// OptionalText returns a text of at most so many characters. It is cleared on the platform when it leaves the configuration.
// "" means the same as null.
func OptionalText(description string, most int, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Validators:          OrEmpty(append([]validator.String{stringvalidator.UTF8LengthAtMost(most)}, validators...)...),
		PlanModifiers:       []planmodifier.String{KeepSpelling()},
	}
}

// Followed returns a text that is enforced if it is configured, and otherwise follows the platform. "" means the same as null.
func Followed(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Validators:          OrEmpty(validators...),
		PlanModifiers:       []planmodifier.String{Follow()},
	}
}

// FollowedFlag returns a boolean that is enforced if it is configured, and otherwise follows the platform.
func FollowedFlag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
	}
}

// FollowedNumber returns a positive number that is enforced if it is configured, and otherwise follows the platform.
func FollowedNumber(description string) schema.Int64Attribute {
	return schema.Int64Attribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Validators:          []validator.Int64{int64validator.AtLeast(1)},
		PlanModifiers:       []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
	}
}

// StableSecret returns a sensitive text that the platform sets once.
func StableSecret(description string) schema.StringAttribute {
	a := Stable(description)
	a.Sensitive = true

	return a
}
