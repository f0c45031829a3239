package imichat

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

// Keys of the private state of a chat.
const (
	// privateTeam is the team that the chat was made in, or imported from. It tells a changed configuration from a transfer.
	privateTeam = "team"
	// privateImported says that initial_messages are not known, and privateListed that neither are the attributes which
	// rows of the list lack.
	privateImported = "imported"
	privateListed   = "listed"
	// privateOthers says that others have keys in other_details.
	privateOthers = "others"
)

// remember stores what identifies a new chat.
func (r *chatResource) remember(ctx context.Context, plan chatModel, chat *api.Chat, req resource.CreateRequest, resp *resource.CreateResponse) diag.Diagnostics {
	team := cmp.Or(plan.TeamID.ValueString(), r.client.TeamID, chat.TeamID)

	diags := r.setIdentity(ctx, resp.Identity, "chat_id", chat.ID)
	diags.Append(r.origin().Record(ctx, resp.Private)...)
	diags.Append(setText(ctx, resp.Private, privateTeam, team)...)
	diags.Append(ownership.Store(ctx, resp.Private, req.Config, "other_details")...)

	if hasOthers(chat, plan.OtherDetails, ownership.Managed{}) {
		diags.Append(setFlag(ctx, resp.Private, privateOthers, true)...)
	}

	return diags
}

// finish sends what a chat that was just made or adopted lacks of the plan.
func (r *chatResource) finish(ctx context.Context, plan chatModel, chat *api.Chat) (*api.Chat, diag.Diagnostics) {
	found := plan
	found.fromAPI(chat, false)

	var diags diag.Diagnostics

	update := plan.updateRequest(found)
	if update.IsEmpty() {
		return chat, diags
	}

	if update.OtherDetails != nil {
		update.OtherDetails = mergedDetails(chat, found.OtherDetails, plan.OtherDetails, ownership.Managed{})
	}

	updated, err := r.client.UpdateChat(ctx, chat.ID, update)
	if err != nil {
		names := strings.Join(update.Names(), ", ")
		apidiag.Add(&diags, fmt.Sprintf("set %s of the new chat %s", names, chat.ID), err)
		adopt.AddUnfinished(&diags, chatType, chat.ID, "its "+names+" could not be set")

		return chat, diags
	}

	return updated, diags
}

// read returns the chat. An import reads the whole chat: a row of the list leaves out what was given at creation.
func (r *chatResource) read(ctx context.Context, state chatModel, imported bool) (*api.Chat, error) {
	id := state.ID.ValueString()
	r.client.Remember(id, state.TeamID.ValueString(), state.Channel.ValueString())

	if imported {
		return r.client.WholeChat(ctx, id)
	}

	return r.client.Chat(ctx, id)
}

// refresh stores a chat that was read.
func (r *chatResource) refresh(
	ctx context.Context, state chatModel, chat *api.Chat, imported bool, req resource.ReadRequest, resp *resource.ReadResponse,
) diag.Diagnostics {
	managed, diags := ownership.Load(ctx, req.Private)
	before := state

	state.fromAPI(chat, imported)
	diags.Append(planned.StoreFound(ctx, &resp.State, before, state)...)

	others := hasOthers(chat, state.OtherDetails, managed)
	if others != hasFlag(ctx, req.Private, privateOthers) {
		diags.Append(setFlag(ctx, resp.Private, privateOthers, others)...)
	}

	if !imported {
		planned.KeepSpelling(req.State, &resp.State)
		return diags
	}

	diags.Append(setFlag(ctx, resp.Private, privateImported, true)...)
	diags.Append(setFlag(ctx, resp.Private, privateListed, chat.Listed)...)
	diags.Append(setText(ctx, resp.Private, privateTeam, chat.TeamID)...)

	if chat.Listed {
		diags.AddWarning("The chat was read from the list of chats", fmt.Sprintf(
			"IMIchat did not answer the call that reads one chat, and the list has no team, customer's name, subject, thread id and "+
				"routing attributes. Those of chat %s are not known. What the configuration says about them is taken as it is.", chat.ID))
	}

	return diags
}

// change sends what the plan changes. It returns nil if that is nothing.
//
// The write goes alone unless others have keys in other_details. Theirs are read as late as possible and sent back, and if
// one is missing afterwards, it is written once more.
func (r *chatResource) change(ctx context.Context, plan, state chatModel, private ownership.Reader, store ownership.Writer) (*api.Chat, error) {
	id := state.ID.ValueString()
	r.client.Remember(id, state.TeamID.ValueString(), state.Channel.ValueString())

	managed, _ := ownership.Load(ctx, private)

	update := plan.updateRequest(state)

	if plan.changesTeam(state) {
		err := r.client.TransferChat(ctx, id, plan.TeamID.ValueString())
		if err != nil {
			return nil, err
		}

		_ = setText(ctx, store, privateTeam, plan.TeamID.ValueString())

		if update.IsEmpty() {
			return r.client.ChatAfterWrite(ctx, id)
		}
	}

	if plan.AliasID.ValueString() != state.AliasID.ValueString() {
		r.claims.Release(chatType, aliasKey(state.AliasID))
	}

	if update.IsEmpty() {
		return nil, nil //nolint:nilnil // Only settings of the provider changed.
	}

	if update.OtherDetails == nil {
		return r.client.UpdateChat(ctx, id, update)
	}

	return r.changeDetails(ctx, id, update, plan, state, managed, hasFlag(ctx, private, privateOthers))
}

// compare fills the plan with a chat that was changed.
func (r *chatResource) compare(ctx context.Context, plan *chatModel, state chatModel, chat *api.Chat, private ownership.Reader) diag.Diagnostics {
	managed, diags := ownership.Load(ctx, private)

	keys := plan.leavesToOthers(state, managed)
	if len(keys) > 0 {
		diags.AddAttributeWarning(path.Root("other_details"), "Keys of others stay on the platform", fmt.Sprintf(
			"Chat %s keeps %s in other_details: no configuration has named them, so they are not removed. They leave the state.", chat.ID, strings.Join(keys, ", ")))
	}

	plan.fromUpdate(chat, state, managed)

	return diags
}

// changeDetails sends an update with other_details.
func (r *chatResource) changeDetails(
	ctx context.Context, id string, update api.ChatUpdate, plan, state chatModel, managed ownership.Managed, others bool,
) (*api.Chat, error) {
	before := &api.Chat{}

	if others {
		found, err := r.client.ChatAfterWrite(ctx, id) // A transfer may have gone before.
		if err != nil {
			return nil, err
		}

		before = found
	}

	update.OtherDetails = mergedDetails(before, state.OtherDetails, plan.OtherDetails, managed)

	chat, err := r.client.UpdateChat(ctx, id, update)
	if err != nil || hasAll(chat.Details, *update.OtherDetails) {
		return chat, err
	}

	return r.client.UpdateChat(ctx, id, api.ChatUpdate{OtherDetails: update.OtherDetails})
}

// chatID is the form of an id. The vendor's samples are CSR and 13 or 14 letters and digits.
var chatID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)

// chatForm returns what an import of a chat accepts.
func chatForm() importid.Form {
	return importid.Form{
		Type:  chatType,
		Parts: []importid.Part{{Name: "chat_id", Form: chatID, Example: "CSR6M0VZHRFMQ2XW"}},
		Keys:  []importid.Key{{Name: "alias", Example: "order-4711"}, {Name: "alias_id", Example: "order-4711"}},
	}
}

// chatsByKey returns the ids of the chats that have an alias: those that are open, or else the newest closed one.
func (r *chatResource) chatsByKey(ctx context.Context, id importid.ID) ([]string, error) {
	chats, err := r.client.ChatsByAlias(ctx, id.Value)
	if err != nil || len(chats) == 0 {
		return nil, err
	}

	var open []string

	for _, chat := range chats {
		if !chat.Closed() {
			open = append(open, chat.ID)
		}
	}

	if len(open) == 0 {
		open = []string{chats[0].ID}
	}

	return open, nil
}

// aliasKey returns the key under which a run claims an alias.
func aliasKey(alias types.String) string { return "alias_id " + alias.ValueString() }

// release gives a chat and its alias back to other resources of the run.
func (r *chatResource) release(id string, alias types.String) {
	r.claims.Release(chatType, id)
	r.claims.Release(chatType, aliasKey(alias))
}
