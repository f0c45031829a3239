package desk

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// agentName is the attribute for the name of a person, which is the same in all accounts.
func agentName() schema.StringAttribute {
	name := attribute.Followed("The user's name, in all accounts of the installation. The default is what the address has before the `@`; "+
		"users may change it themselves. Somebody whom the installation knew before they were added keeps the name that they had, "+
		"with a warning, unless `adopt_existing` is set.", stringvalidator.UTF8LengthAtMost(account.MaxString))
	name.PlanModifiers = append(name.PlanModifiers, unlessKnownBefore{})

	return name
}

// knownAs is where the private state has the name of a person whom the installation knew before they were added.
const knownAs = "known_as"

// keepName returns the name for the state of a new agent, and records the one that the person had before.
func keepName(ctx context.Context, found, wanted types.String, private ownership.Writer, diags *diag.Diagnostics) types.String {
	if !tfvalue.IsSet(wanted) || !tfvalue.Changed(found, wanted) {
		return found
	}

	raw, err := json.Marshal(found.ValueString())
	if err == nil { // A text can always be encoded.
		diags.Append(private.SetKey(ctx, knownAs, raw)...)
	}

	warnOfName(diags)

	return wanted
}

func warnOfName(diags *diag.Diagnostics) {
	diags.AddAttributeWarning(path.Root("name"), "The person keeps the name that they have",
		"The server knew this person before they were added here, by another name, and that name is shown in every account that the person is in. "+
			"So the name was not changed. To change it everywhere, set adopt_existing = true; to follow theirs, take name out.")
}

// unlessKnownBefore is the plan modifier of a name. A person who was there before is renamed only if that is wanted: for all
// accounts are renamed with this one.
type unlessKnownBefore struct{}

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (unlessKnownBefore) ActsOnChangesOnly() {}

// Description returns what the modifier does.
func (unlessKnownBefore) Description(context.Context) string {
	return "Somebody whom the installation knew before keeps their name, unless adopt_existing is set."
}

// MarkdownDescription returns the same as Description.
func (m unlessKnownBefore) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString plans the name that the person has.
func (unlessKnownBefore) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() || !tfvalue.IsSet(req.ConfigValue) || !tfvalue.Changed(req.StateValue, resp.PlanValue) {
		return
	}

	raw, diags := req.Private.GetKey(ctx, knownAs)
	resp.Diagnostics.Append(diags...)

	var (
		before string
		adopts types.Bool
	)

	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("adopt_existing"), &adopts)...)

	if len(raw) == 0 || json.Unmarshal(raw, &before) != nil || before != req.StateValue.ValueString() || adopts.ValueBool() {
		return
	}

	resp.PlanValue = req.StateValue

	warnOfName(&resp.Diagnostics)
}
