package imichat

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// createRequest is what a chat is made of. Tags and status are not part of it: whether create takes them is not known,
// so they follow.
func (m *chatModel) createRequest(ctx context.Context, stamp func(int) string) (api.ChatRequest, diag.Diagnostics) {
	routes, diags := tfvalue.StringMap(ctx, m.RouteParams)
	details, problems := tfvalue.StringMap(ctx, m.OtherDetails)
	diags.Append(problems...)

	request := api.ChatRequest{
		Channel:  m.Channel.ValueString(),
		Asset:    api.AssetRequest{ID: field(m.Asset, "id").ValueString()},
		Customer: api.CustomerRequest{DestinationID: field(m.Customer, "destination_id").ValueString(), Name: tfvalue.StringPtr(field(m.Customer, "name"))},
		AliasID:  tfvalue.StringPtr(m.AliasID), Subject: tfvalue.StringPtr(m.Subject), ThreadID: tfvalue.StringPtr(m.ThreadID),
		RouteParams: routes, OtherDetails: details, Assignee: tfvalue.StringPtr(m.Assignee),
	}
	if !tfvalue.IsSet(m.InitialMessages) {
		return request, diags
	}

	var models []messageModel
	diags.Append(m.InitialMessages.ElementsAs(ctx, &models, false)...)

	for i, model := range models {
		message, problems := model.request(ctx, stamp(i))
		diags.Append(problems...)

		request.Messages = append(request.Messages, message)
	}

	return request, diags
}

// followUp is what a chat that was just made or taken over still lacks of the plan.
func (m *chatModel) followUp(ctx context.Context, chat *api.Chat) (api.ChatUpdate, diag.Diagnostics) {
	found := *m
	found.fromAPI(chat)

	update, diags := m.updateRequest(ctx, &found)
	if update.OtherDetails != nil {
		merged := mergedDetails(chat, types.MapNull(types.StringType), m.OtherDetails)
		update.OtherDetails = &merged
	}

	return update, diags
}

// updateRequest holds what the plan changes. Its other_details are those of the plan alone: who sends them adds what
// others have put there.
func (m *chatModel) updateRequest(ctx context.Context, prior *chatModel) (update api.ChatUpdate, diags diag.Diagnostics) {
	if tfvalue.Changed(prior.AliasID, m.AliasID) {
		alias := m.AliasID.ValueString() // Unverified: that an empty alias takes it away; no page says how.
		update.AliasID = &alias
	}

	if changedTo(prior.Tags, m.Tags) {
		tags, problems := tfvalue.Strings(ctx, m.Tags)
		diags.Append(problems...)
		slices.Sort(tags)
		update.Tags = &tags
	}

	if changedTo(prior.Status, m.Status) {
		update.Status = tfvalue.StringPtr(m.Status)
		if *update.Status == api.StatusClosed {
			update.Outcome = tfvalue.StringPtr(m.Outcome)
		}
	}

	if changedTo(prior.Assignee, m.Assignee) {
		update.Assignee = tfvalue.StringPtr(m.Assignee)
	}

	if tfvalue.Changed(prior.OtherDetails, m.OtherDetails) && (len(prior.OtherDetails.Elements()) > 0 || len(m.OtherDetails.Elements()) > 0) {
		details := mergedDetails(&api.Chat{}, prior.OtherDetails, m.OtherDetails)
		update.OtherDetails = &details
	}

	return update, diags
}

// changedTo says that a value that the platform may decide as well is set to another one.
func changedTo(prior, plan attr.Value) bool { return tfvalue.IsSet(plan) && !plan.Equal(prior) }

// mergedDetails is what to send so that the platform holds the planned keys and those of others, but not the keys that
// the plan gives up.
//
// Unverified: whether other_details are replaced or merged. Sent like this, both have the same effect; only a key that is
// given up stays where they are merged.
func mergedDetails(found *api.Chat, prior, plan types.Map) map[string]any {
	merged := map[string]any{}
	for key, value := range found.Details {
		merged[key] = value
	}

	for key := range prior.Elements() {
		delete(merged, key)
	}

	for key, value := range plan.Elements() {
		if text, ok := value.(types.String); ok {
			merged[key] = text.ValueString()
		}
	}

	return merged
}

// left are the keys that the plan gives up and the platform still has.
func left(found map[string]string, prior, plan types.Map) []string {
	var keys []string

	for key := range prior.Elements() {
		_, kept := plan.Elements()[key]

		_, there := found[key]
		if there && !kept {
			keys = append(keys, key)
		}
	}

	slices.Sort(keys)

	return keys
}
