package imichat

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
)

// proposal is one attribute of a plan.
type proposal struct {
	config, plan, state attr.Value
	// isNew reports that the object does not exist yet.
	isNew   bool
	at      path.Path
	private ownership.Reader
}

// decision returns the value to plan, and whether it needs a new object.
type decision func(ctx context.Context, p proposal) (attr.Value, bool)

// modifier is a plan modifier for attributes of the types that this room has.
type modifier struct {
	text   string
	decide decision
}

// keeping is a modifier that leaves a plan alone that is what the state is.
type keeping struct{ modifier }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (keeping) ActsOnChangesOnly() {}

// clearing is a modifier that has something to do with what leaves the configuration.
type clearing struct{ modifier }

// ActsOnRemovedOnly marks a modifier that changes a plan that is what the state is only where the configuration has no value
// for an attribute that the state has.
func (clearing) ActsOnRemovedOnly() {}

var (
	_ planmodifier.String = modifier{}
	_ planmodifier.Map    = modifier{}
	_ planmodifier.List   = modifier{}
	_ planmodifier.Object = modifier{}
	_ planmodifier.Set    = modifier{}
)

// Description returns what the modifier does.
func (m modifier) Description(context.Context) string { return m.text }

// MarkdownDescription returns the same as Description.
func (m modifier) MarkdownDescription(context.Context) string { return m.text }

// PlanModifyString plans a text.
func (m modifier) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	value, replaces := m.decide(ctx, proposal{req.ConfigValue, req.PlanValue, req.StateValue, req.State.Raw.IsNull(), req.Path, req.Private})
	resp.PlanValue, _ = value.(types.String)
	resp.RequiresReplace = replaces
}

// PlanModifyMap plans a map.
func (m modifier) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	value, replaces := m.decide(ctx, proposal{req.ConfigValue, req.PlanValue, req.StateValue, req.State.Raw.IsNull(), req.Path, req.Private})
	resp.PlanValue, _ = value.(types.Map)
	resp.RequiresReplace = replaces
}

// PlanModifyList plans a list.
func (m modifier) PlanModifyList(ctx context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	value, replaces := m.decide(ctx, proposal{req.ConfigValue, req.PlanValue, req.StateValue, req.State.Raw.IsNull(), req.Path, req.Private})
	resp.PlanValue, _ = value.(types.List)
	resp.RequiresReplace = replaces
}

// PlanModifyObject plans an object.
func (m modifier) PlanModifyObject(ctx context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	value, replaces := m.decide(ctx, proposal{req.ConfigValue, req.PlanValue, req.StateValue, req.State.Raw.IsNull(), req.Path, req.Private})
	resp.PlanValue, _ = value.(types.Object)
	resp.RequiresReplace = replaces
}

// PlanModifySet plans a set.
func (m modifier) PlanModifySet(ctx context.Context, req planmodifier.SetRequest, resp *planmodifier.SetResponse) {
	value, replaces := m.decide(ctx, proposal{req.ConfigValue, req.PlanValue, req.StateValue, req.State.Raw.IsNull(), req.Path, req.Private})
	resp.PlanValue, _ = value.(types.Set)
	resp.RequiresReplace = replaces
}

// isSame reports whether the configuration means what the state has. Terraform accepts the state's spelling in a plan if
// both have a value.
func (p proposal) isSame(ctx context.Context) bool {
	return !p.config.IsUnknown() && isSame(ctx, p.config, p.state)
}

// keep returns the state's spelling of what the configuration means.
func (p proposal) keep() attr.Value {
	if p.config.IsNull() || p.state.IsNull() {
		return p.plan
	}

	return p.state
}

// followPlatform returns the modifier of an attribute that agents and timers change unless it is configured. The plan keeps
// the known value. IsFound tells that the platform has a value of its own if none is given.
func followPlatform(isFound bool) keeping {
	return keeping{modifier{"Keeps the last known value unless it is configured.", func(ctx context.Context, p proposal) (attr.Value, bool) {
		switch {
		case p.isNew && p.config.IsNull() && !isFound:
			return p.config, false
		case p.isNew || p.config.IsUnknown():
			return p.plan, false
		case isEmpty(p.config) && (!p.state.IsNull() || p.config.IsNull()):
			return p.state, false
		case p.isSame(ctx) || hasAllOf(p.config, p.state):
			return p.keep(), false
		default:
			return p.plan, false
		}
	}}}
}

// hasAllOf reports whether a map in the state has all that the configuration sets. Its other keys belong to others.
func hasAllOf(config, state attr.Value) bool {
	wanted, isMap := config.(types.Map)
	found, _ := state.(types.Map)

	for key, value := range wanted.Elements() {
		if !value.Equal(found.Elements()[key]) {
			return false
		}
	}

	return isMap
}

// keepAsCreated returns the modifier of an attribute that a chat gets when it is created and keeps. Removing it from the
// configuration changes nothing. If an imported chat did not show it, the configured value is taken. IsFound tells that the
// platform has a value of its own if none is given.
func keepAsCreated(isFound bool) keeping {
	return keeping{modifier{"Another value makes a new chat. A value that is removed stays.", func(ctx context.Context, p proposal) (attr.Value, bool) {
		isUnread := p.state.IsNull() && hasFlag(ctx, p.private, privateListed)

		switch {
		case p.isNew && p.config.IsNull() && !isFound:
			return p.config, false
		case p.isNew:
			return p.plan, false
		case isEmpty(p.config) && (!p.state.IsNull() || p.config.IsNull()):
			return p.state, false
		case p.isSame(ctx):
			return p.keep(), false
		default:
			return p.plan, !isUnread
		}
	}}}
}

// clearManaged returns the modifier of an attribute that is cleared on the platform when it leaves the configuration that
// managed it. A value that an import found and no configuration has named stays, key by key.
func clearManaged() clearing {
	return clearing{modifier{"Clears what was configured, and leaves everything else as it is.", func(ctx context.Context, p proposal) (attr.Value, bool) {
		if p.isNew || p.config.IsUnknown() || isEmpty(p.state) {
			if p.config.IsNull() {
				return p.config, false
			}

			return p.plan, false
		}

		managed, _ := ownership.Load(ctx, p.private)
		if p.isSame(ctx) || leavesAll(managed, p) {
			return p.state, false
		}

		return p.config, false
	}}}
}

// leavesAll reports whether everything that the configuration lacks belongs to others, and the rest is as it is.
func leavesAll(managed ownership.Managed, p proposal) bool {
	name := p.at.String()

	state, isMap := p.state.(types.Map)
	if !isMap {
		return isEmpty(p.config) && !managed.Has(name)
	}

	config, _ := p.config.(types.Map)
	if !hasAllOf(p.config, p.state) {
		return false
	}

	return !slices.ContainsFunc(slices.Collect(maps.Keys(state.Elements())), func(key string) bool {
		_, isWanted := config.Elements()[key]
		return !isWanted && managed.HasKey(name, key)
	})
}

// resendOnChange returns the modifier of an attribute that was sent in a message. Another value sends the message once more; another spelling does not.
func resendOnChange() clearing {
	return clearing{modifier{"Another value sends the message once more.", func(ctx context.Context, p proposal) (attr.Value, bool) {
		switch {
		case p.isNew:
			return p.plan, false
		case p.isSame(ctx):
			return p.keep(), false
		default:
			return p.plan, true
		}
	}}}
}

// resendOnTrigger returns the modifier of triggers. Removing them sends nothing.
func resendOnTrigger() keeping {
	return keeping{modifier{"A change sends the message once more.", func(ctx context.Context, p proposal) (attr.Value, bool) {
		switch {
		case p.isNew || isEmpty(p.config):
			return p.plan, false
		case p.isSame(ctx):
			return p.keep(), false
		default:
			return p.plan, true
		}
	}}}
}
