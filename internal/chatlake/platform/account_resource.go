package platform

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

var (
	_ resource.ResourceWithConfigure   = (*accountResource)(nil)
	_ resource.ResourceWithIdentity    = (*accountResource)(nil)
	_ resource.ResourceWithImportState = (*accountResource)(nil)
)

func newAccountResource() resource.Resource { return &accountResource{of("chatlake_platform_account")} }

type accountResource struct{ aboveAccounts }

const maxDomain = 100

var limitNames = []string{"agents", "inboxes", "captain_responses", "captain_documents", "emails"}

func (r *accountResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An account of the server, with its features and limits, by the platform API. There are no people in a new account: add them with `chatlake_platform_account_user`.\n\n" +
			"**Destroy deletes the account with everything in it**, in a background job. The server can then never again list the accounts of the app: `chatlake_platform_accounts`, the list and the export of accounts fail from then on, and say so, while each account is read by its id as before. " +
			"Names are not unique, so a create whose answer is lost may have made an account that only the Super Admin Console shows.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/accounts/create-an-account).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The account's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "The account's name. Its administrators may change it, too.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"locale":        attribute.FollowedFrom("en", "The account's language, such as `de` or `pt_BR`. The platform's default is `en`.", stringvalidator.RegexMatches(account.LocaleName, `must be the name of a language, such as "en" or "pt_BR"`)),
			"domain":        account.ManagedText("The domain of the account's addresses for incoming e-mail.", maxDomain),
			"support_email": account.ManagedText("The address that e-mail comes from. Without one, it is the installation's.", account.MaxString, attribute.Email()),
			"status":        attribute.FollowedFrom("active", "`active`, or `suspended`: members then reach nothing in the account. The platform's default is `active`.", stringvalidator.OneOf("", "active", "suspended")),
			"features": schema.MapAttribute{
				MarkdownDescription: "Features by name, such as `{ help_center = true, campaigns = false }`. Only those that are named here are switched and watched; one that is taken out stays as it is. An import finds none. " +
					"The names depend on the server's release, and it crashes over one that it does not know.",
				Optional: true, ElementType: types.BoolType,
				Validators: []validator.Map{mapvalidator.NoNullValues(), mapvalidator.KeysAre(attribute.NotEmpty())},
			},
			"limits": account.Managed(schema.MapAttribute{
				MarkdownDescription: "How much the account may have, whole: " + attribute.Choices(limitNames...) + ". What is not named has no limit of the account's own.",
				Optional:            true, ElementType: types.Int64Type,
				Validators: []validator.Map{
					mapvalidator.NoNullValues(), mapvalidator.KeysAre(stringvalidator.OneOf(limitNames...)),
					mapvalidator.ValueInt64sAre(int64validator.Between(0, account.MaxInteger)),
				},
			}),
			"custom_attributes": account.Managed(schema.DynamicAttribute{
				MarkdownDescription: "Any object, whole: a key that is not in it is removed. What `chatlake_account_settings` has of the company, such as `industry`, is among the keys.",
				Optional:            true, Validators: []validator.Dynamic{account.JSONObject()}, PlanModifiers: []planmodifier.Dynamic{attribute.KeepSpelling()},
			}),
			"timeouts": account.DeleteTimeouts(ctx),
		},
	}
}

// Create creates the account.
func (r *accountResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan accountModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.client.CreateAccount(ctx, plan.changeFrom(accountModel{}))
	if err != nil {
		r.addError(&resp.Diagnostics, "create", "", err)
		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.keepCreate(ctx, req, resp)
}

// Read refreshes the state.
func (r *accountResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state accountModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	imported := r.startRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.client.Account(ctx, api.ParseID(state.ID.ValueString()))
	if !r.isFound(ctx, err, state.ID.ValueString(), resp) {
		return
	}

	state.fromAPI(found, imported)
	storeFound(ctx, req, resp, before, state, imported)
}

// Update sends what changed.
func (r *accountResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state accountModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.PlatformAccountRequest{}) {
		updated, err := r.client.UpdateAccount(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			r.addError(&resp.Diagnostics, "update", state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.keepUpdate(ctx, req, resp)
}

// Delete deletes the account, and waits until it is gone.
func (r *accountResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state accountModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	timeout, diags := state.Timeouts.Delete(ctx, account.DeleteTimeout)
	resp.Diagnostics.Append(diags...)

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	id := api.ParseID(state.ID.ValueString())
	err := account.DeleteInBackground(ctx, req, resp,
		func(ctx context.Context) error { return r.client.DeleteAccount(ctx, id) },
		func(ctx context.Context) error { return r.client.AwaitDeletedAccount(ctx, id) })
	r.endDelete(&resp.Diagnostics, state.ID.ValueString(), err)
}
