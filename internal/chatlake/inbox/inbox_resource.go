package inbox

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*inboxResource)(nil)
	_ resource.ResourceWithIdentity    = (*inboxResource)(nil)
	_ resource.ResourceWithImportState = (*inboxResource)(nil)
)

func newInboxResource() resource.Resource { return &inboxResource{account.WithID("chatlake_inbox")} }

type inboxResource struct{ account.ResourceWithID }

// Create creates the inbox.
func (r *inboxResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var (
		plan    inboxModel
		channel types.Object
	)

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel"), &channel)...)
	if resp.Diagnostics.HasError() {
		return
	}

	wanted := plan
	r.checkParts(ctx, inboxModel{}, wanted, &resp.Diagnostics)
	picture := account.Avatar.Open(ctx, types.StringNull(), plan.Avatar, nil, &resp.Diagnostics)

	request, diags := createRequest(ctx, plan, channel)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	claim := channelClaim(plan)
	if !r.Claim(claim, &resp.Diagnostics) {
		return
	}

	created, err := r.create(ctx, plan, request)
	if err != nil {
		r.Claims.Release("chatlake_inbox", claim)
		createFailed(channelType(plan.Channel), &resp.Diagnostics, err)
		r.addHolder(ctx, plan, err, &resp.Diagnostics)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}
	// A new inbox has no members. It is stored before the rest is done: if that fails, the inbox is known, tainted, and finished after an untaint.
	resp.Diagnostics.Append(plan.fromAPI(ctx, created, false)...)
	plan.AgentBotID, plan.AssignmentPolicyID, plan.Avatar = types.StringNull(), types.StringNull(), types.StringNull()
	plan.CSATTemplate = types.ObjectNull(templateType.AttrTypes)
	if !wanted.MemberIDs.IsNull() {
		plan.MemberIDs = account.IDSet(nil)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.takePortal(ctx, &plan, created)
	r.finish(ctx, &plan, wanted, req.Config, &resp.Diagnostics)
	plan.Avatar = account.Avatar.SendNew(ctx, "chatlake_inbox", plan.ID, wanted.Avatar, picture, resp.Private, &resp.Diagnostics, r.sendAvatar(created.ID))
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.KeepCreate(req, resp, "inbox")
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, "channel")...)
	r.OwnMembers(ctx, resp.Private, plan.ID, &resp.Diagnostics)
}

// create makes the inbox. If the answer was lost and no inbox has the channel's address, it is made again: the server takes no
// second channel with the same one.
func (r *inboxResource) create(ctx context.Context, plan inboxModel, request creation) (api.Inbox, error) {
	created, err := request.send(ctx, r.Client)

	name, address := channelAddress(plan)
	if address == "" {
		return created, err
	}

	for n := 0; n < adopt.Repeats && transport.IsLost(err); n++ {
		all, problem := r.Client.Inboxes(ctx)
		if problem != nil || slices.ContainsFunc(all, func(found api.Inbox) bool { return hasAddress(found, plan, name, address) }) {
			break
		}

		created, err = request.send(ctx, r.Client)
	}

	return created, err
}

// sendAvatar returns the call that puts a picture on an inbox.
func (r *inboxResource) sendAvatar(id api.ID) account.SendPicture {
	return func(ctx context.Context, file api.File) (string, error) {
		updated, err := r.Client.SetInboxAvatar(ctx, id, file)
		return updated.AvatarURL, err
	}
}

// like finds inboxes of the same name and kind.
func (r *inboxResource) like(plan inboxModel) account.Keyless[api.Inbox] {
	return account.Keyless[api.Inbox]{Type: "chatlake_inbox", All: r.Client.Inboxes, IsPlanned: func(found api.Inbox) bool {
		return found.Name == plan.Name.ValueString() && channelName(found) == channelType(plan.Channel)
	}}
}

// channelKeys are what no two channels of a type share in an installation.
var channelKeys = []string{"email", "line_channel_id", "phone_number", "messaging_service_sid", "bot_token"}

// addHolder says whose channel has what the platform refused to this one. Tokens of bots are in no answer.
func (r *inboxResource) addHolder(ctx context.Context, m inboxModel, cause error, diags *diag.Diagnostics) {
	channel, where := m.Channel.Attributes(), "account"
	refusal := refusalAtTwilio(channelType(m.Channel), cause)

	for _, name := range channelKeys {
		value, _ := channel[name].(types.String)

		if refusal != nil { // It may be about the number or the service. The list of inboxes tells, if the holder is in this account.
			named := *refusal
			named.Fields = map[string]string{name: refusal.Message}
			cause, where = &named, ""
		}

		account.Unique[api.Inbox]{
			Type: "chatlake_inbox", Key: name, Self: api.ParseID(m.ID.ValueString()), Where: where, All: r.Client.Inboxes,
			Has: func(found api.Inbox) bool { return hasAddress(found, m, name, value.ValueString()) },
		}.AddHolder(ctx, cause, diags)
	}
}

// hasAddress reports whether an inbox of the planned kind has the address.
func hasAddress(found api.Inbox, m inboxModel, name, address string) bool {
	return address != "" && channelName(found) == channelType(m.Channel) && strings.EqualFold(channelKey(found, name), address)
}

// channelClaim returns what a planned channel claims; empty if channels of its type have no address. An SMS channel may
// have the number of a WhatsApp channel.
func channelClaim(m inboxModel) string {
	_, address := channelAddress(m)
	if address == "" {
		return ""
	}

	return channelType(m.Channel) + "/" + strings.ToLower(address)
}

// channelAddress returns what no other channel of the planned type has, and its name.
func channelAddress(m inboxModel) (name, address string) {
	channel := m.Channel.Attributes()

	for _, name := range channelKeys {
		value, _ := channel[name].(types.String)
		if value.ValueString() != "" {
			return name, value.ValueString()
		}
	}

	return "", ""
}

// channelKey returns one of the keys of an inbox's channel.
func channelKey(found api.Inbox, name string) string {
	if name == "line_channel_id" {
		return lineChannelID(found)
	}

	value, _ := channelValue(found, name)
	text, _ := value.(string)

	return text
}

// Read refreshes the state.
func (r *inboxResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state inboxModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for an inbox that is gone.
	id := api.ParseID(state.ID.ValueString())

	found, err := r.Client.Inbox(ctx, id)
	if err == nil {
		err = r.readStaff(ctx, id, &state, imported)
	}

	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err == nil && (imported || !state.PortalID.IsNull()) {
		state.PortalID, err = r.portal(ctx, found)
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read inbox "+state.ID.ValueString(), err)
		return
	}

	resp.Diagnostics.Append(state.fromAPI(ctx, found, imported)...)
	state.CSATTemplate = readTemplate(ctx, r.Client, state.CSATTemplate, state.CSATConfig.IsNull(), found, &resp.Diagnostics)
	state.Avatar = account.Avatar.Follow(ctx, state.Avatar, found.AvatarURL, req.Private, resp.Private, &resp.Diagnostics)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
	}

	r.OwnMembers(ctx, req.Private, state.ID, &resp.Diagnostics)
}

// Update sends what changed.
func (r *inboxResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var (
		plan, state inboxModel
		channel     types.Object
	)

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel"), &channel)...)
	if resp.Diagnostics.HasError() {
		return
	}

	wanted := plan
	plan.MemberIDs, plan.AgentBotID, plan.AssignmentPolicyID, plan.CSATTemplate = state.MemberIDs, state.AgentBotID, state.AssignmentPolicyID, state.CSATTemplate

	r.checkParts(ctx, state, wanted, &resp.Diagnostics)
	picture := account.Avatar.Open(ctx, state.Avatar, plan.Avatar, req.Private, &resp.Diagnostics)

	request := r.updateRequest(ctx, plan, state, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	// The channel goes first and alone: the platform saves the other fields of a request although it refuses the channel.
	sent := channelChange(state.Channel, plan.Channel, channel)
	if len(sent) > 0 {
		updated, ok := r.update(ctx, &plan, api.InboxRequest{Channel: api.Set(sent)}, &resp.Diagnostics)
		if !ok {
			return // State stays: nothing was changed.
		}

		var diags diag.Diagnostics

		plan.Channel, diags = channelFromAPI(plan.Channel, updated, false)
		state.Channel = plan.Channel

		resp.Diagnostics.Append(diags...)
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("channel"), state.Channel)...)

		if request == (api.InboxRequest{}) {
			resp.Diagnostics.Append(plan.fromAPI(ctx, updated, false)...)
		}
	}

	if request != (api.InboxRequest{}) {
		updated, ok := r.update(ctx, &plan, request, &resp.Diagnostics)
		if !ok {
			return // State has the new channel, and nothing else was changed.
		}

		resp.Diagnostics.Append(plan.fromAPI(ctx, updated, false)...)
		r.takePortal(ctx, &plan, updated)
	}

	id := api.ParseID(state.ID.ValueString())
	if !account.Avatar.Send(ctx, "inbox "+id.String(), picture, resp.Private, &resp.Diagnostics, r.sendAvatar(id)) {
		plan.Avatar = state.Avatar
	}

	r.staff(ctx, &plan, wanted, &resp.Diagnostics)
	r.template(ctx, &plan, state.CSATTemplate, wanted.CSATTemplate, req.Config, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.FillUnknown(req.State, &resp.State)
	planned.KeepUpdate(req, resp, "inbox")
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, "channel")...)
	r.OwnMembers(ctx, resp.Private, plan.ID, &resp.Diagnostics)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

// Delete deletes the inbox.
func (r *inboxResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state inboxModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	timeout, diags := state.Timeouts.Delete(ctx, account.DeleteTimeout)
	resp.Diagnostics.Append(diags...)

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	id := api.ParseID(state.ID.ValueString())
	err := account.DeleteInBackground(ctx, req, resp,
		func(ctx context.Context) error { return r.Client.DeleteInbox(ctx, id) },
		func(ctx context.Context) error { return r.Client.AwaitInbox(ctx, id) })

	if !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete inbox "+id.String(), err)
	}

	if !resp.Diagnostics.HasError() {
		claim := channelClaim(state)
		r.Claims.Release("chatlake_inbox", claim)
	}
}

// key returns the name, by which people know inboxes.
func (r *inboxResource) key() account.Key[api.Inbox] {
	return account.Key[api.Inbox]{
		Name: "name", Example: "Support", Of: func(found api.Inbox) string { return found.Name }, All: r.Client.Inboxes,
	}
}

// ImportState takes an id, the name with its value, or an identity.
func (r *inboxResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
