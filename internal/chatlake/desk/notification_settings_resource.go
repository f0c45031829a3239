package desk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*notificationSettingsResource)(nil)
	_ resource.ResourceWithIdentity    = (*notificationSettingsResource)(nil)
	_ resource.ResourceWithImportState = (*notificationSettingsResource)(nil)
)

func newNotificationSettingsResource() resource.Resource {
	return &notificationSettingsResource{account.WithID("chatlake_notification_settings")}
}

type notificationSettingsResource struct{ account.ResourceWithID }

// notified are what the server can tell somebody of; newer ones may know more.
var notified = []string{
	"conversation_creation", "conversation_assignment", "assigned_conversation_new_message", "conversation_mention",
	"participating_conversation_new_message", "sla_missed_first_response", "sla_missed_next_response", "sla_missed_resolution",
}

// flagsOf returns the argument for one way to tell somebody, which stands before each flag.
func flagsOf(way, message string) schema.SetAttribute {
	known := make([]string, len(notified))
	for i, event := range notified {
		known[i] = way + event
	}

	return account.Managed(schema.SetAttribute{
		MarkdownDescription: "What the user gets " + message + " about: " + attribute.Choices(known...) + ", or what a newer server knows. `[]` is nothing. " +
			"Not set, it stays as it is; taken out, it is emptied.",
		Optional: true, ElementType: types.StringType,
		Validators:    []validator.Set{setvalidator.ValueStringsAre(attribute.NotEmpty(), attribute.Known(known...))},
		PlanModifiers: []planmodifier.Set{attribute.KeepSpelling()},
	})
}

func (r *notificationSettingsResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "What the token's user is told of in the account. Every user has settings of their own, which only their own token reaches: those of several people need a " +
			"provider configuration each. They are there already: create changes only what is configured. **Destroy changes nothing**: the settings stay. " +
			"They are not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id":                   attribute.ID("The id of the token's user."),
			"selected_email_flags": flagsOf("email_", "a mail"),
			"selected_push_flags":  flagsOf("push_", "a push message"),
		},
	}
}

// Create takes the settings that there are, and changes what is configured.
func (r *notificationSettingsResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan notificationSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !r.ClaimSettings(&resp.Diagnostics) {
		return
	}

	found, err := r.change(ctx, plan.changeFrom(notificationSettingsModel{}))
	if err != nil {
		r.ReleaseSettings()
		apidiag.Add(&resp.Diagnostics, "change the notification settings", err)

		return
	}

	plan.fromAPI(found, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// change updates the settings if there is something to change, and reads them otherwise.
func (r *notificationSettingsResource) change(ctx context.Context, change api.NotificationSettingsChange) (api.NotificationSettings, error) {
	if change.Email.IsZero() && change.Push.IsZero() {
		return r.Client.NotificationSettings(ctx)
	}

	return r.Client.UpdateNotificationSettings(ctx, change)
}

// Read refreshes the state.
func (r *notificationSettingsResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state notificationSettingsModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.NotificationSettings(ctx)
	if !r.IsFound(ctx, err, id, resp) || !isOwn(state.ID, found.UserID, &resp.Diagnostics) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// isOwn reports whether the state is of the token's user, and says so if it is of another one.
func isOwn(id types.String, user api.ID, diags *diag.Diagnostics) bool {
	if id.ValueString() == user.String() {
		return true
	}

	diags.AddError("The state is of another user", fmt.Sprintf("These are the settings of user %s, and the token (chatlake.api_access_token) is that of user %s. Nothing was read or changed. "+
		"Use the token of user %[1]s, or another state for user %[2]s.", id.ValueString(), user))

	return false
}

// Update sends what changed, with the rest as it is.
func (r *notificationSettingsResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state notificationSettingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
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
	if !change.Email.IsZero() || !change.Push.IsZero() {
		updated, err := r.Client.UpdateNotificationSettings(ctx, change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update the notification settings", err)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete forgets the settings: they cannot be deleted, and there is no earlier choice to go back to.
func (r *notificationSettingsResource) Delete(_ context.Context, _ resource.DeleteRequest, _ *resource.DeleteResponse) {
	r.ReleaseSettings()
}
