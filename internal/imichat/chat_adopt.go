package imichat

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// start returns the chat of a plan: a new one, or the one that is adopted. It returns nil, with an error, if there is
// neither. A chat that was made and cannot be read comes with an error too.
func (r *chatResource) start(ctx context.Context, plan chatModel) (*api.Chat, diag.Diagnostics) {
	var diags diag.Diagnostics

	if !isGiven(plan.AliasID) || plan.makesAnother() {
		chat := r.create(ctx, plan, &diags)
		return chat, diags
	}

	if !r.claims.Claim(chatType, aliasKey(plan.AliasID)) {
		adopt.AddManaged(&diags, chatType, "")
		return nil, diags
	}

	chat := r.findHolder(ctx, plan, &diags)

	switch {
	case diags.HasError():
	case chat != nil:
		chat = r.adopt(plan, chat, &diags)
	default:
		chat = r.create(ctx, plan, &diags)
	}

	if chat == nil {
		r.claims.Release(chatType, aliasKey(plan.AliasID))
	}

	return chat, diags
}

// makesAnother reports whether a chat with the alias of another one is wanted: adopt_existing is false, and not left out.
func (m *chatModel) makesAnother() bool {
	return tfvalue.IsSet(m.AdoptExisting) && !m.AdoptExisting.ValueBool()
}

// findHolder returns the open chat that has the plan's alias, or nil. With adopt_existing, it looks through all chats.
// Without, it looks at the newest ones, where a run that was killed left what it did not store; the run shares this reading
// of the list, and a failure of it stops nothing.
func (r *chatResource) findHolder(ctx context.Context, plan chatModel, diags *diag.Diagnostics) *api.Chat {
	alias := plan.AliasID.ValueString()
	find := r.client.RecentChatByAlias

	if plan.AdoptExisting.ValueBool() {
		find = r.client.OpenChatByAlias
	}

	listed, err := find(ctx, alias)
	if listed == nil && (err == nil || !plan.AdoptExisting.ValueBool()) {
		return nil
	}

	chat := listed
	if err == nil {
		chat, err = r.client.WholeChat(ctx, listed.ID) // The list may be some minutes old by now.
	}

	switch {
	case err == nil && !chat.Closed():
		return chat
	case err == nil, transport.IsNotFound(err):
	case api.IsTooFar(err):
		diags.AddAttributeError(path.Root("adopt_existing"), "Unable to look for a chat with this alias_id", fmt.Sprintf(
			"It is not among the newest %d chats, and the list is read no further. If the chat is older, import it by its id. If there is none, set adopt_existing to false, and a new one is made.",
			api.MostChats))
	default:
		apidiag.Add(diags, "look for a chat with this alias_id", err)
	}

	return nil
}

// create makes the chat.
func (r *chatResource) create(ctx context.Context, plan chatModel, diags *diag.Diagnostics) *api.Chat {
	request, problems := plan.createRequest(ctx, r.client.Stamp)
	diags.Append(problems...)
	if diags.HasError() {
		return nil
	}

	team := cmp.Or(plan.TeamID.ValueString(), r.client.TeamID)

	chat, err := r.client.CreateChat(ctx, team, request)
	if transport.IsConflict(err) && isGiven(plan.AliasID) {
		return r.resolveConflict(ctx, plan, err, diags)
	}

	apidiag.Add(diags, "create chat", err)

	switch {
	case chat != nil:
		r.claims.Claim(chatType, chat.ID)
	case transport.IsLost(err):
		r.nameCandidates(ctx, request, diags)
	}

	return chat
}

// nameCandidates names the chats that may be the one whose creation was not answered. Nothing tells a chat without alias
// from others like it, so a person decides.
func (r *chatResource) nameCandidates(ctx context.Context, request api.ChatRequest, diags *diag.Diagnostics) {
	chats, err := r.client.LostChats(ctx, request)
	if err != nil || len(chats) == 0 {
		return
	}

	lines := make([]string, len(chats))
	for i, chat := range chats {
		lines[i] = fmt.Sprintf("%s, created at %s", chat.ID, tfvalue.Timestamp(chat.CreatedAt).ValueString())
	}

	diags.AddWarning("The chat may exist already", fmt.Sprintf(
		"These open chats are on the same channel, asset and address, and are about as young as the request:\n\n%s\n\n"+
			"If one of them is the new chat, import it by its id before you apply again. With an alias_id, the provider would find it by itself.", strings.Join(lines, "\n")))
}

// resolveConflict handles an alias that the platform refuses because another chat has it. An open chat exists already. A
// closed one is what an earlier destroy left behind, and is opened again.
//
// Unverified: that an alias can be refused at all, and that a closed chat can be opened again. Where the platform accepts
// the alias once more, neither matters.
func (r *chatResource) resolveConflict(ctx context.Context, plan chatModel, refused error, diags *diag.Diagnostics) *api.Chat {
	chats, err := r.client.ChatsByAlias(ctx, plan.AliasID.ValueString())
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

		if !chat.Closed() {
			return r.adopt(plan, chat, diags)
		}
	}

	return r.reopen(ctx, plan, chats[0], diags)
}

// nameHolder warns about the chat that has the alias which the platform refused to this one.
func (r *chatResource) nameHolder(ctx context.Context, plan chatModel, refused error, diags *diag.Diagnostics) {
	if !transport.IsConflict(refused) || !isGiven(plan.AliasID) {
		return
	}

	chats, err := r.client.ChatsByAlias(ctx, plan.AliasID.ValueString())
	if err != nil || len(chats) == 0 {
		return // The refusal is reported, and this would only have explained it.
	}

	diags.AddAttributeWarning(path.Root("alias_id"), fmt.Sprintf("There is chat %s with this alias_id", chats[0].ID), fmt.Sprintf(
		"Its status is %s. Chat %s was not changed. Give one of the two another alias_id.", chats[0].Status, plan.ID.ValueString()))
}

// reopen opens the closed chat that has the alias.
func (r *chatResource) reopen(ctx context.Context, plan chatModel, closed *api.Chat, diags *diag.Diagnostics) *api.Chat {
	if !r.matches(plan, closed, diags) {
		return nil
	}

	status := api.StatusQueued

	chat, err := r.client.UpdateChat(ctx, closed.ID, api.ChatUpdate{Status: &status})
	apidiag.Add(diags, fmt.Sprintf("open the closed chat %s again, which has this alias_id", closed.ID), err)

	if err == nil && chat.Closed() {
		diags.AddAttributeError(path.Root("alias_id"), "The alias belongs to a closed chat", fmt.Sprintf(
			"IMIchat refuses this alias_id for a new chat because of chat %s, and does not open that one again. Use another alias_id.", closed.ID))

		return nil
	}

	return chat
}

// adopt returns the chat that has the alias if it may be adopted.
func (r *chatResource) adopt(plan chatModel, chat *api.Chat, diags *diag.Diagnostics) *api.Chat {
	switch {
	case !plan.AdoptExisting.ValueBool():
		apidiag.Taken(diags, chatType, "alias_id", chat.ID)
		return nil
	case !r.matches(plan, chat, diags):
		return nil
	case !r.claims.Claim(chatType, chat.ID):
		adopt.AddManaged(diags, chatType, chat.ID)
		return nil
	}

	r.claims.Adopted(chatType, chat.ID)

	return chat
}

// matches reports whether a chat can be what the plan describes: what cannot be changed must be the same.
func (r *chatResource) matches(plan chatModel, chat *api.Chat, diags *diag.Diagnostics) bool {
	var differs []string

	for _, pair := range []struct{ name, plan, found string }{
		{"channel", plan.Channel.ValueString(), chat.Channel},
		{"asset.id", field(plan.Asset, "id").ValueString(), chat.Asset.ID},
		{"customer.destination_id", field(plan.Customer, "destination_id").ValueString(), chat.Customer.DestinationID},
	} {
		if !api.SameID(pair.plan, pair.found) {
			differs = append(differs, pair.name)
		}
	}

	if len(differs) > 0 {
		diags.AddAttributeError(path.Root("alias_id"), "The alias belongs to another chat", fmt.Sprintf(
			"Chat %s has this alias_id, but it is not this one: it has another %s. Nothing was changed. Use another alias_id, or describe that chat.",
			chat.ID, strings.Join(differs, ", ")))

		return false
	}

	if isGiven(plan.InitialMessages) {
		diags.AddAttributeWarning(path.Root("initial_messages"), "Messages are not sent",
			fmt.Sprintf("Chat %s existed already. It is adopted as it is, and initial_messages are for new chats.", chat.ID))
	}

	return true
}
