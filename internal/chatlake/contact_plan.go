package chatlake

import (
	"context"

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
			var inbox, source types.String
			var sessions types.List
			resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("inbox_id"), &inbox)...)
			resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("source_id"), &source)...)
			resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("contact_inboxes"), &sessions)...)
			resp.RequiresReplace = !hasSession(sessions, inbox, source)
		}, description, description)
}

// hasSession says whether a list of sessions has one in the inbox with the source id, if that is known.
func hasSession(sessions types.List, inbox, source types.String) bool {
	for _, element := range sessions.Elements() {
		session, ok := element.(types.Object)
		if !ok || !session.Attributes()["inbox_id"].Equal(inbox) {
			continue
		}
		if !tfvalue.IsSet(source) || session.Attributes()["source_id"].Equal(source) {
			return true
		}
	}
	return false
}
