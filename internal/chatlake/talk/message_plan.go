package talk

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/localfile"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// importedKey marks a message in its private state that was imported and has not been changed by an apply since.
const importedKey = "imported"

// ModifyPlan replaces a message that differs from the one that was sent, and finds out whether a file that was sent holds
// something else by now.
func (r *messageResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.CheckReleases(ctx, req, &resp.Diagnostics)

	if req.Plan.Raw.IsNull() || resp.Diagnostics.HasError() {
		return
	}

	var plan, state messageModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	hashes, problems := plan.hashes()

	if !req.State.Raw.IsNull() {
		mark, diags := req.Private.GetKey(ctx, importedKey)
		resp.Diagnostics.Append(diags...)
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

		if mark != nil {
			resp.Diagnostics.Append(keepImported(ctx, &plan, &state, resp)...)
		}

		hashes = plan.sentHashes(&state, hashes, mark != nil)

		changed := plan.resent(&state, hashes, mark != nil)
		if r.isLate(changed, &plan, &state) {
			changed = nil
			hashes = state.AttachmentHashes

			if !resp.Plan.Raw.Equal(req.State.Raw) {
				plan.addChangedFile(&resp.Diagnostics, &state)
			}
		}

		resp.RequiresReplace = append(resp.RequiresReplace, changed...)
	}

	// What will be sent is read when it is sent: Terraform plans a second time in the apply, and takes another hash for a
	// bug in the provider.
	if !hashes.IsNull() && (req.State.Raw.IsNull() || len(resp.RequiresReplace) > 0) {
		resp.Diagnostics.Append(problems...)

		hashes = types.ListUnknown(types.StringType)
	}

	if !resp.Diagnostics.HasError() && !hashes.Equal(plan.AttachmentHashes) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("attachment_hashes"), hashes)...)
	}
}

// isLate reports whether nothing but the content of a file asks for a new message, and this run has not read the message
// before. Then the plan was made by an earlier run, which saw the files as they were sent, and this is its apply: Terraform
// plans a second time there, and takes another action for a bug in the provider. With -refresh=false it may also be a plan.
func (r *messageResource) isLate(changed path.Paths, plan, state *messageModel) bool {
	for _, name := range changed {
		if !name.Equal(path.Root("attachments")) && !name.Equal(path.Root("attachment_hashes")) {
			return false
		}
	}

	return len(changed) > 0 && len(plan.Attachments.Elements()) == len(state.AttachmentHashes.Elements()) && !plan.Attachments.IsUnknown() &&
		!r.Claims.IsNoted(messageRead, state.key())
}

// messageRead notes the messages that this run has sent or read.
const messageRead = messageType + " read"

// key tells the message apart from all others of the account.
func (m *messageModel) key() string { return m.ConversationID.ValueString() + "/" + m.ID.ValueString() }

// addChangedFile reports the files that are not what was sent any more.
func (m *messageModel) addChangedFile(diags *diag.Diagnostics, state *messageModel) {
	sent := state.AttachmentHashes.Elements()

	for i, element := range m.Attachments.Elements() {
		name, ok := element.(types.String)
		if !ok || i >= len(sent) {
			continue
		}

		hash, err := localfile.Hash(name.ValueString(), account.LargestFile)
		if err == nil && sent[i].Equal(types.StringValue(hash)) {
			continue
		}

		diags.AddAttributeError(path.Root("attachments").AtListIndex(i), localfile.ChangedSummary, localfile.ChangedDetail(name.ValueString(), "message "+m.ID.ValueString()))
	}
}

// readAgain has every message with files planned as a whole: a file may hold something else although nothing in the
// configuration has changed. ModifyPlan looks.
type readAgain struct{}

// Description says what the modifier does.
func (readAgain) Description(context.Context) string { return "The files are read at each plan." }

// MarkdownDescription is Description.
func (m readAgain) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyList leaves the list as it is.
func (readAgain) PlanModifyList(context.Context, planmodifier.ListRequest, *planmodifier.ListResponse) {
}

// keepImported plans the imported content where the configuration means the same: the server has rendered its template, or
// has added attributes.
func keepImported(ctx context.Context, plan, state *messageModel, resp *resource.ModifyPlanResponse) diag.Diagnostics {
	var diags diag.Diagnostics

	if !plan.Content.Equal(state.Content) && !state.Content.IsNull() && rendersTo(plan.Content.ValueString(), state.Content.ValueString()) {
		plan.Content = state.Content
		diags.Append(resp.Plan.SetAttribute(ctx, path.Root("content"), plan.Content)...)
	}

	if !plan.ContentAttributes.IsNull() && !state.ContentAttributes.IsNull() && plan.hasAttributes(state) && !plan.ContentAttributes.Equal(state.ContentAttributes) {
		plan.ContentAttributes = state.ContentAttributes
		diags.Append(resp.Plan.SetAttribute(ctx, path.Root("content_attributes"), plan.ContentAttributes)...)
	}

	return diags
}

// sentHashes returns the hashes to plan for a message that was sent. The same content under another path is no change, and
// a file that is gone was sent all the same.
func (m *messageModel) sentHashes(state *messageModel, hashes types.List, imported bool) types.List {
	isGone := hashes.IsUnknown() && m.Attachments.Equal(state.Attachments)
	if isGone || imported && state.AttachmentHashes.IsNull() && hashes.IsUnknown() {
		return state.AttachmentHashes
	}

	return hashes
}

// resent returns the attributes for which the message is sent again. Of an imported message the platform does not tell all:
// there only what contradicts it counts.
func (m *messageModel) resent(state *messageModel, hashes types.List, imported bool) path.Paths {
	var changed path.Paths

	isSent := tfvalue.Same(hashes, state.AttachmentHashes) || imported && state.AttachmentHashes.IsNull()

	for name, isSame := range map[string]bool{
		"content":            tfvalue.Same(m.Content, state.Content) || imported && rendersTo(m.Content.ValueString(), state.Content.ValueString()),
		"content_attributes": tfvalue.Same(m.ContentAttributes, state.ContentAttributes) || imported && m.hasAttributes(state),
		"template_params":    tfvalue.Same(m.TemplateParams, state.TemplateParams) || imported,
		"triggers":           tfvalue.Same(m.Triggers, state.Triggers) || imported,
		"attachments":        isSent,
		"attachment_hashes":  isSent,
	} {
		if !isSame {
			changed = append(changed, path.Root(name))
		}
	}

	return changed
}

// hasAttributes reports whether the message in state has the planned attributes. The server adds others, such as a
// customer's choice, and keeps in_reply_to as a number.
func (m *messageModel) hasAttributes(state *messageModel) bool {
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

// hashes returns the hashes of the files as they are now. They are unknown if there is no such file yet, which the run may
// write, and if a file can never be sent.
func (m *messageModel) hashes() (types.List, diag.Diagnostics) {
	var diags diag.Diagnostics

	if tfvalue.IsEmpty(m.Attachments) {
		return types.ListNull(types.StringType), nil
	}

	if m.Attachments.IsUnknown() {
		return types.ListUnknown(types.StringType), nil
	}

	var hashes []attr.Value

	for i, element := range m.Attachments.Elements() {
		name, ok := element.(types.String)
		if !ok || !tfvalue.IsSet(name) {
			return types.ListUnknown(types.StringType), nil
		}

		hash, err := localfile.Hash(name.ValueString(), account.LargestFile)
		if err != nil {
			if !localfile.IsMissing(err) {
				addUnreadable(&diags, i, err)
			}

			return types.ListUnknown(types.StringType), diags
		}

		hashes = append(hashes, types.StringValue(hash))
	}

	return types.ListValueMust(types.StringType, hashes), nil
}

// rendersTo reports whether the server may have rendered the text from the template: the text has everything that stands
// around the expressions. A template with tags may leave parts out.
func rendersTo(template, text string) bool {
	if !liquid.MatchString(template) {
		return false
	}

	if strings.Contains(template, "{%") {
		return true
	}

	parts := expression.Split(strings.TrimSpace(template), -1)
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}

	return regexp.MustCompile(`(?s)^` + strings.Join(parts, `.*`) + `$`).MatchString(strings.TrimSpace(text))
}

// expression finds what the server replaces in a template.
var expression = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// orDefault plans a default where nothing else is planned. It follows ownership.Plan, so that an imported message keeps
// what it has.
type orDefault struct{ attr.Value }

// Description says what the modifier does.
func (m orDefault) Description(context.Context) string { return "Default: " + m.Value.String() + "." }

// MarkdownDescription is Description.
func (m orDefault) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// ActsOnAbsentOnly marks a modifier that changes a plan that is equal to the state only where the state has no value.
func (orDefault) ActsOnAbsentOnly() {}

// PlanModifyString plans a text.
func (m orDefault) PlanModifyString(_ context.Context, _ planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	value, ok := m.Value.(types.String)
	if ok && resp.PlanValue.IsNull() {
		resp.PlanValue = value
	}
}

// PlanModifyBool plans a flag.
func (m orDefault) PlanModifyBool(_ context.Context, _ planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	value, ok := m.Value.(types.Bool)
	if ok && resp.PlanValue.IsNull() {
		resp.PlanValue = value
	}
}
