package kommunicate

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// change is one request on the way from the prior conversation to the planned one. The name completes "Unable to ... of
// conversation 42".
type change struct {
	name string
	send func(ctx context.Context) error
}

// sendAll sends the changes in order, and returns how many were made and the name of the one that failed.
func sendAll(ctx context.Context, changes []change) (done int, failed string, err error) {
	for i, c := range changes {
		if err := c.send(ctx); err != nil {
			return i, c.name, err
		}
	}

	return len(changes), "", nil
}

// conversationChange is the way from prior to plan.
type conversationChange struct {
	client      *api.Client
	plan, prior *conversationModel
	managed     ownership.Managed
	// found is the conversation, if it was read a moment ago.
	found api.Conversation
}

// list returns what differs between prior and plan. Team and assignee are never one request: the platform assigns when the
// team changes, so the assignee is set after that. The status is last, because assigning may open a conversation.
func (c conversationChange) list(ctx context.Context) ([]change, diag.Diagnostics) {
	id, actor, notify := c.prior.ID.ValueString(), c.client.Actor(c.plan.ActingUserID.ValueString()), c.plan.SendNotifyMessage.ValueBool()

	var changes []change

	update, objects := c.updateRequest()
	if !update.IsEmpty() || len(objects) > 0 {
		changes = append(changes, change{"change name, image and metadata", func(ctx context.Context) error {
			return c.update(ctx, actor, update, objects)
		}})
	}

	members, diags := c.members(ctx, actor)
	changes = append(changes, members...)

	team := c.plan.TeamID.ValueString()
	isNewTeam := team != "" && !c.plan.TeamID.Equal(c.prior.TeamID)

	if isNewTeam {
		changes = append(changes, change{"change the team", func(ctx context.Context) error {
			return c.client.UpdateConversation(ctx, actor, api.ConversationUpdate{GroupID: id, Metadata: map[string]string{api.KeyTeam: team}})
		}})
	}

	assignee := c.plan.Assignee.ValueString()
	if assignee != "" && (isNewTeam || !strings.EqualFold(assignee, c.prior.Assignee.ValueString())) {
		changes = append(changes, change{"change the assignee", func(ctx context.Context) error {
			return c.client.ChangeAssignee(ctx, actor, api.AssigneeChange{
				GroupID: id, Assignee: assignee, Notify: notify, TakeOverFromBot: c.plan.TakeOverFromBot.ValueBool(),
				SwitchAssignee: c.plan.SwitchAssignee.IsNull() || c.plan.SwitchAssignee.ValueBool(),
			})
		}})
	}

	status := c.plan.Status.ValueString()
	if status != "" && !c.hasStatus(status) {
		changes = append(changes, change{"change the status", func(ctx context.Context) error {
			return c.client.ChangeStatus(ctx, actor, id, statusCode(status), notify)
		}})
	}

	return changes, diags
}

// hasStatus reports whether the conversation has the status already, or one that people call the same.
func (c conversationChange) hasStatus(status string) bool {
	prior := c.prior.Status.ValueString()
	return prior == status || status == statusOpen && api.IsOpenStatus(statusCode(prior))
}

// updateRequest returns what group/update takes of the changes, and the keys of the JSON objects that change. A key of
// metadata cannot be removed, so it is blanked. Keys that the configuration does not manage stay as they are.
func (c conversationChange) updateRequest() (update api.ConversationUpdate, objects []string) {
	plan, prior := c.plan, c.prior
	update = api.ConversationUpdate{
		GroupID: prior.ID.ValueString(), NewName: changedText(prior.GroupName, plan.GroupName),
		ImageURL: changedText(prior.ImageURL, plan.ImageURL), Metadata: changedKeys(prior.Metadata, plan.Metadata),
	}

	removed, _ := c.managed.Split("metadata", removedKeys(prior.Metadata, plan.Metadata))
	for _, key := range removed {
		update.Metadata[key] = c.afterRemoval(key)
	}

	for key, attribute := range plan.texts() {
		text := changedText(*prior.texts()[key], *attribute)
		if text != nil {
			update.Metadata[key] = *text
		}
	}

	title, isNewTitle := update.Metadata[api.KeyTitle]
	_, isChanged := update.Metadata[api.KeyOriginalTitle]
	_, isWritten := plan.Metadata.Elements()[api.KeyOriginalTitle]

	if isNewTitle && !isChanged && !isWritten {
		update.Metadata[api.KeyOriginalTitle] = showsTitle(title)
	}

	if !plan.SkipBotEvent.IsUnknown() && !tfvalue.Same(prior.SkipBotEvent, plan.SkipBotEvent) {
		events := textsOf(plan.SkipBotEvent)
		slices.Sort(events)
		update.Metadata[api.KeySkipBotEvent] = encode(events)
	}

	for _, key := range slices.Sorted(maps.Keys(plan.objects())) {
		set, remove := c.objectChange(key)
		if len(set)+len(remove) > 0 {
			objects = append(objects, key)
		}
	}

	return update, objects
}

// objectChange returns the keys of a JSON object to set and to remove.
func (c conversationChange) objectChange(key string) (set map[string]string, remove []string) {
	prior, plan := *c.prior.objects()[key], *c.plan.objects()[key]
	if plan.IsUnknown() {
		return nil, nil
	}

	remove, _ = c.managed.Split(objectNames[key], removedKeys(prior, plan))

	return changedKeys(prior, plan), remove
}

// objectNames are the attributes that are one JSON object of the metadata each.
var objectNames = map[string]string{api.KeyInfo: "conversation_info", api.KeyChatContext: "chat_context"}

// textsOf returns the elements of a set of texts.
func textsOf(set tfvalue.Collection) []string {
	texts := []string{}

	for _, element := range set.Elements() {
		if text, ok := element.(types.String); ok && tfvalue.IsSet(text) {
			texts = append(texts, text.ValueString())
		}
	}

	return texts
}

// update sends name, image and metadata in one request. A JSON object is one text for all of its keys, so it is read,
// changed and written. Where it cannot be read, the configured keys are all that is known.
func (c conversationChange) update(ctx context.Context, actor string, update api.ConversationUpdate, objects []string) error {
	found := c.found
	if len(objects) > 0 && (found.ID == "" || !found.HasMetadata()) {
		var err error

		found, err = c.client.Conversation(ctx, update.GroupID)
		if err != nil && !api.IsUnreadable(err) {
			return err
		}
	}

	for _, key := range objects {
		set, remove := c.objectChange(key)
		if !found.HasMetadata() {
			set = changedKeys(types.MapNull(types.StringType), *c.plan.objects()[key])
		}

		text, err := found.ChangeObject(key, set, remove)
		if err != nil {
			return err
		}

		update.Metadata[key] = text
	}

	return c.client.UpdateConversation(ctx, actor, update)
}

// explainKept warns about what leaves the state and stays on the platform, because the configuration never named it.
func (c conversationChange) explainKept() diag.Diagnostics {
	var diags diag.Diagnostics

	removed := map[string][]string{"metadata": removedKeys(c.prior.Metadata, c.plan.Metadata)}
	for key, name := range objectNames {
		removed[name] = removedKeys(*c.prior.objects()[key], *c.plan.objects()[key])
	}

	removed["group_member_list"] = missing(textsOf(c.prior.GroupMemberList), textsOf(c.plan.GroupMemberList))

	for _, name := range slices.Sorted(maps.Keys(removed)) {
		_, kept := c.managed.Split(name, removed[name])
		if len(kept) > 0 {
			diags.Append(ownership.WarnKept(name, kept))
		}
	}

	return diags
}

// members returns the changes that add the configured members who are missing, and remove those who are no longer
// configured. A member whom the configuration never named stays, and so does the assignee.
func (c conversationChange) members(ctx context.Context, actor string) ([]change, diag.Diagnostics) {
	joining, leaving, diags := c.membership(ctx)

	var changes []change

	id := c.prior.ID.ValueString()

	for _, member := range joining {
		changes = append(changes, change{"add member " + member, func(ctx context.Context) error {
			return addMember(ctx, c.client, actor, api.Membership{GroupID: id, UserID: member})
		}})
	}

	for _, member := range leaving {
		changes = append(changes, change{"remove member " + member, func(ctx context.Context) error {
			return removeMember(ctx, c.client, actor, id, member)
		}})
	}

	return changes, diags
}

// membership returns who joins and who leaves.
func (c conversationChange) membership(ctx context.Context) (joining, leaving []string, diags diag.Diagnostics) {
	planned, diags := tfvalue.Strings(ctx, c.plan.GroupMemberList)
	had, problems := tfvalue.Strings(ctx, c.prior.GroupMemberList)
	diags.Append(problems...)

	assignee := c.plan.Assignee.ValueString()
	if assignee == "" {
		assignee = c.prior.Assignee.ValueString()
	}

	joining = missing(planned, had)
	leaving, _ = c.managed.Split("group_member_list", missing(had, append(planned, assignee)))

	slices.Sort(joining)
	slices.Sort(leaving)

	return joining, leaving, diags
}

// afterRemoval returns what a key of metadata is after its removal: blank, but for the one that goes with a title.
func (c conversationChange) afterRemoval(key string) string {
	if key == api.KeyOriginalTitle {
		return showsTitle(c.plan.ConversationTitle.ValueString())
	}

	return ""
}

// remaining returns what names the attributes and keys that a changed conversation still has although they were to be
// removed. Call it before the plan is filled in: the state does not show them any more.
func (c conversationChange) remaining(ctx context.Context) func(found api.Conversation) []string {
	keys, _ := c.managed.Split("metadata", removedKeys(c.prior.Metadata, c.plan.Metadata))
	_, leaving, _ := c.membership(ctx)
	removed := map[string][]string{}

	for key := range objectNames {
		_, removed[key] = c.objectChange(key)
	}

	return func(found api.Conversation) []string {
		var names []string

		for _, key := range keys {
			if found.Metadata[key] != c.afterRemoval(key) {
				names = append(names, "metadata."+key)
			}
		}

		for object, keys := range removed {
			for _, key := range keys {
				if found.Object(object)[key] != "" {
					names = append(names, objectNames[object]+"."+key)
				}
			}
		}

		if len(missing(leaving, found.Members())) < len(leaving) {
			names = append(names, "group_member_list")
		}

		slices.Sort(names)

		return names
	}
}

// warnRemaining warns about what was to be removed and is still there.
func warnRemaining(names []string) diag.Diagnostics {
	if len(names) == 0 {
		return nil
	}

	return diag.Diagnostics{diag.NewWarningDiagnostic("The conversation is not as planned",
		"The platform still has what was to be removed: "+strings.Join(names, ", ")+". Another client has put it back since, or the platform did not take the change. "+
			"The configuration does not manage it any more, so no later plan shows it.")}
}

// addMember adds a member. As when a conversation is created, a user who does not exist is created.
//
// Unverified: that this call does not create users by itself.
func addMember(ctx context.Context, client *api.Client, actor string, member api.Membership) error {
	err := client.AddMember(ctx, actor, member)
	if !api.IsUnknownUser(err) {
		return err
	}

	_, lookup := client.User(ctx, member.UserID)
	if !transport.IsNotFound(lookup) {
		return err
	}

	failure := client.CreateUser(ctx, api.UserRequest{UserID: member.UserID})
	if failure != nil {
		return failure
	}

	return client.AddMember(ctx, actor, member)
}

// removeMember removes a member. A user who is no member any more is no error.
//
// Unverified: the answer for a user who is no member. "User not found" may mean that, or the acting user.
func removeMember(ctx context.Context, client *api.Client, actor, groupID, userID string) error {
	err := client.RemoveMember(ctx, actor, groupID, userID)
	if !api.IsUnknownUser(err) {
		return err
	}

	found, lookup := client.Conversation(ctx, groupID)
	if lookup == nil && !contains(found.Members(), userID) {
		return nil
	}

	return err
}
