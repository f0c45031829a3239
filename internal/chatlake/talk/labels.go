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

// tag is a label as it comes back the way it was written: the server splits at commas, groups by quotes, trims, and takes
// an existing spelling for one that differs in case only.
var tag = regexp.MustCompile(`^[^\s,"'\p{Lu}]([^,"'\p{Lu}]*[^\s,"'\p{Lu}])?$`)

// labelsAttribute is a set of labels that is replaced whole.
func labelsAttribute(description string) schema.SetAttribute {
	return schema.SetAttribute{
		MarkdownDescription: description, ElementType: types.StringType, Optional: true, Computed: true,
		PlanModifiers: []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
		Validators: []validator.Set{setvalidator.ValueStringsAre(
			stringvalidator.UTF8LengthBetween(1, 255),
			stringvalidator.RegexMatches(tag, "must be a label in lower case, without commas and quotes"),
		)},
	}
}

// labelSet is what was found; if that differs from prior in case only, prior. The labels of one installation share their
// spelling, so somebody's "VIP" is what everybody's "vip" reads back as.
func labelSet(ctx context.Context, prior types.Set, found []string) types.Set {
	if tfvalue.IsSet(prior) {
		known, diags := tfvalue.Strings(ctx, prior)
		if !diags.HasError() && sameLabels(known, found) {
			return prior
		}
	}

	return tfvalue.StringSet(found)
}

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
