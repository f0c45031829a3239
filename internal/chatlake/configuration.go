package chatlake

import (
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// configurationResource is embedded by the objects of an account's configuration: each has an integer id and is imported
// by it.
type configurationResource struct{ configuredResource }

// identityModel is the identity of an object in an account.
type identityModel struct {
	AccountID types.String `tfsdk:"account_id"`
	ID        types.String `tfsdk:"id"`
}

// IdentitySchema is the account and the object's id.
func (r *configurationResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"account_id": identityschema.StringAttribute{OptionalForImport: true, Description: "The account's id; the provider's unless given."},
		"id":         identityschema.StringAttribute{RequiredForImport: true, Description: "The object's id."},
	}}
}

// identify stores the identity, where Terraform knows identities.
func (r *configurationResource) identify(ctx context.Context, identity *tfsdk.ResourceIdentity, id types.String) diag.Diagnostics {
	if identity == nil {
		return nil
	}

	return identity.Set(ctx, identityModel{AccountID: types.StringValue(r.client.AccountID), ID: id})
}

var importID = regexp.MustCompile(`^[1-9][0-9]{0,17}$`)

// ImportState takes an id, alone or in an identity. Read does the rest.
func (r *configurationResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := types.StringValue(req.ID)
	if req.ID == "" && req.Identity != nil {
		var identity identityModel
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		r.foreign(identity.AccountID, &resp.Diagnostics)
		id = identity.ID
	}

	if !importID.MatchString(id.ValueString()) {
		resp.Diagnostics.AddError("Import id of an unexpected form", fmt.Sprintf("The id of the object was expected, a whole number such as \"42\", not %q.", id.ValueString()))
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, id)...)
}

// send puts an attribute into a request if the plan changes it: its value, or null if it is to be cleared.
func send(fields api.Fields, name string, prior, plan attr.Value) {
	if changes(prior, plan) {
		fields[name] = tfvalue.JSON(plan)
	}
}

// sendID is send for the id of another object, which goes over the wire as an integer.
func sendID(fields api.Fields, name string, prior, plan types.String) {
	switch {
	case !changes(prior, plan):
	case plan.IsNull():
		fields[name] = nil
	default:
		fields[name] = api.ParseID(plan.ValueString())
	}
}

func changes(prior, plan attr.Value) bool {
	return !(plan.IsNull() && prior.IsNull()) && tfvalue.Changed(prior, plan)
}

// kept is what an optional attribute becomes when it was read: nothing, as long as it is not managed here. An import
// manages everything that was found.
func kept[V attr.Value](imported bool, prior, found V) V {
	if imported || !prior.IsNull() {
		return found
	}

	return prior
}

// nullable is a text that the platform may not have; "" counts as that.
func nullable(s *string) types.String {
	if s == nil {
		return types.StringNull()
	}

	return tfvalue.StringOrNull(*s)
}

// holder is an object that was found under the natural key of one that could not be created.
type holder struct {
	kind, key, value string
	id               api.ID // 0 is none.
	within           string // What an import names before the id, such as "help/".
	same             bool   // It is all that the new one should be.
}

// keyed says that a create may have failed because the key is taken: by the field that was refused, or because its answer
// never came and the object may be its own.
func keyed(err error, field string) bool {
	failure := transport.As(err)
	return failure != nil && (failure.Lost || failure.Fields[field] != "")
}

// mayTake decides about the holder of the key after a create failed. What is just as it should be after an answer that
// was lost is this create's own work.
func mayTake(diags *diag.Diagnostics, action string, cause error, adopt types.Bool, h holder) bool {
	switch {
	case h.id == 0:
		apidiag.Add(diags, action, cause)
		return false
	case adopt.ValueBool(), h.same && transport.IsLost(cause):
		return true
	default:
		apidiag.Taken(diags, h.kind, h.key, h.value, h.within+h.id.String())
		return false
	}
}

// crash is the HTTP status of a server that stumbled over what it should have refused.
const crash = 500

// crashedOver reports a failure, and what the server may have crashed over: some choices that it does not know it does
// not refuse.
func crashedOver(diags *diag.Diagnostics, action string, err error, field, reason string) {
	failure := transport.As(err)
	if failure != nil && failure.Status == crash {
		diags.AddAttributeError(path.Root(field), "Unable to "+action, reason+"\n\n"+apidiag.Detail(err))
		return
	}

	apidiag.Add(diags, action, err)
}

var upperCase = regexp.MustCompile(`^[^\p{Lu}\p{Lt}]*$`)

// lowerCase refuses capitals in what the platform stores without them.
func lowerCase() validator.String {
	return stringvalidator.RegexMatches(upperCase, "must be in lower case: the platform stores it that way")
}

// settle puts what was planned back into a state that was filled from the platform's answer. Somebody may have changed
// an attribute that nobody configures since it was planned: Terraform would call that a bug, and the next refresh finds it
// anyway. What a failure left undone stays visible.
func settle(plan tfsdk.Plan, state *tfsdk.State, failed diag.Diagnostics) diag.Diagnostics {
	if failed.HasError() {
		return nil
	}

	var diags diag.Diagnostics

	raw, err := tftypes.Transform(state.Raw, func(at *tftypes.AttributePath, found tftypes.Value) (tftypes.Value, error) {
		planned, _, err := tftypes.WalkAttributePath(plan.Raw, at)
		if value, ok := planned.(tftypes.Value); ok && err == nil && value.IsFullyKnown() && value.Type().Equal(found.Type()) {
			return value, nil
		}

		return found, nil
	})
	if err != nil {
		diags.AddError("Unable to store what was applied", err.Error())
		return diags
	}

	state.Raw = raw

	return diags
}
