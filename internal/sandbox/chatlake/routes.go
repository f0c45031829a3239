package chatlake

import (
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

func get(path string, need role, handle func(*call) sandbox.Reply) endpoint {
	return endpoint{methods: "GET", path: path, role: need, handle: handle}
}

func post(path string, need role, handle func(*call) sandbox.Reply) endpoint {
	return endpoint{methods: "POST", path: path, role: need, handle: handle}
}

// patch is an update: the framework routes PUT to the same action.
func patch(path string, need role, handle func(*call) sandbox.Reply) endpoint {
	return endpoint{methods: "PATCH|PUT", path: path, role: need, handle: handle}
}

func remove(path string, need role, handle func(*call) sandbox.Reply) endpoint {
	return endpoint{methods: "DELETE", path: path, role: need, handle: handle}
}

// endpoints is all that the sandbox serves. A path starts in the account, or at the root if it starts with two slashes.
func (p *Platform) endpoints() []endpoint {
	return slices.Concat(
		[]endpoint{
			get("//api", public, p.showVersion).from("1.4.0"),
			get("//health", public, p.showHealth).from("4.11.0"),
			get("//api/v1/profile", signedIn, p.showProfile),
		},
		p.contactEndpoints(), p.conversationEndpoints(), p.messageEndpoints(), p.inboxEndpoints(), p.peopleEndpoints(),
	)
}

func (p *Platform) contactEndpoints() []endpoint {
	const pageable = "page sort include_contact_inboxes"
	return []endpoint{
		get("/contacts", member, p.listContacts).takes(pageable + " labels[]"),
		post("/contacts", member, p.createContact),
		get("/contacts/search", member, p.searchContacts).takes(pageable + " q"),
		post("/contacts/filter", member, p.filterContacts).takes(pageable).from("1.22.0").asRead(),
		get("/contacts/active", member, p.activeContacts).takes(pageable),
		get("/contacts/{contact}", member, p.showContact).takes("include_contact_inboxes"),
		patch("/contacts/{contact}", member, p.updateContact).takes("include_contact_inboxes"),
		remove("/contacts/{contact}", admin, p.deleteContact),
		remove("/contacts/{contact}/avatar", member, p.deleteContactAvatar),
		get("/contacts/{contact}/labels", member, p.contactLabels),
		post("/contacts/{contact}/labels", member, p.setContactLabels),
		get("/contacts/{contact}/conversations", member, p.contactConversations),
		get("/contacts/{contact}/contactable_inboxes", member, p.contactableInboxes),
		post("/contacts/{contact}/contact_inboxes", member, p.createSession),
		post("/contacts/{contact}/destroy_custom_attributes", member, p.destroyContactAttributes).from("1.22.0"),
		post("/actions/contact_merge", member, p.mergeContact),
		post("/contact_inboxes/filter", member, p.filterSessions).from("3.2.0").asRead(),
	}
}

func (p *Platform) conversationEndpoints() []endpoint {
	const one = "/conversations/{conversation}"
	return []endpoint{
		get("/conversations", member, p.listConversations).takes(conversationQuery),
		post("/conversations", member, p.createConversation).openToBots(),
		get("/conversations/meta", member, p.countConversations).takes(conversationQuery),
		post("/conversations/filter", member, p.filterConversations).takes("page").from("1.22.0").asRead(),
		get(one, member, p.showConversation).openToBots(),
		patch(one, member, p.updateConversation).openToBots().from("3.7.0"),
		remove(one, admin, p.deleteConversation).from("4.3.0"),
		post(one+"/toggle_status", member, p.toggleStatus).openToBots(),
		post(one+"/toggle_priority", member, p.togglePriority).openToBots().from("2.17.0"),
		post(one+"/toggle_typing_status", member, p.toggleTyping).openToBots(),
		post(one+"/assignments", member, p.assign).openToBots(),
		get(one+"/labels", member, p.conversationLabels).openToBots(),
		post(one+"/labels", member, p.setConversationLabels).openToBots(),
		post(one+"/custom_attributes", member, p.setConversationAttributes).openToBots().from("1.21.0"),
		post(one+"/mute", member, p.mute),
		post(one+"/unmute", member, p.unmute),
		post(one+"/unread", member, p.markUnread),
		post(one+"/update_last_seen", member, p.markSeen),
		get(one+"/participants", member, p.listParticipants).from("2.14.0"),
		post(one+"/participants", member, p.changeParticipants(addParticipants)).from("2.14.0"),
		patch(one+"/participants", member, p.changeParticipants(setParticipants)).from("2.14.0"),
		remove(one+"/participants", member, p.changeParticipants(dropParticipants)).from("2.14.0"),
	}
}

func (p *Platform) messageEndpoints() []endpoint {
	const all = "/conversations/{conversation}/messages"
	return []endpoint{
		get(all, member, p.listMessages).takes("after before filter_internal_messages"),
		post(all, member, p.createMessage).openToBots(),
		patch(all+"/{message}", member, p.updateMessage).from("4.2.0"),
		remove(all+"/{message}", member, p.deleteMessage).from("1.12.0"),
		post(all+"/{message}/retry", member, p.retryMessage).from("3.4.0"),
	}
}

func (p *Platform) inboxEndpoints() []endpoint {
	return []endpoint{
		get("/inboxes", member, p.listInboxes),
		post("/inboxes", admin, p.createInbox),
		get("/inboxes/{inbox}", member, p.showInbox),
		patch("/inboxes/{inbox}", admin, p.updateInbox),
		remove("/inboxes/{inbox}", admin, p.deleteInbox),
		remove("/inboxes/{inbox}/avatar", admin, p.deleteInboxAvatar),
		post("/inboxes/{inbox}/reset_secret", admin, p.resetInboxSecret).from("4.13.0"),
	}
}

func (p *Platform) peopleEndpoints() []endpoint {
	return []endpoint{
		get("/agents", member, p.listAgents),
		post("/agents", admin, p.createAgent),
		patch("/agents/{agent}", admin, p.updateAgent),
		remove("/agents/{agent}", admin, p.deleteAgent),

		get("/teams", member, p.listTeams),
		post("/teams", admin, p.createTeam),
		get("/teams/{team}", member, p.showTeam),
		patch("/teams/{team}", admin, p.updateTeam),
		remove("/teams/{team}", admin, p.deleteTeam),
		get("/teams/{team}/team_members", member, p.listTeamMembers),
		post("/teams/{team}/team_members", admin, p.addTeamMembers),
		{methods: "PATCH", path: "/teams/{team}/team_members", role: admin, handle: p.setTeamMembers},
		remove("/teams/{team}/team_members", admin, p.removeTeamMembers),

		get("/labels", member, p.listLabels),
		post("/labels", admin, p.createLabel),
		get("/labels/{label}", admin, p.showLabel),
		patch("/labels/{label}", admin, p.updateLabel),
		remove("/labels/{label}", admin, p.deleteLabel),
	}
}
