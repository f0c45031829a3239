package talk

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// tag matches a label that the server stores as it is written. It splits others at commas, groups them by quotes, trims them,
// and takes an existing spelling for one that differs in case only.
var tag = regexp.MustCompile(`^[^\s,"'\p{Lu}\x00]([^,"'\p{Lu}\x00]*[^\s,"'\p{Lu}\x00])?$`)

// labelsAttribute is a set of labels that is replaced whole.
func labelsAttribute(description string, modifiers ...planmodifier.Set) schema.SetAttribute {
	return schema.SetAttribute{
		MarkdownDescription: description, ElementType: types.StringType, Optional: true, Computed: true,
		PlanModifiers: append([]planmodifier.Set{setplanmodifier.UseStateForUnknown()}, modifiers...),
		Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(
			stringvalidator.UTF8LengthBetween(1, 255),
			stringvalidator.RegexMatches(tag, "must be a label in lower case, without commas and quotes"),
		)},
	}
}

// labelSet returns the labels that were found, in lower case as configurations have them, or prior if that holds the same:
// the labels of one installation share their spelling, so "vip" reads back as "VIP" if that was there first.
func labelSet(ctx context.Context, prior types.Set, found []string) types.Set {
	if tfvalue.IsSet(prior) {
		known, diags := tfvalue.Strings(ctx, prior)
		if !diags.HasError() && sameLabels(known, found) {
			return prior
		}
	}

	return tfvalue.StringSet(lowered(found))
}

// sameLabels reports whether two lists hold the same labels, whatever their case.
func sameLabels(a, b []string) bool {
	return slices.Equal(lowered(a), lowered(b))
}

func lowered(labels []string) []string {
	lower := make([]string, len(labels))
	for i, label := range labels {
		lower[i] = strings.ToLower(label)
	}

	slices.Sort(lower)

	return slices.Compact(lower)
}

// sameLabelSets reports whether two sets hold the same labels. Null means that they are not known.
func sameLabelSets(ctx context.Context, prior, plan types.Set) bool {
	if plan.IsNull() || prior.IsNull() {
		return plan.IsNull()
	}

	before, diags := tfvalue.Strings(ctx, prior)
	after, problems := tfvalue.Strings(ctx, plan)

	return !diags.HasError() && !problems.HasError() && sameLabels(before, after)
}
