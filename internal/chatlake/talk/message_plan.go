package talk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// importedKey marks a message in its private state that was imported and never planned to be anything else since.
const importedKey = "imported"

// ModifyPlan says whether the message is another one than was sent, and finds out whether a file that was sent holds
// something else by now.
func (r *messageResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}

	r.CheckReleases(ctx, req, &resp.Diagnostics)

	var plan, state messageModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	hashes, at := plan.hashes(), path.Root("attachment_hashes")

	if !req.State.Raw.IsNull() {
		mark, diags := req.Private.GetKey(ctx, importedKey)
		resp.Diagnostics.Append(diags...)
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

		resp.RequiresReplace = plan.resent(&state, mark != nil)
		switch {
		case hashes.IsUnknown() && len(resp.RequiresReplace) == 0:
			hashes = state.AttachmentHashes // A file that is gone was sent all the same.
		case !hashes.IsUnknown() && tfvalue.IsSet(state.AttachmentHashes) && !hashes.Equal(state.AttachmentHashes):
			resp.RequiresReplace = append(resp.RequiresReplace, at)
		}
	}

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, at, hashes)...)
	}
}

// resent are the arguments that are others than those of the message in state. Of an imported one the platform does not
// tell all: there only what contradicts it counts.
func (m *messageModel) resent(state *messageModel, imported bool) path.Paths {
	var changed path.Paths

	for name, same := range map[string]bool{
		"content":            m.Content.Equal(state.Content) || imported && liquid.MatchString(m.Content.ValueString()),
		"content_attributes": m.ContentAttributes.Equal(state.ContentAttributes) || imported && m.attributesHeld(state),
		"template_params":    m.TemplateParams.Equal(state.TemplateParams) || imported,
		"attachments":        m.Attachments.Equal(state.Attachments) || imported,
	} {
		if !same {
			changed = append(changed, path.Root(name))
		}
	}

	return changed
}

// attributesHeld says that the message in state has the planned attributes: the server adds others, such as a customer's
// choice, and keeps in_reply_to as a number.
func (m *messageModel) attributesHeld(state *messageModel) bool {
	wanted, diags := tfvalue.JSONObject(m.ContentAttributes)

	known, problems := tfvalue.JSONObject(state.ContentAttributes)
	if m.ContentAttributes.IsUnknown() || diags.HasError() || problems.HasError() {
		return false
	}

	const reply = "in_reply_to"
	if fmt.Sprint(wanted[reply]) == fmt.Sprint(known[reply]) {
		delete(wanted, reply)
	}

	return len(account.ChangedKeys(known, wanted)) == 0
}

// hashes are those of the files as they are now; unknown if one cannot be read yet.
func (m *messageModel) hashes() types.List {
	if m.Attachments.IsNull() {
		return types.ListNull(types.StringType)
	}

	if m.Attachments.IsUnknown() {
		return types.ListUnknown(types.StringType)
	}

	var hashes []attr.Value

	for _, element := range m.Attachments.Elements() {
		name, ok := element.(types.String)
		if !ok || !tfvalue.IsSet(name) {
			return types.ListUnknown(types.StringType)
		}

		_, hash, err := readFile(name.ValueString())
		if err != nil {
			return types.ListUnknown(types.StringType)
		}

		hashes = append(hashes, types.StringValue(hash))
	}

	return types.ListValueMust(types.StringType, hashes)
}
