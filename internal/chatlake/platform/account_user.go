package platform

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	dschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*accountUserResource)(nil)
	_ resource.ResourceWithIdentity    = (*accountUserResource)(nil)
	_ resource.ResourceWithImportState = (*accountUserResource)(nil)
)

func newAccountUserResource() resource.Resource {
	return &accountUserResource{of("chatlake_platform_account_user", "account_id", "user_id")}
}

type accountUserResource struct{ aboveAccounts }

// accountUserModel is a person's place in an account.
type accountUserModel struct {
	accountUserData
	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// accountUserData is what a data source has of it.
type accountUserData struct {
	ID        types.String `tfsdk:"id"`
	AccountID types.String `tfsdk:"account_id"`
	UserID    types.String `tfsdk:"user_id"`
	Role      types.String `tfsdk:"role"`
}

func (m *accountUserData) fromAPI(found api.AccountUser) {
	m.ID = types.StringValue(found.ID.String())
	m.AccountID = types.StringValue(found.AccountID.String())
	m.UserID = types.StringValue(found.UserID.String())
	m.Role = tfvalue.StringOrNull(found.Role)
}

// label names the place for errors.
func (m *accountUserData) label() string {
	return m.AccountID.ValueString() + "/" + m.UserID.ValueString()
}

func (r *accountUserResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	part := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			MarkdownDescription: description, Required: true, Validators: []validator.String{attribute.IntegerID()},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A person's place in an account, with a role, by the platform API. " +
			"Destroy takes the person out of the account; they stay on the server. " +
			"Within the account, the same person is a `chatlake_agent`: availability and a custom role are set there.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/account-users/create-an-account-user).",
		Attributes: map[string]schema.Attribute{
			"id":         attribute.ID("The place's id."),
			"account_id": part("The account's id. Another one is another place."),
			"user_id":    part("The person's id. Another one is another place."),
			"role": attribute.FollowedFrom("agent", "`agent` or `administrator`. The platform's default is `agent`. Administrators of the account may change it, too.",
				stringvalidator.OneOf("", "agent", "administrator")),
			"adopt_existing": attribute.AdoptExisting("account_id and user_id", false),
		},
	}
}

// Create adds the person.
func (r *accountUserResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan accountUserModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if !r.claims.Claim(r.form.Type, plan.label()) {
		adopt.AddManaged(&resp.Diagnostics, r.form.Type, plan.label())
		return
	}

	created, ok := r.addTo(ctx, plan, &resp.Diagnostics)
	if !ok {
		r.claims.Release(r.form.Type, plan.label())
		return
	}

	plan.fromAPI(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.keepCreate(ctx, req, resp)
}

// addTo adds the person to the account. The platform would change the role of somebody who is in it already, so this is looked
// for first. It reports false if it has added an error.
func (r *accountUserResource) addTo(ctx context.Context, plan accountUserModel, diags *diag.Diagnostics) (api.AccountUser, bool) {
	found, err := r.client.AccountUser(ctx, api.ParseID(plan.AccountID.ValueString()), api.ParseID(plan.UserID.ValueString()))

	switch {
	case transport.IsNotFound(err): // The person, or the account, which the next request tells.
	case err != nil:
		r.addError(diags, "create", "", err)
		return found, false
	case !plan.AdoptExisting.ValueBool():
		apidiag.Taken(diags, r.form.Type, "account_id and user_id", plan.label())
		return found, false
	default:
		r.claims.Adopted(r.form.Type, plan.label())

		if plan.Role.ValueString() == "" || plan.Role.ValueString() == found.Role {
			return found, true
		}
	}

	created, err := r.set(ctx, plan)
	if err != nil {
		r.addError(diags, "create", "", err)
	}

	return created, err == nil
}

// set sends the role, which the platform takes for "agent" if it is left out.
func (r *accountUserResource) set(ctx context.Context, plan accountUserModel) (api.AccountUser, error) {
	role := api.Nullable[string]{}
	if plan.Role.ValueString() != "" {
		role = account.TextChange(types.StringNull(), plan.Role)
	}

	return r.client.SetAccountUser(ctx, api.ParseID(plan.AccountID.ValueString()), api.ParseID(plan.UserID.ValueString()), role)
}

// Read refreshes the state.
func (r *accountUserResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state accountUserModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	imported := r.startRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.client.AccountUser(ctx, api.ParseID(state.AccountID.ValueString()), api.ParseID(state.UserID.ValueString()))
	if !r.isFound(ctx, err, state.label(), resp) {
		return
	}

	state.fromAPI(found)
	storeFound(ctx, req, resp, before, state, imported)
}

// Update changes the role.
func (r *accountUserResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state accountUserModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if tfvalue.Changed(state.Role, plan.Role) {
		updated, err := r.set(ctx, plan)
		if err != nil {
			r.addError(&resp.Diagnostics, "update", plan.label(), err)
			return
		}

		plan.fromAPI(updated)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.keepUpdate(ctx, req, resp)
}

// Delete takes the person out of the account, unless another resource has adopted them in this run.
func (r *accountUserResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state accountUserModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if r.claims.IsAdopted(r.form.Type, state.label()) {
		ownership.ReportKept(&resp.Diagnostics, r.form.Type, state.label())
		return
	}

	err := r.client.RemoveAccountUser(ctx, api.ParseID(state.AccountID.ValueString()), api.ParseID(state.UserID.ValueString()))
	r.endDelete(&resp.Diagnostics, state.label(), err)
	r.claims.Release(r.form.Type, state.label())
}

// accountUserSources are the data sources chatlake_platform_account_user and chatlake_platform_account_users.
var accountUserSources = lookup.Sources[api.Platform, api.AccountUser, accountUserData]{
	Type: "chatlake_platform_account_user", Plural: "chatlake_platform_account_users", ListName: "account_users",
	Description:       "A person's place in an account, by the person's id.",
	PluralDescription: "Who is in an account, by the platform API.",
	ListDescription:   "The places, by id.",
	Parent: &lookup.Parent{
		Name: "account_id", Attribute: attribute.RequiredLookup("The account's id.", attribute.IntegerID()),
	},
	Attributes: map[string]dschema.Attribute{
		"id":         attribute.Found("The place's id."),
		"account_id": attribute.Found("The account's id."),
		"user_id":    attribute.Found("The person's id."),
		"role":       attribute.Found("`agent` or `administrator`."),
	},
	Keys: []lookup.Key[api.AccountUser]{{
		Name: "user_id", Attribute: attribute.RequiredLookup("The person's id.", attribute.IntegerID()),
		Of: func(found api.AccountUser) string { return found.UserID.String() },
	}},
	Client: clientOf,
	All: func(ctx context.Context, client *api.Platform, of string) ([]api.AccountUser, error) {
		return client.AccountUsers(ctx, api.ParseID(of))
	},
	Model: func(found api.AccountUser, _ string) accountUserData {
		var m accountUserData
		m.fromAPI(found)

		return m
	},
}

var accountUserList = lookup.Listing[*api.Platform, api.AccountUser, accountUserModel]{
	Type: "chatlake_platform_account_user", Noun: "users of the account",
	Description: "Who is in an account that the platform app made or was given. The account's own token lists the same people as `chatlake_agent`.",
	Arguments: map[string]listschema.Attribute{
		"account_id": lookup.Owner("The account's id.", attribute.IntegerID()),
	},
	Client: clientOf,
	Objects: func(ctx context.Context, client *api.Platform, given lookup.Arguments) iter.Seq2[api.AccountUser, error] {
		return lookup.Each(func() ([]api.AccountUser, error) {
			return client.AccountUsers(ctx, api.ParseID(given.Text("account_id")))
		})
	},
	Name: func(found api.AccountUser) string { return found.AccountID.String() + "/" + found.UserID.String() },
	Identity: func(_ *api.Platform, found api.AccountUser, _ lookup.Arguments) map[string]string {
		return map[string]string{"account_id": found.AccountID.String(), "user_id": found.UserID.String()}
	},
	Fill: func(_ context.Context, _ *api.Platform, m *accountUserModel, found api.AccountUser, _ *diag.Diagnostics) bool {
		m.fromAPI(found)
		return true
	},
	AddError: func(diags *diag.Diagnostics, given lookup.Arguments, err error) {
		if transport.IsNotFound(err) {
			apidiag.AddAbout(diags, path.Root("account_id"), "list users of the account", "account "+given.Text("account_id"), err)
			return
		}

		apidiag.Add(diags, "list users of the account", err)
	},
}
