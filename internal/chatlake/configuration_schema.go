package chatlake

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	dschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
)

const (
	// maxString and maxText are what the platform's columns take.
	maxString = 255
	maxText   = 20_000
)

// optionalText is cleared on the platform when it leaves the configuration.
func optionalText(description string, most int, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Validators:          append([]validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(most)}, validators...),
	}
}

// followedText is enforced where it is set, and otherwise followed.
func followedText(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Validators:          append([]validator.String{attribute.NotEmpty()}, validators...),
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// followedFlag is enforced where it is set, and otherwise followed.
func followedFlag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
	}
}

// followedIDs is a set of ids that is enforced where it is set, and otherwise followed.
func followedIDs(description string) schema.SetAttribute {
	return schema.SetAttribute{
		MarkdownDescription: description,
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		Validators:          []validator.Set{setvalidator.ValueStringsAre(attribute.IntegerID())},
		PlanModifiers:       []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
	}
}

// foundText, foundFlag and foundNumber are what a data source tells.
func foundText(description string) dschema.StringAttribute {
	return dschema.StringAttribute{MarkdownDescription: description, Computed: true}
}

func foundFlag(description string) dschema.BoolAttribute {
	return dschema.BoolAttribute{MarkdownDescription: description, Computed: true}
}

// lookup is a key by which a data source finds its object.
func lookup(description string, validators ...validator.String) dschema.StringAttribute {
	return dschema.StringAttribute{MarkdownDescription: description, Optional: true, Computed: true, Validators: validators}
}

// foundList is the list of a plural data source.
func foundList(description string, attributes map[string]dschema.Attribute) dschema.ListNestedAttribute {
	return dschema.ListNestedAttribute{
		MarkdownDescription: description, Computed: true,
		NestedObject: dschema.NestedAttributeObject{Attributes: attributes},
	}
}

// foundIDs are ids that a data source tells.
func foundIDs(description string) dschema.SetAttribute {
	return dschema.SetAttribute{MarkdownDescription: description, ElementType: types.StringType, Computed: true}
}

// foundSecret is a secret that a data source tells.
func foundSecret(description string) dschema.StringAttribute {
	return dschema.StringAttribute{MarkdownDescription: description, Computed: true, Sensitive: true}
}

// followedNumber is a positive number that is enforced where it is set, and otherwise followed.
func followedNumber(description string) schema.Int64Attribute {
	return schema.Int64Attribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Validators:          []validator.Int64{int64validator.AtLeast(1)},
		PlanModifiers:       []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
	}
}

// replacedChoice is one of several values that the platform decides for at the latest when the object is made.
func replacedChoice(description string, choices []string) schema.StringAttribute {
	a := followedText(description, stringvalidator.OneOf(choices...))
	a.PlanModifiers = append(a.PlanModifiers, stringplanmodifier.RequiresReplace())

	return a
}

// trimmed refuses space around a text, which the platform takes off.
func trimmed() validator.String {
	return stringvalidator.RegexMatches(outerSpace, "must not be empty, nor begin or end with a space: the platform takes it off")
}

var outerSpace = regexp.MustCompile(`(?s)^\S(.*\S)?$`)

// foundNumber is a number that a data source tells.
func foundNumber(description string) dschema.Int64Attribute {
	return dschema.Int64Attribute{MarkdownDescription: description, Computed: true}
}

// foundTexts is a list of texts that a data source tells.
func foundTexts(description string) dschema.ListAttribute {
	return dschema.ListAttribute{MarkdownDescription: description, ElementType: types.StringType, Computed: true}
}
