package talk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// replaceWithoutSession replaces the contact if its planned session is none that it has: a session is opened on creation
// only. One that is there, as after an import, is merely taken note of.
func replaceWithoutSession() planmodifier.String {
	const description = "Replaces the contact unless it has the session."

	return stringplanmodifier.RequiresReplaceIf(
		func(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			if req.ConfigValue.IsNull() {
				return
			}

			var (
				inbox, source types.String
				sessions      types.List
			)

			resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("inbox_id"), &inbox)...)
			resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("source_id"), &source)...)
			resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("contact_inboxes"), &sessions)...)
			resp.RequiresReplace = sessionIn(sessions, inbox, source) == nil
		}, description, description)
}

// sourceInInbox is the source id of a contact that is there and whose source_id is not configured: the one it has, or in
// another inbox that of its session there.
type sourceInInbox struct{}

// Description says what it does.
func (sourceInInbox) Description(context.Context) string {
	return "Stays what it is, or becomes that of the contact's session in the inbox."
}

// MarkdownDescription is Description.
func (m sourceInInbox) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString leaves the source id open in an inbox where the contact has no session: then the contact is replaced.
func (sourceInInbox) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() || !req.PlanValue.IsUnknown() || req.ConfigValue.IsUnknown() {
		return
	}

	var (
		configured, known types.String
		sessions          types.List
	)

	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("inbox_id"), &configured)...)
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("inbox_id"), &known)...)
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("contact_inboxes"), &sessions)...)

	if configured.IsNull() || configured.Equal(known) {
		resp.PlanValue = req.StateValue
		return
	}

	session := sessionIn(sessions, configured, types.StringNull())
	if session != nil {
		resp.PlanValue, _ = session["source_id"].(types.String)
	}
}

// sessionIn is the first session of a list that is in the inbox and has the source id, if that is known; nil if none is.
func sessionIn(sessions types.List, inbox, source types.String) map[string]attr.Value {
	for _, element := range sessions.Elements() {
		session, ok := element.(types.Object)
		if !ok || !session.Attributes()["inbox_id"].Equal(inbox) {
			continue
		}

		if !tfvalue.IsSet(source) || session.Attributes()["source_id"].Equal(source) {
			return session.Attributes()
		}
	}

	return nil
}
