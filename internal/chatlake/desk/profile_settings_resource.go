package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*profileSettingsResource)(nil)
	_ resource.ResourceWithIdentity    = (*profileSettingsResource)(nil)
	_ resource.ResourceWithImportState = (*profileSettingsResource)(nil)
)

func newProfileSettingsResource() resource.Resource {
	return &profileSettingsResource{account.WithID("chatlake_profile_settings")}
}

type profileSettingsResource struct{ account.ResourceWithID }

func (r *profileSettingsResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The profile of the token's user, and how the user is shown in the account. It is there already: create changes only what is configured. " +
			"**Destroy changes nothing**: the profile stays. A user whom `chatlake_agent` manages gets `name`, `availability` and `auto_offline` there.\n\n" +
			"Not part of it are the password, because a change needs the current one, and the server does not tell whether a change that was interrupted was made: " +
			"use the dashboard, or `chatlake_platform_user`; the settings of the dashboard (`ui_settings`), which the dashboard replaces as a whole while it is used; and another " +
			"address, which holds only once it is confirmed by mail.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/profile/update-user-profile).",
		Attributes: map[string]schema.Attribute{
			"id":                attribute.ID("The id of the token's user."),
			"name":              attribute.Followed("The user's name.", stringvalidator.UTF8LengthAtMost(account.MaxString), attribute.NotBlank()),
			"display_name":      account.ManagedText("The name that customers see in place of the user's name.", account.MaxString),
			"message_signature": account.ManagedText("What stands below the user's messages, in Markdown.", account.MaxText),
			"phone_number":      account.ManagedText("The user's phone number. The server takes any text.", account.MaxString),
			"availability":      attribute.Followed("How the user is shown in the account: "+attribute.Choices("online", "offline", "busy")+".", stringvalidator.OneOf("online", "offline", "busy")),
			"auto_offline":      attribute.FollowedFlag("Whether the user is shown as offline while not connected."),
			"avatar":            account.Avatar.Attribute("The user's picture."),
			"email":             attribute.Stable("The address the user signs in with."),
		},
	}
}

// Create takes the profile that there is, and changes what is configured.
func (r *profileSettingsResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan profileSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	picture := account.Avatar.Open(ctx, types.StringNull(), plan.Avatar, nil, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.ClaimSettings(&resp.Diagnostics) {
		return
	}

	found, err := r.Client.UpdateProfile(ctx, plan.changeFrom(profileSettingsModel{}))
	if err != nil {
		r.ReleaseSettings()
		apidiag.Add(&resp.Diagnostics, "change the profile", err)

		return
	}

	plan.fromAPI(found, r.Client.AccountID, true)

	if !account.Avatar.Send(ctx, "the profile", picture, resp.Private, &resp.Diagnostics, r.sendAvatar) {
		plan.Avatar = types.StringNull() // The next apply takes the profile once more, and sends the picture.
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// sendAvatar puts a picture on the user.
func (r *profileSettingsResource) sendAvatar(ctx context.Context, file api.File) (string, error) {
	updated, err := r.Client.SetProfileAvatar(ctx, file)
	return updated.AvatarURL, err
}

// Read refreshes the state.
func (r *profileSettingsResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state profileSettingsModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.Profile(ctx)
	if !r.IsFound(ctx, err, id, resp) || !isOwn(state.ID, found.ID, &resp.Diagnostics) {
		return
	}

	state.fromAPI(found, r.Client.AccountID, imported)
	state.Avatar = account.Avatar.Follow(ctx, state.Avatar, found.AvatarURL, req.Private, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *profileSettingsResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state profileSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	picture := account.Avatar.Open(ctx, state.Avatar, plan.Avatar, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	user, err := r.Client.UserID(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the profile", err)
		return
	}

	if !isOwn(state.ID, user, &resp.Diagnostics) {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.ProfileChange{}) {
		updated, err := r.Client.UpdateProfile(ctx, change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update the profile", err)
			return
		}

		plan.fromAPI(updated, r.Client.AccountID, true)
	}

	if !account.Avatar.Send(ctx, "the profile", picture, resp.Private, &resp.Diagnostics, r.sendAvatar) {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete forgets the profile: a user is not deleted here, and there is no earlier profile to go back to.
func (r *profileSettingsResource) Delete(_ context.Context, _ resource.DeleteRequest, _ *resource.DeleteResponse) {
	r.ReleaseSettings()
}
