package imichat

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// start makes the chat of a plan, or finds the one to take over. It returns nil, with an error, if there is neither.
func (r *chatResource) start(ctx context.Context, plan *chatModel, diags *diag.Diagnostics) *api.Chat {
	team := plan.TeamID.ValueString()
	if team == "" {
		team = r.client.TeamID
	}

	if plan.AdoptExisting.ValueBool() && tfvalue.IsSet(plan.AliasID) {
		chat, done := r.adopt(ctx, plan, diags)
		if done {
			return chat
		}
	}

	request, problems := plan.createRequest(ctx, r.client.Stamp)
	diags.Append(problems...)
	if diags.HasError() {
		return nil
	}

	chat, err := r.client.CreateChat(ctx, team, request)
	if transport.IsConflict(err) && tfvalue.IsSet(plan.AliasID) {
		return r.taken(ctx, plan, err, diags)
	}

	apidiag.Add(diags, "create chat", err)

	return chat
}

// adopt looks for an open chat with the plan's alias. It is done if there is one, or if that cannot be told.
func (r *chatResource) adopt(ctx context.Context, plan *chatModel, diags *diag.Diagnostics) (*api.Chat, bool) {
	alias := plan.AliasID.ValueString()

	chat, err := r.client.OpenChatByAlias(ctx, alias)
	if err == nil && chat != nil {
		chat, err = r.client.WholeChat(ctx, chat.ID) // The list may be some minutes old by now.
	}

	switch {
	case api.IsTooFar(err):
		diags.AddAttributeError(path.Root("adopt_existing"), fmt.Sprintf("Unable to look for a chat with alias_id %q", alias), fmt.Sprintf(
			"It is not among the newest %d chats, and the list is read no further. If it is older, import it by its id; if there is none, leave adopt_existing out, and a new one is made.",
			api.MostChats))

		return nil, true
	case err != nil && !transport.IsNotFound(err):
		apidiag.Add(diags, fmt.Sprintf("look for a chat with alias_id %q", alias), err)
		return nil, true
	case chat == nil, chat.Closed():
		return nil, false
	case !r.fits(plan, chat, diags):
		return nil, true
	}

	return chat, true
}

// taken deals with an alias that the platform refuses because another chat has it. An open chat exists; a closed one is
// what an earlier destroy left behind, and is opened again.
//
// Unverified: that an alias can be refused at all, and that a closed chat can be opened again. Where the platform takes
// the alias once more, neither matters.
func (r *chatResource) taken(ctx context.Context, plan *chatModel, refused error, diags *diag.Diagnostics) *api.Chat {
	alias := plan.AliasID.ValueString()

	chats, err := r.client.ChatsByAlias(ctx, alias)
	if err != nil || len(chats) == 0 {
		apidiag.Add(diags, "create chat", refused)
		return nil
	}

	for _, listed := range chats {
		if listed.Closed() {
			continue
		}

		chat, err := r.client.WholeChat(ctx, listed.ID) // The list may be some minutes old by now.
		if err != nil {
			apidiag.Add(diags, "read chat "+listed.ID, err)
			return nil
		}

		if chat.Closed() {
			continue
		}

		if !plan.AdoptExisting.ValueBool() {
			apidiag.Taken(diags, "imichat_chat", "alias_id", alias, chat.ID)
			return nil
		}

		if !r.fits(plan, chat, diags) {
			return nil
		}

		return chat
	}

	if !r.fits(plan, chats[0], diags) {
		return nil
	}

	status := api.StatusQueued
	reopened, err := r.client.UpdateChat(ctx, chats[0].ID, api.ChatUpdate{Status: &status})
	apidiag.Add(diags, fmt.Sprintf("open the closed chat %s again, which holds alias_id %q", chats[0].ID, alias), err)

	if err == nil && reopened.Closed() {
		diags.AddAttributeError(path.Root("alias_id"), "The alias belongs to a closed chat", fmt.Sprintf(
			"IMIchat refuses alias_id %q for a new chat because of chat %s, and does not open that one again. Use another alias_id.", alias, chats[0].ID))

		return nil
	}

	return reopened
}

// fits says whether a chat can be what the plan describes: what cannot be changed must be the same.
func (r *chatResource) fits(plan *chatModel, chat *api.Chat, diags *diag.Diagnostics) bool {
	var differs []string

	for _, pair := range []struct{ name, plan, found string }{
		{"channel", plan.Channel.ValueString(), chat.Channel},
		{"asset.id", field(plan.Asset, "id").ValueString(), chat.Asset.ID},
		{"customer.destination_id", field(plan.Customer, "destination_id").ValueString(), chat.Customer.DestinationID},
	} {
		if !api.SameID(pair.plan, pair.found) {
			differs = append(differs, fmt.Sprintf("%s is %q there and %q here", pair.name, pair.found, pair.plan))
		}
	}

	if len(differs) == 0 {
		if tfvalue.IsSet(plan.InitialMessages) {
			diags.AddAttributeWarning(path.Root("initial_messages"), "Messages are not sent",
				fmt.Sprintf("Chat %s existed already: it is taken over as it is, and initial_messages are for new chats.", chat.ID))
		}

		return true
	}

	diags.AddAttributeError(path.Root("alias_id"), "The alias belongs to another chat", fmt.Sprintf(
		"Chat %s has alias_id %q, but it is not this one: %s. Nothing was changed. Use another alias_id, or describe that chat.",
		chat.ID, chat.AliasID, strings.Join(differs, ", ")))

	return false
}

// change sends an update. Details of others are kept: they are read first, and only if details change.
func (r *chatResource) change(ctx context.Context, id string, update api.ChatUpdate, prior, plan *chatModel) (*api.Chat, error) {
	if update.OtherDetails != nil {
		chat, err := r.client.WholeChat(ctx, id)
		if err != nil {
			return nil, err
		}

		merged := mergedDetails(chat, prior.OtherDetails, plan.OtherDetails)
		update.OtherDetails = &merged
	}

	return r.client.UpdateChat(ctx, id, update)
}
