package account

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/permission"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// ModifyPlan refuses what the server's release lacks. A resource with a ModifyPlan of its own calls CheckReleases.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.CheckReleases(ctx, req, &resp.Diagnostics)
}

// ChecksPlanOnly marks a ModifyPlan that adds diagnostics and changes nothing: a plan without a change needs no call of it.
func (r *Resource) ChecksPlanOnly() {}

// CheckReleases refuses each attribute that the plan sets or changes and that the server's release lacks. An older server
// would answer 200 and drop the value, or fail without a reason. The release is asked only if the plan depends on it.
func (r *Resource) CheckReleases(ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) {
	if r.Client == nil || req.Plan.Raw.IsNull() {
		return
	}

	c := planChange{config: req.Config.Raw, plan: req.Plan.Raw, prior: req.State.Raw}

	var needed []release.Gate

	if kind, ok := permission.Find(r.typeName); ok && kind.Since != "" && req.State.Raw.IsNull() {
		needed = append(needed, release.Gate{Type: r.typeName, Since: kind.Since})
	}

	for _, gate := range release.Gates(r.typeName) {
		if c.needs(gate) {
			needed = append(needed, gate)
		}
	}

	if len(needed) == 0 {
		return
	}

	version, err := r.Client.Version(ctx)
	if err != nil {
		return // A server that does not tell its release counts as new. What it refuses, it says.
	}

	r.warnUnsupported(version, diags)

	for _, gate := range needed {
		if !version.AtLeast(gate.Since) {
			refuse(gate, version, diags)
		}
	}
}

// warnUnsupported says once in a run that the provider is not tested with the server's release.
func (r *Resource) warnUnsupported(version release.Version, diags *diag.Diagnostics) {
	support := release.Of(version)
	if support.Tested || !r.Client.IsFirstReport("unsupported release") {
		return
	}

	diags.AddWarning("Chatwoot "+string(version)+" is older than what this provider supports", fmt.Sprintf(
		"The provider is tested with Chatwoot %s to %s. Of this server's release: %s", release.Oldest, release.Newest, support.Promise))
}

func refuse(gate release.Gate, version release.Version, diags *diag.Diagnostics) {
	if gate.Attribute == "" {
		diags.AddError("The server is too old for "+gate.Type, fmt.Sprintf(
			"%s needs Chatwoot %s or later, and the server runs %s. Update the server, or take the resource out.", gate.Type, gate.Since, version))

		return
	}

	what := "This attribute works"
	if gate.Where != "" {
		what = fmt.Sprintf("With the %s %s, this attribute works", gate.Where, gate.Is)
	}

	switch {
	case gate.Removed:
		what = "Taking this attribute out works"
	case gate.Missing:
		what = "Leaving this attribute out works"
	case len(gate.Values) > 0:
		what = fmt.Sprintf("The value %q works", strings.Join(gate.Values, `", "`))
	case len(gate.Keys) > 0:
		what = fmt.Sprintf("Keys other than %s work", strings.Join(gate.Keys, ", "))
	}

	detail := fmt.Sprintf("%s since Chatwoot %s, and the server runs %s, which would drop it without an error or fail. ", what, gate.Since, version)

	switch {
	case gate.Instead != "":
		detail += gate.Instead
	case gate.Removed, gate.Missing:
		detail += "Set it, or update the server."
	default:
		detail += "Take it out, or update the server."
	}

	diags.AddAttributeError(gatePath(gate.Attribute), "The server is too old", detail)
}

// gatePath returns the path of an attribute, whose names are joined by dots.
func gatePath(attribute string) path.Path {
	names := strings.Split(attribute, ".")

	at := path.Root(names[0])
	for _, name := range names[1:] {
		at = at.AtName(name)
	}

	return at
}

// planChange is what a plan makes of an object.
type planChange struct{ config, plan, prior tftypes.Value }

// at returns the change of the attribute whose names are joined by dots.
func (c planChange) at(attribute string) planChange {
	return planChange{member(c.config, attribute), member(c.plan, attribute), member(c.prior, attribute)}
}

// member returns the value of an attribute, or the zero value where there is none.
func member(value tftypes.Value, attribute string) tftypes.Value {
	for _, name := range strings.Split(attribute, ".") {
		members, ok := tfvalue.RawMembers(value)
		if !ok {
			return tftypes.Value{}
		}

		value = members[name]
	}

	return value
}

// needs reports whether the plan needs what the gate is about. A value that the platform has already needs nothing.
func (c planChange) needs(gate release.Gate) bool {
	if gate.Where != "" {
		value := member(c.config, gate.Where)
		if !hasValue(value) || scalarText(value) != gate.Is {
			return false
		}
	}

	isNew := c.prior.IsNull()
	c = c.at(gate.Attribute)

	switch {
	case gate.Removed:
		return hasValue(c.prior) && isNothing(c.config)
	case gate.Missing:
		return isNothing(c.config) && (isNew || hasValue(c.prior))
	case !hasValue(c.config), hasValue(c.prior) && tfvalue.SameRaw(c.config, c.prior):
		return false
	case gate.Keys != nil:
		members, ok := tfvalue.RawMembers(c.config)
		for name := range members {
			if !slices.Contains(gate.Keys, name) {
				return true
			}
		}

		return !ok
	case len(gate.Values) > 0:
		elements, ok := tfvalue.RawElements(c.config)
		if !ok {
			elements = []tftypes.Value{c.config}
		}

		return slices.ContainsFunc(elements, func(element tftypes.Value) bool {
			return hasValue(element) && slices.Contains(gate.Values, scalarText(element))
		})
	default:
		return !slices.Contains(gate.Defaults, scalarText(c.config))
	}
}

// hasValue reports whether there is a known value that is not empty.
func hasValue(v tftypes.Value) bool { return v.Type() != nil && v.IsKnown() && !tfvalue.IsEmptyRaw(v) }

// isNothing reports whether a value is null or empty. An unknown value is neither, for it may become something.
func isNothing(v tftypes.Value) bool { return v.Type() == nil || tfvalue.IsEmptyRaw(v) }

// scalarText returns a text as it is, and a flag as "true" or "false".
func scalarText(v tftypes.Value) string {
	var (
		str  string
		flag bool
	)

	switch {
	case v.Type().Is(tftypes.String) && v.As(&str) == nil:
		return str
	case v.Type().Is(tftypes.Bool) && v.As(&flag) == nil:
		return fmt.Sprint(flag)
	default:
		return "\x00" // No default and no value of the table.
	}
}
