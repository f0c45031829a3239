package attribute

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// Relation is a validator for attributes of several types that looks at other attributes, too. Null and every empty value
// count as not given.
type Relation struct {
	others []path.Expression
	needed bool
}

// NotWith refuses an attribute that is given together with another one.
func NotWith(others ...path.Expression) Relation { return Relation{others: others} }

// Needs refuses an attribute that is given without the others.
func Needs(others ...path.Expression) Relation { return Relation{others: others, needed: true} }

// Description says what is refused.
func (r Relation) Description(context.Context) string {
	names := make([]string, len(r.others))
	for i, other := range r.others {
		names[i] = other.String()
	}

	if r.needed {
		return "needs " + strings.Join(names, " and ")
	}

	return "cannot be given together with " + strings.Join(names, " or ")
}

// MarkdownDescription is Description.
func (r Relation) MarkdownDescription(ctx context.Context) string { return r.Description(ctx) }

// ValidateString looks at the others.
func (r Relation) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	r.validate(ctx, req.Config, req.PathExpression, req.Path, req.ConfigValue, &resp.Diagnostics)
}

// ValidateInt64 looks at the others.
func (r Relation) ValidateInt64(ctx context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	r.validate(ctx, req.Config, req.PathExpression, req.Path, req.ConfigValue, &resp.Diagnostics)
}

// ValidateList looks at the others.
func (r Relation) ValidateList(ctx context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	r.validate(ctx, req.Config, req.PathExpression, req.Path, req.ConfigValue, &resp.Diagnostics)
}

func (r Relation) validate(ctx context.Context, config tfsdk.Config, from path.Expression, at path.Path, value attr.Value, diags *diag.Diagnostics) {
	if value.IsUnknown() || tfvalue.IsEmpty(value) {
		return
	}

	for _, expression := range from.MergeExpressions(r.others...) {
		others, problems := config.PathMatches(ctx, expression)
		diags.Append(problems...)

		for _, other := range others {
			isGiven, isKnown := isGiven(ctx, config, other, diags)

			switch {
			case !isKnown:
			case r.needed && !isGiven:
				diags.AddAttributeError(at, "An attribute is missing", fmt.Sprintf("With %s, %s must be set, too.", at, other))
			case !r.needed && isGiven:
				diags.AddAttributeError(at, "Attributes that exclude each other", fmt.Sprintf("%s and %s cannot both be set. Remove one of them, or use null.", at, other))
			}
		}
	}
}

// isGiven reports whether an attribute has a value that is not empty, and whether that is known yet.
func isGiven(ctx context.Context, config tfsdk.Config, at path.Path, diags *diag.Diagnostics) (given, known bool) {
	var value attr.Value

	diags.Append(config.GetAttribute(ctx, at, &value)...)

	if value == nil || value.IsUnknown() {
		return false, value != nil && !value.IsUnknown()
	}

	return !tfvalue.IsEmpty(value), true
}

// ExactlyOne accepts a data source with one of the attributes. Null and every empty value count as not given.
func ExactlyOne(names ...string) datasource.ConfigValidator { return choice{names: names, most: 1} }

// AtLeastOne accepts a data source with one of the attributes, or several.
func AtLeastOne(names ...string) datasource.ConfigValidator {
	return choice{names: names, most: len(names)}
}

type choice struct {
	names []string
	most  int
}

// Description says what is accepted.
func (c choice) Description(context.Context) string {
	if c.most == 1 {
		return "Set exactly one of " + strings.Join(c.names, ", ") + "."
	}

	return "Set at least one of " + strings.Join(c.names, ", ") + "."
}

// MarkdownDescription is Description.
func (c choice) MarkdownDescription(ctx context.Context) string { return c.Description(ctx) }

// ValidateDataSource counts the attributes that are given.
func (c choice) ValidateDataSource(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var given []string

	for _, name := range c.names {
		isGiven, isKnown := isGiven(ctx, req.Config, path.Root(name), &resp.Diagnostics)

		switch {
		case !isKnown:
			return
		case isGiven:
			given = append(given, name)
		}
	}

	switch {
	case len(given) == 0:
		resp.Diagnostics.AddError("Nothing to search by", c.Description(ctx)+" Null and empty values count as not set.")
	case len(given) > c.most:
		resp.Diagnostics.AddAttributeError(path.Root(given[1]), "Attributes that exclude each other",
			c.Description(ctx)+" The others must be null: "+strings.Join(given, ", ")+" are set.")
	}
}
