package kommunicate

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*memberResource)(nil)
	_ resource.ResourceWithIdentity    = (*memberResource)(nil)
	_ resource.ResourceWithImportState = (*memberResource)(nil)
)

const memberType = "kommunicate_conversation_member"

func newMemberResource() resource.Resource { return &memberResource{} }

type memberResource struct{ configuredResource }

type memberModel struct {
	ID           types.String `tfsdk:"id"`
	GroupID      types.String `tfsdk:"group_id"`
	UserID       types.String `tfsdk:"user_id"`
	Role         types.String `tfsdk:"role"`
	ActingUserID types.String `tfsdk:"acting_user_id"`
}

// memberRoles are the backend's roles of members.
var memberRoles = map[string]int{"agent": 1, "bot": 2, "user": 3}

func (r *memberResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = memberType
}

func (r *memberResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	replace := []planmodifier.String{attribute.ReplaceOnChange()}

	resp.Schema = schema.Schema{
		MarkdownDescription: "One member of a Kommunicate conversation, beside the members that `group_member_list` of `kommunicate_conversation` names.\n\n" +
			"Destroy removes this member from the conversation, and no other.\n\n" +
			"Do not name the same user in `group_member_list` of the conversation as well: the two would undo each other's changes. A user who does not exist is created, and one who is a member already stays one.\n\n" +
			"Unverified: no page of the [Platform API](https://docs.kommunicate.io/docs/api-detail) documents reading conversations and changing members; the provider uses the calls of the chat backend.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.JoinedID("The group id and the user id, joined by a slash.", "group_id", "user_id"),
			"group_id": schema.StringAttribute{
				MarkdownDescription: "Group id of the conversation. Changing it adds the member to another conversation.", Required: true, PlanModifiers: replace,
				Validators: []validator.String{attribute.IntegerID()},
			},
			"user_id": schema.StringAttribute{
				MarkdownDescription: "Id of the user, agent or bot. Changing it adds another member.", Required: true, PlanModifiers: replace,
				Validators: []validator.String{userIDValidator()},
			},
			"role": schema.StringAttribute{
				MarkdownDescription: "Role that the member is added with: " + attribute.Choices("agent", "bot", "user") + ". Default: the platform chooses. It is changed in place and not read back; removing it leaves the role as it is.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf("", "agent", "bot", "user")},
			},
			"acting_user_id": schema.StringAttribute{
				MarkdownDescription: "User id of the agent who adds and removes the member. Default: the provider's `acting_user_id`.",
				Optional:            true,
				Validators:          attribute.OrEmpty(userIDValidator()),
			},
		},
	}
}

// IdentitySchema describes the identity.
func (r *memberResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"group_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Group id of the conversation."},
		"user_id":  identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the member."},
	}}
}

// Create adds the member.
func (r *memberResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan memberModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	plan.ID = types.StringValue(plan.GroupID.ValueString() + "/" + plan.UserID.ValueString())
	if !r.claims.Claim(memberType, plan.ID.ValueString()) {
		adopt.AddManaged(&resp.Diagnostics, memberType, plan.ID.ValueString())
		return
	}

	err := addMember(ctx, r.client, r.client.Actor(plan.ActingUserID.ValueString()), api.Membership{
		GroupID: plan.GroupID.ValueString(), UserID: plan.UserID.ValueString(), Role: memberRoles[plan.Role.ValueString()],
	})
	if err != nil {
		r.claims.Release(memberType, plan.ID.ValueString())
		apidiag.Add(&resp.Diagnostics, fmt.Sprintf("add member %s to conversation %s", plan.UserID.ValueString(), plan.GroupID.ValueString()), err)

		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(setMemberIdentity(ctx, resp.Identity, &plan)...)
	resp.Diagnostics.Append(r.origin().Record(ctx, resp.Private)...)
	r.warnNamed(&plan, &resp.Diagnostics)
}

// Read removes the member from the state if the conversation or the membership is gone.
func (r *memberResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state memberModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Admit(ctx, req.Private, resp.Private, "member", state.ID.ValueString())...)
	resp.Diagnostics.Append(setMemberIdentity(ctx, resp.Identity, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.client.Conversation(ctx, state.GroupID.ValueString())

	switch {
	case transport.IsNotFound(err), err == nil && !contains(found.Members(), state.UserID.ValueString()):
		resp.State.RemoveResource(ctx)
	case api.IsUnreadable(err):
		resp.Diagnostics.AddWarning("Conversations cannot be read back", explainUnreadable(err))
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "read the members of conversation "+state.GroupID.ValueString(), err)
	default:
		r.warnNamed(&state, &resp.Diagnostics)
	}
}

// Update changes the role.
func (r *memberResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state memberModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "member", state.ID.ValueString())...)
	if resp.Diagnostics.HasError() {
		return
	}

	role := memberRoles[plan.Role.ValueString()]
	if role != 0 && !plan.Role.Equal(state.Role) {
		err := r.client.UpdateConversation(ctx, r.client.Actor(plan.ActingUserID.ValueString()), api.ConversationUpdate{
			GroupID: state.GroupID.ValueString(), Users: []api.MemberRole{{UserID: state.UserID.ValueString(), Role: role}},
		})
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "change the role of member "+state.ID.ValueString(), err)
			return
		}
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(setMemberIdentity(ctx, resp.Identity, &plan)...)
}

// Delete removes the member.
func (r *memberResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state memberModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "member", state.ID.ValueString())...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.claims.Release(memberType, state.ID.ValueString())

	group, user := state.GroupID.ValueString(), state.UserID.ValueString()

	err := removeMember(ctx, r.client, r.client.Actor(state.ActingUserID.ValueString()), group, user)
	if !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, fmt.Sprintf("remove member %s from conversation %s", user, group), err)
	}
}

// memberOf is the key by which a conversation and its members know each other.
func memberOf(group, user types.String) string {
	return group.ValueString() + "/" + strings.ToLower(user.ValueString())
}

// warnNamed warns that the resource of the conversation names the member too.
func (r *memberResource) warnNamed(m *memberModel, diags *diag.Diagnostics) {
	r.claims.Note(memberType, memberOf(m.GroupID, m.UserID))

	if r.claims.IsNoted(conversationType, memberOf(m.GroupID, m.UserID)) {
		diags.Append(warnFight("user_id", m.GroupID, m.UserID))
	}
}

// warnSingles warns that resources of their own have members that the configured list of a conversation names too.
func (r *conversationResource) warnSingles(ctx context.Context, group types.String, members tfvalue.TextSet, managed ownership.Managed, diags *diag.Diagnostics) {
	users, problems := tfvalue.Strings(ctx, members)
	diags.Append(problems...)

	for _, user := range users {
		member := memberOf(group, types.StringValue(user))
		if !managed.HasKey("group_member_list", user) {
			continue
		}

		r.claims.Note(conversationType, member)

		if r.claims.IsNoted(memberType, member) {
			diags.Append(warnFight("group_member_list", group, types.StringValue(user)))
		}
	}
}

func warnFight(attribute string, group, user types.String) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root(attribute), "Two resources decide about member "+user.ValueString()+" of conversation "+group.ValueString(), fmt.Sprintf(
		"group_member_list of %s names %s, and so does a %s. Without either of them, the member leaves, and the other one puts it back. Take it out of one of the two.",
		conversationType, user.ValueString(), memberType))
}

// memberImport is the form of an import id.
var memberImport = importid.Form{Type: memberType, Parts: []importid.Part{
	{Name: "group_id", Form: importid.Integer, Example: "131000417"},
	{Name: "user_id", Form: userIDForm, Example: "customer-42"},
}}

// ImportState accepts a group id and a user id, or the identity.
func (r *memberResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	parts := map[string]string{}

	if req.ID != "" {
		id, ok := memberImport.Parse(req.ID, &resp.Diagnostics)
		if !ok {
			return
		}

		parts = id.Parts
	} else {
		var group, user types.String
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("group_id"), &group)...)
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("user_id"), &user)...)
		parts["group_id"], parts["user_id"] = group.ValueString(), user.ValueString()
	}

	state := memberModel{
		ID:      types.StringValue(parts["group_id"] + "/" + parts["user_id"]),
		GroupID: types.StringValue(parts["group_id"]), UserID: types.StringValue(parts["user_id"]),
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(setMemberIdentity(ctx, resp.Identity, &state)...)
	resp.Diagnostics.Append(r.origin().Record(ctx, resp.Private)...)
}

// setMemberIdentity stores the identity.
func setMemberIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, m *memberModel) diag.Diagnostics {
	diags := identity.SetAttribute(ctx, path.Root("group_id"), m.GroupID)
	diags.Append(identity.SetAttribute(ctx, path.Root("user_id"), m.UserID)...)

	return diags
}
