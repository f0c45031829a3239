package kommunicate

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ action.ActionWithConfigure      = (*mergeUsersAction)(nil)
	_ action.ActionWithValidateConfig = (*mergeUsersAction)(nil)
)

func newMergeUsersAction() action.Action { return &mergeUsersAction{} }

// mergeUsersAction merges two users.
type mergeUsersAction struct{ configuredAction }

type mergeUsersModel struct {
	UserID      types.String `tfsdk:"user_id"`
	MergeUserID types.String `tfsdk:"merge_user_id"`
}

// Metadata sets the action's name.
func (a *mergeUsersAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "kommunicate_merge_users"
}

// Schema describes the arguments.
func (a *mergeUsersAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	user := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: []validator.String{userIDValidator()}}
	}

	resp.Schema = schema.Schema{
		MarkdownDescription: "Merges a user into another one, such as a visitor who logged in later. **This cannot be undone.** Do not merge a user that a resource `kommunicate_user` manages.\n\n" +
			"Unverified: no page of the [Platform API](https://docs.kommunicate.io/docs/api-detail) documents merging users; the provider uses the call of the chat backend, whose page shows it with an admin's credentials. " +
			"It does not say what moves, and what becomes of the user who is merged.",
		Attributes: map[string]schema.Attribute{
			"user_id":       user("User id of the user who stays."),
			"merge_user_id": user("User id of the user who is merged into that one."),
		},
	}
}

// ValidateConfig refuses one user for both.
func (a *mergeUsersAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config mergeUsersModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	config.refuseOne(&resp.Diagnostics)
}

// refuseOne refuses one user for both.
func (m mergeUsersModel) refuseOne(diags *diag.Diagnostics) {
	if tfvalue.IsSet(m.UserID) && m.UserID.Equal(m.MergeUserID) {
		diags.AddAttributeError(path.Root("merge_user_id"), "Nothing to merge", fmt.Sprintf("Both are user %s.", m.UserID.ValueString()))
	}
}

// Invoke merges the users. Both must exist: it is not known what the platform does with another id.
func (a *mergeUsersAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config mergeUsersModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	config.refuseOne(&resp.Diagnostics) // The ids may be known only now.
	if resp.Diagnostics.HasError() {
		return
	}

	stays, merged := config.UserID.ValueString(), config.MergeUserID.ValueString()

	found, err := a.client.Users(ctx, []string{stays, merged})
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read users "+stays+" and "+merged, err)
		return
	}

	for _, user := range []struct{ argument, id string }{{"user_id", stays}, {"merge_user_id", merged}} {
		_, isThere := found[user.id]
		if !isThere {
			resp.Diagnostics.AddAttributeError(path.Root(user.argument), "The user does not exist", "The platform has no such user. Nothing was merged. Check the id, and that the provider is configured for the right application.")
		}
	}

	if resp.Diagnostics.HasError() {
		return
	}

	report(resp, "Merging user %s into %s", merged, stays)

	err = a.client.MergeUsers(ctx, stays, merged)
	apidiag.Add(&resp.Diagnostics, "merge user "+merged+" into "+stays, err)
}
