package inbox

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// channelPlan plans the fields that the configuration does not name: null for those of other types of channel; for one that
// is cleared, null if the configuration named it before, and else what an import found.
type channelPlan struct{}

// Description says what the modifier does.
func (channelPlan) Description(context.Context) string {
	return "Fields of other types of channel are null. A field is cleared if it was configured, and else left as it is."
}

// MarkdownDescription is Description.
func (m channelPlan) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// ActsOnRemovedMembersOnly marks a modifier that changes a plan that is equal to the state only where the configuration has
// no value for one of these fields that the state has.
func (channelPlan) ActsOnRemovedMembersOnly() []string {
	var cleared []string

	for _, f := range channelFields {
		if !f.secret && !f.isFollowed() {
			cleared = append(cleared, f.written())
		}
	}

	return cleared
}

// PlanModifyObject plans the channel.
func (channelPlan) PlanModifyObject(ctx context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	kind := channelType(req.ConfigValue)
	if kind == "" || !tfvalue.IsSet(req.PlanValue) {
		return
	}

	managed, diags := ownership.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)

	config, state, values := req.ConfigValue.Attributes(), req.StateValue.Attributes(), req.PlanValue.Attributes()
	isNew := req.StateValue.IsNull() || channelType(req.StateValue) != kind

	for _, f := range channelFields {
		name := f.written()

		switch {
		case f.secret:
			// Only a new channel needs its secrets: the configuration of an imported one does not know them.
			if isNew && f.needed && f.has(kind) && config[name] != nil && tfvalue.IsEmpty(config[name]) {
				f.addMissing(req.Path, kind, &resp.Diagnostics)
			}
		case !f.has(kind):
			values[name] = noValue(f.attribute)
		case config[name] == nil || !config[name].IsNull():
		case f.isFollowed():
			switch {
			case isNew && slices.Contains(f.noneIn, kind):
				values[name] = noValue(f.attribute)
			case isNew && f.byDefault != nil:
				values[name] = f.byDefault
			}
		case isNew || managed.HasKey("channel", name):
			values[name] = noValue(f.attribute)
		case state[name] != nil:
			values[name] = state[name]
		}
	}

	plan, diags := types.ObjectValue(channelAttrTypes, values)
	resp.Diagnostics.Append(diags...)
	resp.PlanValue = plan
}

// onlyOf makes a computed text null for inboxes with a channel of another type.
func onlyOf(a schema.StringAttribute, kinds ...string) schema.StringAttribute {
	a.PlanModifiers = append(a.PlanModifiers, ofKinds(kinds))
	return a
}

type ofKinds []string

// Description says what the modifier does.
func (ofKinds) Description(context.Context) string { return "Null for other types of channel." }

// MarkdownDescription is Description.
func (k ofKinds) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (ofKinds) ActsOnChangesOnly() {}

// PlanModifyString looks at the channel in the configuration.
func (k ofKinds) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	var kind types.String

	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel").AtName("type"), &kind)...)

	if resp.PlanValue.IsUnknown() && tfvalue.IsSet(kind) && !slices.Contains(k, kind.ValueString()) {
		resp.PlanValue = types.StringNull()
	}
}

// followsNumber makes a computed text unknown when the number or the id of the channel changes, which it holds.
func followsNumber(a schema.StringAttribute) schema.StringAttribute {
	a.PlanModifiers = append(a.PlanModifiers, numberFollower{})
	return a
}

type numberFollower struct{}

// Description says what the modifier does.
func (numberFollower) Description(context.Context) string {
	return "Unknown when the number or the id of the channel changes."
}

// MarkdownDescription is Description.
func (m numberFollower) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (numberFollower) ActsOnChangesOnly() {}

// PlanModifyString compares the channels of configuration and state.
func (numberFollower) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() || req.StateValue.IsNull() {
		return
	}

	for _, name := range []string{"phone_number", "line_channel_id"} {
		var before, after types.String

		at := path.Root("channel").AtName(name)
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, at, &before)...)
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, at, &after)...)

		if !before.Equal(after) && !before.IsNull() {
			resp.PlanValue = types.StringUnknown()
		}
	}
}

// fixedIn makes a change of a text of the channel another inbox, in channels of these types: the platform does not take it, and
// does not say so.
func fixedIn(kinds []string, a schema.StringAttribute) schema.StringAttribute {
	a.PlanModifiers = append(a.PlanModifiers, fixed(kinds))
	return a
}

type fixed []string

// Description says what the modifier does.
func (fixed) Description(context.Context) string {
	return "A change is another inbox for some types of channel."
}

// MarkdownDescription is Description.
func (k fixed) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (fixed) ActsOnChangesOnly() {}

// PlanModifyString looks at the type of the channel in the configuration.
func (k fixed) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	isSame := req.PlanValue.Equal(req.StateValue) || tfvalue.IsEmpty(req.PlanValue) && tfvalue.IsEmpty(req.StateValue)
	if isSame || req.State.Raw.IsNull() || req.Plan.Raw.IsNull() {
		return
	}

	var kind types.String

	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel").AtName("type"), &kind)...)

	if slices.Contains(k, kind.ValueString()) {
		resp.RequiresReplace = true
	}
}

// keepHours plans the hours of the state if the configured days are among them, and is ownership.Plan without a configuration.
type keepHours struct{ ownership.Modifier }

// PlanModifyList plans the working hours.
func (m keepHours) PlanModifyList(ctx context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	if req.ConfigValue.IsNull() {
		m.Modifier.PlanModifyList(ctx, req, resp)
		return
	}

	if tfvalue.IsSet(req.StateValue) && holdsDays(ctx, req.StateValue, req.ConfigValue) {
		resp.PlanValue = req.StateValue
	}
}

// holdsDays reports whether each of the configured days is in the state with the same hours.
func holdsDays(ctx context.Context, state, config types.List) bool {
	if slices.ContainsFunc(config.Elements(), func(day attr.Value) bool { return !isWhollyKnown(day) }) {
		return false
	}

	found, diags := hoursRequest(ctx, state)
	wanted, problems := hoursRequest(ctx, config)

	return !diags.HasError() && !problems.HasError() && tfvalue.IsSet(config) && refusedHours(wanted, found) == ""
}

func isWhollyKnown(v attr.Value) bool {
	raw, err := v.ToTerraformValue(context.Background())
	return err == nil && raw.IsFullyKnown()
}
