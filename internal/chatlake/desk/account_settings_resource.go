package desk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*accountResource)(nil)
	_ resource.ResourceWithIdentity    = (*accountResource)(nil)
	_ resource.ResourceWithImportState = (*accountResource)(nil)
)

func newAccountSettingsResource() resource.Resource {
	return &accountResource{account.WithID("chatlake_account_settings")}
}

type accountResource struct{ account.ResourceWithID }

func (r *accountResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	flag := func(description string) schema.BoolAttribute {
		return schema.BoolAttribute{MarkdownDescription: description, Optional: true}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The settings of the account that the provider is configured for. The account is there already: create takes it over, and only what is configured is changed. " +
			"**Destroy changes nothing**: the account and its settings stay. It needs an administrator's token.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/account/update-account).",
		Attributes: map[string]schema.Attribute{
			"id":            attribute.ID("The account's id."),
			"name":          attribute.Followed("What the account is called.", stringvalidator.UTF8LengthAtMost(account.MaxString)),
			"locale":        attribute.Followed("The account's language, such as `en` or `pt_BR`. The platform crashes over one that it does not know.", stringvalidator.RegexMatches(account.LocaleName, "must be a language such as en or pt_BR")),
			"domain":        attribute.OptionalText("The domain of the account's mail.", 100),
			"support_email": attribute.OptionalText("The address that mail comes from. Without one, the platform shows the installation's.", 100, attribute.Email()),
			"auto_resolve_after": schema.Int64Attribute{
				MarkdownDescription: "After how many minutes without a message a conversation is resolved, from 10 to 1439856. Never, unless set.", Optional: true,
				Validators: []validator.Int64{int64validator.Between(10, 1_439_856)},
			},
			"auto_resolve_message":        attribute.OptionalText("What customers are told then.", account.MaxText),
			"auto_resolve_ignore_waiting": flag("Whether conversations that wait for an agent are left alone."),
			"auto_resolve_label":          attribute.OptionalText("The label that such conversations get.", account.MaxString),
			"audio_transcriptions":        flag("Whether voice messages are written down; only where the installation can."),
			"industry":                    attribute.OptionalText("The business's industry.", account.MaxString),
			"company_size":                attribute.OptionalText("The business's size.", account.MaxString),
			"timezone":                    attribute.OptionalText("The business's time zone.", account.MaxString),
			"referral_source":             attribute.OptionalText("How the business heard of the platform.", account.MaxString),
			"user_role":                   attribute.OptionalText("What the one who set the account up does.", account.MaxString),
			"website":                     attribute.OptionalText("The business's site.", account.MaxString),
		},
	}
}

// Create takes over the account that there is.
func (r *accountResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan accountModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.Account(ctx)

	fields := plan.request(accountModel{})
	if err == nil && len(fields) > 0 {
		found, err = r.Client.UpdateAccount(ctx, fields)
	}

	if err != nil {
		accountFailed(&resp.Diagnostics, "take over account "+r.Client.AccountID, err, fields)
		return
	}

	plan.fromAPI(found, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *accountResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state accountModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.configured(state, &resp.Diagnostics) {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.Account(ctx)
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read account "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, state.Name.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// configured refuses the state of another account than the provider's.
func (r *accountResource) configured(state accountModel, diags *diag.Diagnostics) bool {
	if state.ID.ValueString() == r.Client.AccountID {
		return true
	}

	diags.AddError("Settings of another account", fmt.Sprintf("These are the settings of account %s, and the provider is configured for account %s.", state.ID.ValueString(), r.Client.AccountID))

	return false
}

func (r *accountResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state accountModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.configured(state, &resp.Diagnostics) {
		return
	}

	fields := plan.request(state)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateAccount(ctx, fields)
		if err != nil {
			accountFailed(&resp.Diagnostics, "update account "+state.ID.ValueString(), err, fields)
			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

// accountFailed reports a failure to change the account.
func accountFailed(diags *diag.Diagnostics, action string, err error, fields api.Fields) {
	if fields["locale"] == nil {
		apidiag.Add(diags, action, err)
		return
	}

	reportCrash(diags, action, err, "locale", fmt.Sprintf("The platform crashes over a language that it does not know: check whether it knows %q.", fields["locale"]))
}

// Delete only forgets: there is no account to delete, and no setting that was there before to go back to.
func (r *accountResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
