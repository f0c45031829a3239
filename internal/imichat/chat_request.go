package imichat

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// createRequest returns the request that makes the chat. Tags and status follow in a second one: it is not known whether the
// platform takes them from this one.
func (m *chatModel) createRequest(ctx context.Context, stamp func(int) string) (api.ChatRequest, diag.Diagnostics) {
	request := api.ChatRequest{
		Channel: m.Channel.ValueString(),
		Asset:   api.AssetRequest{ID: field(m.Asset, "id").ValueString()},
		Customer: api.CustomerRequest{
			DestinationID: field(m.Customer, "destination_id").ValueString(), Name: textPtr(field(m.Customer, "name")),
		},
		AliasID: textPtr(m.AliasID), Subject: textPtr(m.Subject), ThreadID: textPtr(m.ThreadID),
		RouteParams: textsByKey(m.RouteParams), OtherDetails: textsByKey(m.OtherDetails), Assignee: textPtr(m.Assignee),
	}

	var (
		models []messageModel
		diags  diag.Diagnostics
	)

	if tfvalue.IsSet(m.InitialMessages) {
		diags.Append(m.InitialMessages.ElementsAs(ctx, &models, false)...)
	}

	for i, model := range models {
		message, problems := model.request(ctx, stamp(i))
		diags.Append(problems...)

		request.Messages = append(request.Messages, message)
	}

	return request, diags
}

// updateRequest returns the request that makes prior into the plan. Its other_details are those of the plan: the caller
// adds what others have there.
func (m *chatModel) updateRequest(prior chatModel) api.ChatUpdate {
	var update api.ChatUpdate

	if tfvalue.Changed(prior.AliasID, m.AliasID) && (isGiven(m.AliasID) || isGiven(prior.AliasID)) {
		alias := m.AliasID.ValueString() // Unverified: that an empty alias removes it. No page says how.
		update.AliasID = &alias
	}

	if isSetTo(prior.Tags, m.Tags) {
		tags := textsOf(m.Tags)
		update.Tags = &tags
	}

	if isGiven(m.Status) && isSetTo(prior.Status, m.Status) {
		update.Status = textPtr(m.Status)
		if *update.Status == api.StatusClosed {
			update.Outcome = textPtr(m.Outcome)
		}
	}

	if isGiven(m.Assignee) && isSetTo(prior.Assignee, m.Assignee) {
		update.Assignee = textPtr(m.Assignee)
	}

	if tfvalue.Changed(prior.OtherDetails, m.OtherDetails) && (isGiven(prior.OtherDetails) || isGiven(m.OtherDetails)) {
		details := map[string]any{}
		update.OtherDetails = &details
	}

	return update
}

// isSetTo reports whether a value that the platform may decide too is set to another one.
func isSetTo(prior, plan attr.Value) bool { return tfvalue.IsSet(plan) && !plan.Equal(prior) }

// mergedDetails returns the other_details to send: the planned keys and those of others, without the managed ones that the
// plan gives up.
//
// Unverified: whether the platform replaces other_details or merges them. Sent like this, both have the same effect; only a
// key that is given up stays where they are merged.
func mergedDetails(found *api.Chat, prior, plan types.Map, managed ownership.Managed) *map[string]any {
	merged := map[string]any{}
	for key, value := range found.Details {
		merged[key] = value
	}

	for key := range prior.Elements() {
		if managed.HasKey("other_details", key) {
			delete(merged, key)
		}
	}

	for key, value := range textsByKey(plan) {
		merged[key] = value
	}

	return &merged
}

// hasOthers reports whether a chat has other_details that are not managed here.
func hasOthers(chat *api.Chat, ours types.Map, managed ownership.Managed) bool {
	for key := range chat.Details {
		_, isOurs := ours.Elements()[key]
		if !isOurs || !managed.HasKey("other_details", key) {
			return true
		}
	}

	return false
}

// hasAll reports whether the platform has every key that was sent.
func hasAll(found map[string]json.RawMessage, sent map[string]any) bool {
	for key := range sent {
		_, ok := found[key]
		if !ok {
			return false
		}
	}

	return true
}

// textsOf returns the texts of a set, in order.
func textsOf(set types.Set) []string {
	texts := []string{}

	for _, element := range set.Elements() {
		if text, ok := element.(types.String); ok {
			texts = append(texts, text.ValueString())
		}
	}

	slices.Sort(texts)

	return texts
}

// textsByKey returns the texts of a map; nil if it is empty.
func textsByKey(m types.Map) map[string]string {
	var texts map[string]string

	for key, element := range m.Elements() {
		text, ok := element.(types.String)
		if !ok {
			continue
		}

		if texts == nil {
			texts = map[string]string{}
		}

		texts[key] = text.ValueString()
	}

	return texts
}
