package desk

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*accountSettingsResource)(nil)
	_ resource.ResourceWithIdentity    = (*accountSettingsResource)(nil)
	_ resource.ResourceWithImportState = (*accountSettingsResource)(nil)
)

func newAccountSettingsResource() resource.Resource {
	return &accountSettingsResource{account.WithID("chatlake_account_settings")}
}

// mailbox is an address, alone or with a name.
var mailbox = regexp.MustCompile(`^([^<>@]+<[^@\s<>]+@[^@\s<>]+>|[^@\s<>]+@[^@\s<>]+)$`)

type accountSettingsResource struct{ account.ResourceWithID }

func (r *accountSettingsResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The settings of the account that the provider is configured for. The account is there already: create changes only what is configured. " +
			"**Destroy changes nothing**: the account and its settings stay. It needs an administrator's token.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/account/update-account).",
		Attributes: map[string]schema.Attribute{
			"id":     attribute.ID("The account's id."),
			"name":   attribute.Followed("What the account is called.", stringvalidator.UTF8LengthAtMost(account.MaxString)),
			"locale": attribute.Followed("The account's language, such as `en` or `pt_BR`. The platform crashes over one that it does not know.", stringvalidator.RegexMatches(account.LocaleName, "must be a language such as en or pt_BR")),
			"domain": account.ManagedText("The domain of the account's mail.", 100),
			"support_email": account.Managed(schema.StringAttribute{
				MarkdownDescription: "The address that mail comes from, alone or with a name, as in `Support <help@example.com>`. Without one, the platform shows the installation's.",
				Optional:            true,
				Validators: attribute.OrEmpty(
					stringvalidator.UTF8LengthAtMost(100), stringvalidator.RegexMatches(mailbox, "must be an e-mail address, alone or with a name, as in Support <help@example.com>"),
				),
				PlanModifiers: []planmodifier.String{attribute.KeepSpelling()},
			}),
			"auto_resolve_after": account.ManagedNumber("After how many minutes without a message a conversation is resolved, from 10 to 1439856. Never, unless set.",
				int64validator.Between(10, 1_439_856)),
			"auto_resolve_message":        account.ManagedText("What customers are told then.", account.MaxText),
			"auto_resolve_ignore_waiting": account.ManagedFlag("Whether conversations that wait for an agent are left alone."),
			"auto_resolve_label":          account.ManagedText("The label that such conversations get.", account.MaxString, attribute.NotBlank()),
			"audio_transcriptions":        account.ManagedFlag("Whether voice messages are written down; only where the installation can."),
			"industry":                    account.ManagedText("The business's industry.", account.MaxString, attribute.NotBlank()),
			"company_size":                account.ManagedText("The business's size.", account.MaxString, attribute.NotBlank()),
			"timezone":                    account.ManagedText("The business's time zone.", account.MaxString, attribute.NotBlank()),
			"referral_source":             account.ManagedText("How the business heard of the platform.", account.MaxString, attribute.NotBlank()),
			"user_role":                   account.ManagedText("The role of the person who set the account up. The platform never returns it: a change made elsewhere is not found, and an import leaves it out.", account.MaxString, attribute.NotBlank()),
			"website":                     account.ManagedText("The business's site.", account.MaxString, attribute.NotBlank()),
			"conversation_required_attributes": account.ManagedTexts("The keys of custom attributes of conversations that agents have to fill in before they resolve one in the dashboard, in their order "+
				"(enterprise edition, server 4.11.0 or newer). The API resolves without them. A key whose definition is deleted is taken out by the platform.", attribute.NotEmpty()),
			captainModels: account.ManagedObject("The language model of each part of Captain, an object such as `{ editor = \"gpt-4.1\" }` (server 4.10.0 or newer). The parts are "+
				attribute.Choices(captainParts...)+". The server knows which models a part may have, and names them if it refuses one. "+
				"Only the parts that are named here are managed; one that is taken out goes back to the server's default.", modelNames),
			captainFeatures: account.ManagedObject("Which parts of Captain are on, an object such as `{ copilot = true }` (server 4.10.0 or newer), of the same parts. All are off at first. "+
				"Only the parts that are named here are managed; one that is taken out goes back to the server's default.", flags),
		},
	}
}

// ModifyPlan plans the id, which is that of the account.
func (r *accountSettingsResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.Resource.ModifyPlan(ctx, req, resp)

	if r.Client != nil && r.Client.AccountID != "" && req.State.Raw.IsNull() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), r.Client.AccountID)...)
	}
}

// Create takes the account that there is, and changes what is configured.
func (r *accountSettingsResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan accountSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !r.ClaimSettings(&resp.Diagnostics) {
		return
	}

	preferences := plan.preferencesFrom(accountSettingsModel{}, ownership.Managed{}, &resp.Diagnostics)

	found, err := r.change(ctx, plan.changeFrom(accountSettingsModel{}), preferences)
	if err != nil {
		r.ReleaseSettings()
		apidiag.Add(&resp.Diagnostics, "change account "+r.Client.AccountID, err)

		return
	}

	plan.fromWrite(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID, captainModels, captainFeatures)
}

// change updates the account and Captain's preferences if there is something to change, and returns what there is then.
func (r *accountSettingsResource) change(ctx context.Context, change api.AccountRequest, preferences api.CaptainPreferencesRequest) (api.Account, error) {
	if change != (api.AccountRequest{}) {
		updated, err := r.Client.UpdateAccount(ctx, change)
		if err != nil || preferences == (api.CaptainPreferencesRequest{}) {
			return updated, err
		}
	}

	if preferences != (api.CaptainPreferencesRequest{}) {
		err := r.Client.UpdateCaptainPreferences(ctx, preferences)
		if err != nil {
			return api.Account{}, err
		}
	}

	return r.Client.Account(ctx)
}

// Read refreshes the state.
func (r *accountSettingsResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state accountSettingsModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() || !r.IsOfAccount(state.ID, &resp.Diagnostics) {
		return
	}

	found, err := r.Client.Account(ctx)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *accountSettingsResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state accountSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	managed, diags := ownership.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || !r.IsOfAccount(state.ID, &resp.Diagnostics) {
		return
	}

	change, preferences := plan.changeFrom(state), plan.preferencesFrom(state, managed, &resp.Diagnostics)
	if change != (api.AccountRequest{}) || preferences != (api.CaptainPreferencesRequest{}) {
		updated, err := r.change(ctx, change, preferences)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update account "+state.ID.ValueString(), err)
			return
		}

		plan.fromWrite(updated)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID, captainModels, captainFeatures)
}

// Delete forgets the settings: there is no account to delete, and no earlier setting to go back to.
func (r *accountSettingsResource) Delete(_ context.Context, _ resource.DeleteRequest, _ *resource.DeleteResponse) {
	r.ReleaseSettings()
}
