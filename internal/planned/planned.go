// Package planned keeps the promise that Terraform checks after every apply: what the plan knew comes out as planned.
//
// The platform may return something else, because someone changed the object since the plan was made, or because the
// platform did not take a value. Then the state keeps the planned value, a warning names the attribute, and the next
// refresh stores what the platform has. Nothing is lost silently, and Terraform never reports a bug in the provider.
package planned

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// KeepCreate makes the state as the plan of a new object knew it, and warns about the attributes for which the platform
// returned another value. Parts of the plan that were unknown come from the state.
//
// Call it after the last State.Set of Create. It does nothing if the create has failed: then the state must show what was
// left undone. Only what the configuration or the provider has set is compared, so a model may be filled with everything
// that the platform returned: an attribute that neither has set stays out of the state, and out of the warning.
func KeepCreate(req resource.CreateRequest, resp *resource.CreateResponse, object string) {
	keep(change{config: req.Config.Raw, plan: req.Plan.Raw}, &resp.State, object, &resp.Diagnostics)
}

// KeepUpdate does for Update what KeepCreate does for Create. It also names the attributes and keys that were to be removed
// and are still there.
func KeepUpdate(req resource.UpdateRequest, resp *resource.UpdateResponse, object string) {
	keep(change{config: req.Config.Raw, plan: req.Plan.Raw, prior: req.State.Raw}, &resp.State, object, &resp.Diagnostics)
}

func keep(c change, state *tfsdk.State, object string, diags *diag.Diagnostics) {
	if diags.HasError() || state.Raw.IsNull() {
		return
	}

	c.found = state.Raw
	state.Raw = withoutUnknowns(complete(c.plan, c.found))

	var d differences

	for name, member := range c.members() {
		d.add(name, member)
	}

	d.warn(object, diags)
}

// FillUnknown replaces every unknown value of the state by the prior one, or by null where there was none: for a state
// that is stored before the platform's answer is known, or without one. In Create, prior is tfsdk.State{}.
func FillUnknown(prior tfsdk.State, state *tfsdk.State) {
	state.Raw = withoutUnknowns(complete(state.Raw, prior.Raw))
}

// KeepSpelling puts the prior value back wherever the value that was read means the same: null against an empty value,
// another spelling of an instant, an e-mail address or a number. Call it after the last State.Set of Read, unless the
// object has just been imported.
func KeepSpelling(prior tfsdk.State, state *tfsdk.State) {
	state.Raw = spell(prior.Raw, state.Raw)
}

// StoreFound stores what a Read has found. An object that is as it was before costs nothing: the state has it already. Models
// hold values, so a copy from before they were filled in stays as it was.
func StoreFound[M any](ctx context.Context, state *tfsdk.State, before, found M) diag.Diagnostics {
	if reflect.DeepEqual(before, found) {
		return nil
	}

	return state.Set(ctx, found)
}

// change holds a value of an object at each step of an apply. The zero value stands for one that is not there.
type change struct{ config, plan, found, prior tftypes.Value }

// members returns the attributes or keys that the plan, or the platform, has.
func (c change) members() map[string]change {
	config, _ := tfvalue.RawMembers(c.config)
	plan, _ := tfvalue.RawMembers(c.plan)
	found, _ := tfvalue.RawMembers(c.found)
	prior, _ := tfvalue.RawMembers(c.prior)

	members := make(map[string]change, len(plan))
	for _, names := range []map[string]tftypes.Value{plan, found} {
		for name := range names {
			members[name] = change{config[name], plan[name], found[name], prior[name]}
		}
	}

	return members
}

// isSent reports whether the apply was to give the object this value: the configuration names it, or the provider has
// chosen it, as it does with a default. What is planned as it was is only followed.
func (c change) isSent() bool {
	return isSet(c.config) || isSet(c.plan) && (!isSet(c.prior) || !tfvalue.SameRaw(c.plan, c.prior))
}

// differences are the names of attributes and keys that came back differently.
type differences struct{ changed, uncleared []string }

// add compares one attribute or key.
func (d *differences) add(name string, c change) {
	_, nested := tfvalue.RawMembers(c.plan)

	switch {
	case nested:
		for key, member := range c.members() {
			d.add(name+"."+key, member)
		}
	case isSet(c.prior) && isSet(c.found) && isEmpty(c.plan):
		d.uncleared = append(d.uncleared, name)
	case c.isSent() && !agrees(c.plan, c.found):
		d.changed = append(d.changed, name)
	}
}

// warn reports the differences. It names attributes and never quotes values: they may be secrets.
func (d *differences) warn(object string, diags *diag.Diagnostics) {
	var parts []string

	if len(d.changed) > 0 {
		parts = append(parts, "After the change, the platform returned other values than planned for: "+list(d.changed)+".")
	}

	if len(d.uncleared) > 0 {
		parts = append(parts, "The platform still has what was to be removed: "+list(d.uncleared)+".")
	}

	if len(parts) == 0 {
		return
	}

	parts = append(parts, "Another client has changed it since, or the platform did not take it. "+
		"The state holds what was planned; the next plan shows what the platform has.")

	diags.AddWarning("The "+noun.Is(object)+" not as planned", strings.Join(parts, " "))
}

func list(names []string) string { return strings.Join(slices.Sorted(slices.Values(names)), ", ") }

// isEmpty reports whether there is no value, or an empty one.
func isEmpty(v tftypes.Value) bool { return v.Type() == nil || tfvalue.IsEmptyRaw(v) }

// isSet reports whether there is a value that is not empty.
func isSet(v tftypes.Value) bool {
	return v.Type() != nil && v.IsKnown() && !tfvalue.IsEmptyRaw(v)
}

// agrees reports whether found is what the known parts of plan say.
func agrees(plan, found tftypes.Value) bool {
	switch {
	case plan.Type() != nil && !plan.IsKnown():
		return true
	case isEmpty(plan), isEmpty(found):
		return isEmpty(plan) && isEmpty(found)
	case plan.IsFullyKnown():
		return tfvalue.SameRaw(plan, found)
	}

	if members, ok := tfvalue.RawMembers(plan); ok {
		there, _ := tfvalue.RawMembers(found)
		for name, value := range members {
			if !agrees(value, there[name]) {
				return false
			}
		}

		return true
	}

	elements, _ := tfvalue.RawElements(plan)
	there, _ := tfvalue.RawElements(found)

	if len(elements) != len(there) {
		return false
	}

	if !plan.Type().Is(tftypes.Set{}) {
		return slices.EqualFunc(elements, there, agrees)
	}

	return !slices.Contains(match(elements, there), -1)
}

// match finds for each planned element of a set one of those found that agrees with it, or -1. The elements that are
// known choose first.
func match(elements, found []tftypes.Value) []int {
	matches := make([]int, len(elements))
	taken := make([]bool, len(found))

	for _, known := range []bool{true, false} {
		for i, element := range elements {
			if element.IsFullyKnown() != known {
				continue
			}

			matches[i] = -1

			for at, one := range found {
				if !taken[at] && agrees(element, one) {
					matches[i], taken[at] = at, true
					break
				}
			}
		}
	}

	return matches
}

// complete returns value with its unknown parts taken from source.
func complete(value, source tftypes.Value) tftypes.Value {
	switch {
	case value.Type() == nil || value.IsFullyKnown():
		return value
	case !value.IsKnown():
		return take(value, source)
	}

	if members, ok := tfvalue.RawMembers(value); ok {
		there, _ := tfvalue.RawMembers(source)
		for name, member := range members {
			members[name] = complete(member, there[name])
		}

		return rebuild(value.Type(), members)
	}

	elements, _ := tfvalue.RawElements(value)
	there, _ := tfvalue.RawElements(source)
	partners := make([]int, len(elements))

	if value.Type().Is(tftypes.Set{}) {
		partners = match(elements, there)
	} else {
		for i := range partners {
			partners[i] = i
		}
	}

	for i, element := range elements {
		partner, at := tftypes.Value{}, partners[i]
		if at >= 0 && at < len(there) {
			partner = there[at]
		}

		elements[i] = complete(element, partner)
	}

	return rebuild(value.Type(), elements)
}

// take returns source if it can stand where the unknown value is.
func take(unknown, source tftypes.Value) tftypes.Value {
	if source.Type() == nil || !unknown.Type().Is(tftypes.DynamicPseudoType) && !source.Type().UsableAs(unknown.Type()) {
		return unknown
	}

	return source
}

// withoutUnknowns returns value with null for every part that is unknown.
func withoutUnknowns(value tftypes.Value) tftypes.Value {
	if value.Type() == nil || value.IsFullyKnown() {
		return value
	}

	known, err := tftypes.Transform(value, func(_ *tftypes.AttributePath, part tftypes.Value) (tftypes.Value, error) {
		if part.IsKnown() {
			return part, nil
		}

		return tftypes.NewValue(part.Type(), nil), nil
	})
	if err != nil {
		return value // The framework reports what is unknown.
	}

	return known
}

// spell returns found, with the prior spelling of each part that means the same.
func spell(prior, found tftypes.Value) tftypes.Value {
	if prior.Type() == nil || found.Type() == nil || prior.Equal(found) {
		return found
	}

	if tfvalue.SameRaw(prior, found) {
		return prior
	}

	members, ok := tfvalue.RawMembers(found)
	if !ok {
		return found
	}

	before, _ := tfvalue.RawMembers(prior)

	for name, member := range members {
		members[name] = spell(before[name], member)
	}

	return rebuild(found.Type(), members)
}

// rebuild makes a value of changed parts. Within an attribute of any type, the types of an object's and a tuple's parts
// follow the parts.
func rebuild(kind tftypes.Type, parts any) tftypes.Value {
	if tftypes.ValidateValue(kind, parts) == nil {
		return tftypes.NewValue(kind, parts)
	}

	switch parts := parts.(type) {
	case map[string]tftypes.Value:
		kinds := make(map[string]tftypes.Type, len(parts))
		for name, part := range parts {
			kinds[name] = part.Type()
		}

		return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, parts)
	case []tftypes.Value:
		kinds := make([]tftypes.Type, len(parts))
		for i, part := range parts {
			kinds[i] = part.Type()
		}

		return tftypes.NewValue(tftypes.Tuple{ElementTypes: kinds}, parts)
	default:
		return tftypes.NewValue(kind, tftypes.UnknownValue)
	}
}
