package account

import (
	"context"
	"fmt"
	"maps"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// accountID is the attribute that every type has. The types themselves know nothing of it: it is taken out of what they
// get, and put into what they return.
const accountID = "account_id"

// Bind gives every resource the attribute account_id. State of another account than the provider's is neither read nor
// written nor dropped, whether or not Terraform knows identities.
func Bind(builds []func() resource.Resource) []func() resource.Resource {
	bound := make([]func() resource.Resource, len(builds))

	for i, build := range builds {
		form := sync.OnceValue(func() form { return formOf(build()) })
		bound[i] = func() resource.Resource {
			own, _ := build().(bindable) // All of them embed Resource.
			return &boundResource{bindable: own, form: form}
		}
	}

	return bound
}

// bindable is what every resource of the platform is, because it embeds Resource.
type bindable interface {
	resource.ResourceWithConfigure
	resource.ResourceWithIdentity
	resource.ResourceWithImportState
	resource.ResourceWithModifyPlan
	ChecksPlanOnly()
}

// form is the schema of a type, without the account and with it, and the types of their objects.
type form struct {
	own, bound         schema.Schema
	ownKind, boundKind tftypes.Type
}

func formOf(r resource.Resource) form {
	ctx := context.Background()

	var resp resource.SchemaResponse

	r.Schema(ctx, resource.SchemaRequest{}, &resp)

	bound := resp.Schema
	bound.Attributes = maps.Clone(bound.Attributes)
	bound.Attributes[accountID] = attribute.Stable("The id of the account that the object is in. " +
		"If the provider is configured for another one, the object is neither read nor changed nor destroyed.")

	return form{resp.Schema, bound, resp.Schema.Type().TerraformType(ctx), bound.Type().TerraformType(ctx)}
}

// boundResource is a resource with the account in its state.
type boundResource struct {
	bindable

	form   func() form
	client *api.Client
}

// Configure takes the platform's client.
func (b *boundResource) Configure(ctx context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	b.client = ClientOf(req.ProviderData, &resp.Diagnostics)
	b.bindable.Configure(ctx, req, resp)
}

// Schema adds the account.
func (b *boundResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = b.form().bound
}

// ValidateConfig validates what the type validates.
func (b *boundResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	validating, ok := b.bindable.(resource.ResourceWithValidateConfig)
	if !ok {
		return
	}

	req.Config = b.configOf(req.Config)
	validating.ValidateConfig(ctx, req, resp)
}

// ModifyPlan plans the account, also that of an object that is to be destroyed.
func (b *boundResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if b.isStateElsewhere(ctx, req.State, req.Identity, &resp.Diagnostics) {
		return
	}

	inner := *resp
	inner.Plan = b.planOf(resp.Plan)
	prior := accountOf(req.State.Raw)
	req.Config, req.Plan, req.State = b.configOf(req.Config), b.planOf(req.Plan), b.stateOf(req.State)

	b.bindable.ModifyPlan(ctx, req, &inner)

	inner.Plan = tfsdk.Plan{Raw: b.with(inner.Plan.Raw, prior), Schema: resp.Plan.Schema}
	*resp = inner
}

// Create creates the object.
func (b *boundResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	if b.isElsewhere(accountOf(req.Plan.Raw), "plan", &resp.Diagnostics) {
		return
	}

	inner := *resp
	inner.State = b.stateOf(resp.State)
	req.Config, req.Plan = b.configOf(req.Config), b.planOf(req.Plan)

	b.bindable.Create(ctx, req, &inner)

	inner.State = b.boundState(inner.State)
	*resp = inner
}

// Read refreshes the state. One that an earlier version of the provider wrote gets its account. What means the same as before
// keeps its spelling, unless the object has just been imported.
func (b *boundResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	if b.isStateElsewhere(ctx, req.State, req.Identity, &resp.Diagnostics) {
		return
	}

	imported, diags := ownership.IsImported(ctx, req.Private)
	resp.Diagnostics.Append(diags...)

	inner := *resp
	inner.State = b.stateOf(resp.State)
	req.State = b.stateOf(req.State)

	b.bindable.Read(ctx, req, &inner)

	if !imported {
		planned.KeepSpelling(req.State, &inner.State)
	}

	inner.State = b.boundState(inner.State)
	*resp = inner
}

// Update updates the object.
func (b *boundResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	if b.isStateElsewhere(ctx, req.State, req.Identity, &resp.Diagnostics) {
		return
	}

	inner := *resp
	inner.State = b.stateOf(resp.State)
	req.Config, req.Plan, req.State = b.configOf(req.Config), b.planOf(req.Plan), b.stateOf(req.State)

	b.bindable.Update(ctx, req, &inner)

	inner.State = b.boundState(inner.State)
	*resp = inner
}

// Delete deletes the object.
func (b *boundResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	if b.isStateElsewhere(ctx, req.State, req.Identity, &resp.Diagnostics) {
		return
	}

	inner := *resp
	inner.State = b.stateOf(resp.State)
	req.State = b.stateOf(req.State)

	b.bindable.Delete(ctx, req, &inner)

	inner.State = b.boundState(inner.State)
	*resp = inner
}

// ImportState takes an import id or an identity.
func (b *boundResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	inner := *resp
	inner.State = b.stateOf(resp.State)

	b.bindable.ImportState(ctx, req, &inner)

	inner.State = b.boundState(inner.State)
	*resp = inner
}

// isStateElsewhere reports whether a state is of another account than the provider's, and adds an error if so. A state
// without an account is of an earlier version of the provider; its identity may tell.
func (b *boundResource) isStateElsewhere(ctx context.Context, state tfsdk.State, identity *tfsdk.ResourceIdentity, diags *diag.Diagnostics) bool {
	account := accountOf(state.Raw)
	if account.IsNull() && !state.Raw.IsNull() && identity != nil && !identity.Raw.IsNull() {
		diags.Append(identity.GetAttribute(ctx, path.Root(accountID), &account)...)
	}

	return b.isElsewhere(account, "state", diags)
}

// isElsewhere reports whether a state or a plan is of another account than the provider's, and adds an error if so.
func (b *boundResource) isElsewhere(account types.String, what string, diags *diag.Diagnostics) bool {
	if b.client == nil || account.ValueString() == "" || account.ValueString() == b.client.AccountID {
		return false
	}

	diags.AddError("The "+what+" is of another account", fmt.Sprintf(
		"The %s is of account %s, and the provider is configured for account %s. Nothing was read, changed or destroyed. "+
			"Set chatlake.account_id (or CHATLAKE_ACCOUNT_ID) to %[2]s, or use another state for account %[3]s.",
		what, account.ValueString(), b.client.AccountID))

	return true
}

// accountOf returns the account in a state or a plan; null if there is none, or none yet.
func accountOf(raw tftypes.Value) types.String {
	members, _ := tfvalue.RawMembers(raw)

	var account *string

	value, ok := members[accountID]
	if !ok || !value.IsKnown() || value.As(&account) != nil {
		return types.StringNull()
	}

	return types.StringPointerValue(account)
}

func (b *boundResource) configOf(bound tfsdk.Config) tfsdk.Config {
	return tfsdk.Config{Raw: without(bound.Raw, b.form().ownKind), Schema: b.form().own}
}

func (b *boundResource) planOf(bound tfsdk.Plan) tfsdk.Plan {
	return tfsdk.Plan{Raw: without(bound.Raw, b.form().ownKind), Schema: b.form().own}
}

func (b *boundResource) stateOf(bound tfsdk.State) tfsdk.State {
	return tfsdk.State{Raw: without(bound.Raw, b.form().ownKind), Schema: b.form().own}
}

// boundState returns the state that a type returned, of the form of the bound one.
func (b *boundResource) boundState(own tfsdk.State) tfsdk.State {
	return tfsdk.State{Raw: b.with(own.Raw, types.StringNull()), Schema: b.form().bound}
}

// with returns an object with its account: the known one, or the provider's.
func (b *boundResource) with(raw tftypes.Value, known types.String) tftypes.Value {
	kind := b.form().boundKind

	switch {
	case !known.IsNull():
		return with(raw, kind, known.ValueString())
	case b.client == nil || b.client.AccountID == "":
		return with(raw, kind, tftypes.UnknownValue)
	default:
		return with(raw, kind, b.client.AccountID)
	}
}

// without returns an object without its account.
func without(raw tftypes.Value, kind tftypes.Type) tftypes.Value {
	members, ok := tfvalue.RawMembers(raw)
	if !ok {
		return tftypes.NewValue(kind, nil)
	}

	members = maps.Clone(members) // They are the value's own.
	delete(members, accountID)

	return tftypes.NewValue(kind, members)
}

// with returns an object with an account.
func with(raw tftypes.Value, kind tftypes.Type, account any) tftypes.Value {
	members, ok := tfvalue.RawMembers(raw)
	if !ok {
		return tftypes.NewValue(kind, nil)
	}

	members = maps.Clone(members)
	members[accountID] = tftypes.NewValue(tftypes.String, account)

	return tftypes.NewValue(kind, members)
}

// BindDataSources gives every data source the attribute account_id.
func BindDataSources(builds []func() datasource.DataSource) []func() datasource.DataSource {
	bound := make([]func() datasource.DataSource, len(builds))

	for i, build := range builds {
		bound[i] = func() datasource.DataSource {
			own, _ := build().(datasource.DataSourceWithConfigure) // All of them need the client.
			return &boundDataSource{DataSourceWithConfigure: own}
		}
	}

	return bound
}

// boundDataSource is a data source with the account in its state.
type boundDataSource struct {
	datasource.DataSourceWithConfigure

	client *api.Client
}

// Configure takes the platform's client.
func (b *boundDataSource) Configure(ctx context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	b.client = ClientOf(req.ProviderData, &resp.Diagnostics)
	b.DataSourceWithConfigure.Configure(ctx, req, resp)
}

// Schema adds the account.
func (b *boundDataSource) Schema(ctx context.Context, req datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	b.DataSourceWithConfigure.Schema(ctx, req, resp)
	resp.Schema.Attributes = maps.Clone(resp.Schema.Attributes)
	resp.Schema.Attributes[accountID] = attribute.Found("The id of the account that was asked: the provider's.")
}

// ConfigValidators returns those of the type.
func (b *boundDataSource) ConfigValidators(ctx context.Context) []datasource.ConfigValidator {
	validating, ok := b.DataSourceWithConfigure.(datasource.DataSourceWithConfigValidators)
	if !ok {
		return nil
	}

	return validating.ConfigValidators(ctx)
}

// Read reads what the type reads.
func (b *boundDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var own datasource.SchemaResponse

	b.DataSourceWithConfigure.Schema(ctx, datasource.SchemaRequest{}, &own)

	kind := own.Schema.Type().TerraformType(ctx)
	inner := *resp
	inner.State = tfsdk.State{Raw: without(resp.State.Raw, kind), Schema: own.Schema}
	req.Config = tfsdk.Config{Raw: without(req.Config.Raw, kind), Schema: own.Schema}

	b.DataSourceWithConfigure.Read(ctx, req, &inner)

	inner.State = tfsdk.State{Raw: with(inner.State.Raw, resp.State.Schema.Type().TerraformType(ctx), b.client.AccountID), Schema: resp.State.Schema}
	*resp = inner
}
