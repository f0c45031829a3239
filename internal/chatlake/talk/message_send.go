package talk

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// send sends the planned message, and stores source id and hashes in the plan. A message whose answer was lost is found
// again by its source id, and so is one with a configured source id that an earlier run has sent before it was killed. If it
// returns none, diags tell the error.
func (r *messageResource) send(ctx context.Context, plan *messageModel, diags *diag.Diagnostics) (*api.Message, error) {
	source := plan.SourceID.ValueString()
	if source == "" {
		source = api.NewUUID()
	}

	req, problems := plan.createRequest(source)
	diags.Append(problems...)

	req.Files = plan.files(ctx, diags)
	if diags.HasError() {
		return nil, nil
	}

	conversation := api.ParseID(plan.ConversationID.ValueString())

	if plan.SourceID.ValueString() != "" {
		sent, ok := r.findSent(ctx, conversation, req, diags)
		if ok || diags.HasError() {
			return sent, nil
		}
	}

	created, err := r.Client.CreateMessage(ctx, conversation, req)
	if transport.IsNotFound(err) {
		diags.AddAttributeError(path.Root("conversation_id"), "Unable to create message", apidiag.Absent("conversation "+conversation.String(), err))
		return nil, nil
	}

	if transport.IsLost(err) {
		found, ok, _ := r.Client.LostMessage(ctx, conversation, source)
		if ok {
			created, err = found, nil
		}
	}

	if plan.SourceID.IsUnknown() {
		plan.SourceID = types.StringValue(source)
	}

	if err != nil {
		apidiag.Add(diags, "create message", err)
		return nil, err
	}

	return &created, nil
}

// like finds the message that a create has sent whose answer was lost.
func (r *messageResource) like(plan messageModel) account.Keyless[api.Message] {
	return account.Keyless[api.Message]{
		Type: messageType, Within: plan.ConversationID.ValueString() + "/", IsCertain: true,
		Since: func(ctx context.Context, _ time.Time) ([]api.Message, error) {
			found, ok, err := r.Client.LostMessage(ctx, api.ParseID(plan.ConversationID.ValueString()), plan.SourceID.ValueString())
			if !ok {
				return nil, err
			}

			return []api.Message{found}, err
		},
	}
}

// findSent looks for the message that an earlier run has sent with the configured source id. Nothing else keeps the platform
// from taking it twice.
func (r *messageResource) findSent(ctx context.Context, conversation api.ID, req api.MessageRequest, diags *diag.Diagnostics) (*api.Message, bool) {
	if !r.Claims.Claim(messageType, conversation.String()+" "+req.SourceID) {
		adopt.AddManaged(diags, messageType, "")
		return nil, false
	}

	found, ok, err := r.Client.SentMessage(ctx, conversation, req)
	if err != nil && !transport.IsNotFound(err) {
		apidiag.Add(diags, "find out whether the message was sent before", err)
	}

	if !ok {
		return nil, false
	}

	diags.AddWarning("The message was sent before", fmt.Sprintf(
		"Message %s of conversation %s has this source_id and the same content, so it was not sent again.", found.ID, conversation))

	return &found, true
}

// addUnreadable reports a file that cannot be sent.
func addUnreadable(diags *diag.Diagnostics, i int, err error) {
	diags.AddAttributeError(path.Root("attachments").AtListIndex(i), "Unable to read the attachment", fmt.Sprintf("The file %s. Nothing was sent. Give the path of a regular file.", err))
}

// files reads the attachments, and their hashes into the plan.
func (m *messageModel) files(ctx context.Context, diags *diag.Diagnostics) []api.File {
	names, problems := tfvalue.Strings(ctx, m.Attachments)
	diags.Append(problems...)

	var (
		files  []api.File
		hashes []attr.Value
	)

	for i, name := range names {
		file, hash, err := account.ReadFile(name)
		if err != nil {
			addUnreadable(diags, i, err)
			continue
		}

		files, hashes = append(files, file), append(hashes, types.StringValue(hash))
	}

	m.AttachmentHashes = types.ListNull(types.StringType)
	if len(hashes) > 0 {
		m.AttachmentHashes = types.ListValueMust(types.StringType, hashes)
	}

	return files
}
