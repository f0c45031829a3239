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
			patch("//api/v1/profile", signedIn, p.updateProfile),
			remove("//api/v1/profile/avatar", signedIn, p.dropOwnAvatar),
			post("//api/v1/profile/availability", signedIn, p.setAvailability),
			post("//api/v1/profile/auto_offline", signedIn, p.setAutoOffline),
		},
		p.contactEndpoints(), p.conversationEndpoints(), p.messageEndpoints(), p.inboxEndpoints(), p.peopleEndpoints(),
		p.settingEndpoints(), p.helpCentreEndpoints(), p.clientEndpoints(), p.platformEndpoints(), p.kindEndpoints(),
	)
}

func (p *Platform) contactEndpoints() []endpoint {
	const pageable = "page sort include_contact_inboxes"

	return []endpoint{
		get("/contacts", member, p.listContacts).takes(pageable + " labels[]"),
		post("/contacts", member, p.createContact),
		post("/contacts/import", admin, p.importContacts),
		get("/contacts/search", member, p.searchContacts).takes(pageable + " q"),
		post("/contacts/filter", member, p.filterContacts).takes(pageable).from("1.22.0").asRead(),
		get("/contacts/active", member, p.activeContacts).takes(pageable),
		get("/contacts/{contact}", member, p.showContact).takes("include_contact_inboxes"),
		patch("/contacts/{contact}", member, p.updateContact).takes("include_contact_inboxes"),
		remove("/contacts/{contact}", admin, p.deleteContact).from("1.21.0"),
		remove("/contacts/{contact}/avatar", member, p.deleteContactAvatar),
		get("/contacts/{contact}/labels", member, p.contactLabels),
		post("/contacts/{contact}/labels", member, p.setContactLabels),
		get("/contacts/{contact}/conversations", member, p.contactConversations),
		get("/contacts/{contact}/contactable_inboxes", member, p.contactableInboxes),
		post("/contacts/{contact}/contact_inboxes", member, p.createSession),
		get("/contacts/{contact}/notes", member, p.listNotes).from("1.22.0"),
		post("/contacts/{contact}/notes", member, p.createNote).from("1.22.0"),
		get("/contacts/{contact}/notes/{note}", member, p.showNote).from("1.22.0"),
		patch("/contacts/{contact}/notes/{note}", member, p.updateNote).from("1.22.0"),
		remove("/contacts/{contact}/notes/{note}", member, p.deleteNote).from("1.22.0"),
		post("/contacts/{contact}/destroy_custom_attributes", member, p.destroyContactAttributes).from("1.22.0"),
		post("/actions/contact_merge", member, p.mergeContact),
		post("/contact_inboxes/filter", member, p.filterSessions).from("3.2.0").asRead(),
	}
}

func (p *Platform) conversationEndpoints() []endpoint {
	const one = "/conversations/{conversation}"

	return []endpoint{
		get("/conversations", member, p.listConversations).takes(conversationQuery),
		post("/conversations", member, p.createConversation).openToBots(""),
		get("/conversations/meta", member, p.countConversations).takes(conversationQuery),
		post("/conversations/filter", member, p.filterConversations).takes("page").from("1.22.0").asRead(),
		get(one, member, p.showConversation).openToBots("4.14.2"),
		patch(one, member, p.updateConversation).openToBots("").from("3.7.0"),
		remove(one, admin, p.deleteConversation).from("4.3.0").looking(looksUp((*call).findConversation)),
		post(one+"/toggle_status", member, p.toggleStatus).openToBots(""),
		post(one+"/toggle_priority", member, p.togglePriority).openToBots("").from("2.17.0"),
		post(one+"/toggle_typing_status", member, p.toggleTyping).openToBots("4.11.2"),
		post(one+"/assignments", member, p.assign).openToBots(""),
		get(one+"/labels", member, p.conversationLabels).openToBots("4.14.2"),
		post(one+"/labels", member, p.setConversationLabels).openToBots("4.14.2"),
		post(one+"/custom_attributes", member, p.setConversationAttributes).openToBots("4.10.0").from("1.21.0"),
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
		post(all, member, p.createMessage).openToBots(""),
		patch(all+"/{message}", member, p.updateMessage).from("4.2.0"),
		remove(all+"/{message}", member, p.deleteMessage).from("1.12.0"),
		post(all+"/{message}/retry", member, p.retryMessage).from("3.4.0"),
	}
}

func (p *Platform) inboxEndpoints() []endpoint {
	return []endpoint{
		get("/inboxes", member, p.listInboxes),
		post("/inboxes", admin, p.createInbox),
		post("/channels/twilio_channel", admin, p.createTwilioInbox),
		get("/inboxes/{inbox}", member, p.showInbox),
		patch("/inboxes/{inbox}", admin, p.updateInbox).looking(looksUp((*call).findInbox)),
		remove("/inboxes/{inbox}", admin, p.deleteInbox).looking(looksUp((*call).findInbox)),
		remove("/inboxes/{inbox}/avatar", admin, p.deleteInboxAvatar).looking(looksUp((*call).findInbox)),
		post("/inboxes/{inbox}/sync_templates", admin, p.syncTemplates).from("4.5.0").looking(looksUp((*call).findInbox)),
		post("/inboxes/{inbox}/reset_secret", admin, p.resetInboxSecret).from("4.13.0").looking(looksUp((*call).findInbox)),
		get("/inboxes/{inbox}/csat_template", member, p.showTemplate).from("4.9.0"),
		post("/inboxes/{inbox}/csat_template", member, p.createTemplate).from("4.9.0"),
		get("/inboxes/{inbox}/agent_bot", member, p.showInboxBot),
		post("/inboxes/{inbox}/set_agent_bot", admin, p.setInboxBot).looking(looksUp((*call).findInbox)),
		get("/inboxes/{inbox}/assignment_policy", admin, p.showInboxPolicy).from("4.5.1"),
		post("/inboxes/{inbox}/assignment_policy", admin, p.setInboxPolicy).from("4.5.1"),
		remove("/inboxes/{inbox}/assignment_policy", admin, p.removeInboxPolicy).from("4.5.1"),

		get("/inbox_members/{inbox}", member, p.listInboxMembers),
		post("/inbox_members", admin, p.addInboxMembers),
		{methods: "PATCH", path: "/inbox_members", role: admin, handle: p.setInboxMembers, since: "1.20.0"},
		remove("/inbox_members", admin, p.removeInboxMembers).from("1.20.0"),
		get("/assignable_agents", member, p.assignableAgents).takes("inbox_ids[]"),
	}
}

func (p *Platform) peopleEndpoints() []endpoint {
	return []endpoint{
		get("/agents", member, p.listAgents),
		post("/agents", admin, p.createAgent),
		patch("/agents/{agent}", admin, p.updateAgent).looking(looksUp((*call).lookupAgent)),
		remove("/agents/{agent}", admin, p.deleteAgent).looking(looksUp((*call).lookupAgent)),

		get("/teams", member, p.listTeams),
		post("/teams", admin, p.createTeam),
		get("/teams/{team}", member, p.showTeam),
		patch("/teams/{team}", admin, p.updateTeam).looking(looksUp((*call).findTeam)),
		remove("/teams/{team}", admin, p.deleteTeam).looking(looksUp((*call).findTeam)),
		get("/teams/{team}/team_members", member, p.listTeamMembers),
		post("/teams/{team}/team_members", admin, p.addTeamMembers).looking(looksUp((*call).findTeam)),
		{methods: "PATCH", path: "/teams/{team}/team_members", role: admin, handle: p.setTeamMembers, look: looksUp((*call).findTeam)},
		remove("/teams/{team}/team_members", admin, p.removeTeamMembers).looking(looksUp((*call).findTeam)),

		get("/labels", member, p.listLabels),
		post("/labels", admin, p.createLabel),
		get("/labels/{label}", admin, p.showLabel).looking(looksUp((*call).findLabel)),
		patch("/labels/{label}", admin, p.updateLabel).looking(looksUp((*call).findLabel)),
		remove("/labels/{label}", admin, p.deleteLabel).looking(looksUp((*call).findLabel)),
	}
}

// crud is the five calls of a shelf. Kinds without a single read leave show out.
func crud[R row](s *shelf[R], path string, see, change role, since string) []endpoint {
	one := path + "/{" + s.param + "}"

	return []endpoint{
		get(path, see, s.list).from(since),
		post(path, change, s.create).from(since),
		get(one, see, s.show).from(since),
		patch(one, change, s.update).from(since),
		remove(one, change, s.remove).from(since),
	}
}

func (p *Platform) settingEndpoints() []endpoint {
	canned, hooks, definitions := p.cannedShelf(), p.webhookShelf(), p.definitionShelf()
	rules, macros, filters := p.ruleShelf(), p.macroShelf(), p.filterShelf()

	return slices.Concat([]endpoint{
		get("//api/v1/accounts/{account}", member, p.showAccount).hide(),
		patch("//api/v1/accounts/{account}", admin, p.updateAccount).hide(),
		post("/upload", member, p.upload),

		get("/canned_responses", member, p.listCanned).takes("search"),
		post("/canned_responses", member, canned.create),
		patch("/canned_responses/{canned}", member, canned.update),
		remove("/canned_responses/{canned}", member, canned.remove),

		get("/webhooks", admin, hooks.list),
		post("/webhooks", admin, hooks.create),
		patch("/webhooks/{webhook}", admin, hooks.update),
		remove("/webhooks/{webhook}", admin, hooks.remove),

		get("/custom_attribute_definitions", member, p.listDefinitions).takes("attribute_model").from("1.18.2"),
		post("/custom_attribute_definitions", admin, definitions.create).from("1.18.2").restricted(definitionAdmins),
		get("/custom_attribute_definitions/{definition}", member, definitions.show).from("1.18.2"),
		patch("/custom_attribute_definitions/{definition}", admin, definitions.update).from("1.18.2").restricted(definitionAdmins).looking(looksUp(definitions.find)),
		remove("/custom_attribute_definitions/{definition}", admin, definitions.remove).from("1.18.2").restricted(definitionAdmins).looking(looksUp(definitions.find)),

		get("/macros", member, p.listMacros).from("2.8.0"),
		post("/macros", member, macros.create).from("2.8.0"),
		get("/macros/{macro}", member, p.showMacro).from("2.8.0"),
		patch("/macros/{macro}", member, p.changeMacro(macros.update)).from("2.8.0"),
		remove("/macros/{macro}", member, p.changeMacro(macros.remove)).from("2.8.0"),
		post("/macros/{macro}/execute", member, p.executeMacro).from("2.8.0"),

		get("/custom_filters", member, p.listFilters).takes("filter_type").from("1.18.0"),
		post("/custom_filters", member, filters.create).from("1.18.0"),
		get("/custom_filters/{filter}", member, filters.show).takes("filter_type").from("1.18.0"),
		patch("/custom_filters/{filter}", member, filters.update).takes("filter_type").from("1.18.0"),
		remove("/custom_filters/{filter}", member, filters.remove).takes("filter_type").from("1.18.0"),

		post("/automation_rules/{rule}/clone", admin, p.cloneRule).from("2.1.0"),
		get("/inboxes/{inbox}/campaigns", admin, p.inboxCampaigns).looking(looksUp((*call).findInbox)),
	},
		crud(rules, "/automation_rules", admin, admin, "2.1.0"),
		crud(p.appShelf(), "/dashboard_apps", member, member, "2.6.0"),
		crud(p.campaignShelf(), "/campaigns", admin, admin, "1.16.1"),
		p.botEndpoints(), p.policyEndpoints(), p.integrationEndpoints(),
	)
}

func (p *Platform) botEndpoints() []endpoint {
	bots := p.botShelf()

	return []endpoint{
		get("/agent_bots", member, p.listBots).from("1.17.0"),
		post("/agent_bots", admin, bots.create).from("1.17.0"),
		get("/agent_bots/{bot}", member, p.showBot).from("1.17.0"),
		patch("/agent_bots/{bot}", admin, bots.update).from("1.17.0"),
		remove("/agent_bots/{bot}", admin, p.deleteBot).from("1.17.0"),
		remove("/agent_bots/{bot}/avatar", admin, p.changeBot(p.dropBotAvatar)).from(botAvatarRoute.since),
		post("/agent_bots/{bot}/reset_access_token", admin, p.changeBot(p.renewBotToken)).from("4.3.0"),
		post("/agent_bots/{bot}/reset_secret", admin, p.changeBot(p.renewBotSecret)).from("4.13.0"),
	}
}

func (p *Platform) policyEndpoints() []endpoint {
	policies := p.policyShelf()

	return []endpoint{
		get("/assignment_policies", admin, policies.list).from("4.5.1"),
		post("/assignment_policies", admin, policies.create).from("4.5.1"),
		get("/assignment_policies/{policy}", admin, policies.show).from("4.5.1").looking(looksUp(policies.find)),
		patch("/assignment_policies/{policy}", admin, policies.update).from("4.5.1").looking(looksUp(policies.find)),
		remove("/assignment_policies/{policy}", admin, p.removePolicy).from("4.5.1").looking(looksUp(policies.find)),
		get("/assignment_policies/{policy}/inboxes", admin, p.listPolicyInboxes).from("4.5.1"),
		post("/assignment_policies/{policy}/inboxes", admin, func(c *call) sandbox.Reply { return crash(c.Request, "this route always fails: ask the inbox") }).from("4.5.1"),
	}
}

func (p *Platform) integrationEndpoints() []endpoint {
	hooks := p.integrationShelf()

	return []endpoint{
		get("/integrations/apps", member, p.listApps),
		get("/integrations/apps/{app}", member, p.showApp),
		post("/integrations/hooks", admin, hooks.create),
		patch("/integrations/hooks/{hook}", admin, hooks.update),
		remove("/integrations/hooks/{hook}", admin, hooks.remove),
		post("/integrations/hooks/{hook}/process_event", member, p.processEvent),
		remove("/integrations/slack", admin, p.disconnect("slack", crashesWithoutRow)),
		remove("/integrations/linear", member, p.disconnect("linear", crashesWithoutRow)).from(linearSignIn.since),
		remove("/integrations/notion", member, p.disconnect("notion", crashesWithoutRow)).from("4.4.0"),
		remove("/integrations/shopify", member, p.disconnect("shopify", func(*call) sandbox.Reply { return notFound() })).from("4.1.0"),
	}
}

func (p *Platform) helpCentreEndpoints() []endpoint {
	const one, categories, articles = "/portals/{portal}", "/portals/{portal}/categories", "/portals/{portal}/articles"

	return []endpoint{
		get("/portals", member, p.listPortals).takes("page"),
		post("/portals", admin, p.createPortal),
		get(one, member, p.showPortal).takes("locale"),
		patch(one, admin, p.updatePortal),
		remove(one, admin, p.deletePortal),
		remove(one+"/logo", admin, p.deleteLogo),

		get(categories, member, p.listCategories).takes("page locale"),
		post(categories, admin, p.createCategory).looking((*call).lookAtCategories),
		post(categories+"/reorder", admin, p.reorder(placeCategory)).from("4.11.0").looking((*call).lookAtCategories),
		get(categories+"/{category}", admin, p.showCategory).looking((*call).lookAtCategories),
		patch(categories+"/{category}", admin, p.updateCategory).looking((*call).lookAtCategories),
		remove(categories+"/{category}", admin, p.deleteCategory).looking((*call).lookAtCategories),

		get(articles, member, p.listArticles).takes("page locale status category_slug author_id query"),
		post(articles, admin, p.createArticle).looking((*call).lookAtArticles),
		post(articles+"/reorder", admin, p.reorder(placeArticle)).looking((*call).lookAtArticles),
		get(articles+"/{article}", admin, p.showArticle).looking((*call).lookAtArticles),
		patch(articles+"/{article}", admin, p.updateArticle).looking((*call).lookAtArticles),
		remove(articles+"/{article}", admin, p.deleteArticle).looking((*call).lookAtArticles),
	}
}

func (p *Platform) clientEndpoints() []endpoint {
	const (
		inboxPath     = "//public/api/v1/inboxes/{identifier}"
		contacts      = inboxPath + "/contacts"
		conversations = contacts + "/{source}/conversations"
		one           = conversations + "/{conversation}"
	)

	return []endpoint{
		get(inboxPath, public, p.publicShowInbox),
		post(contacts, public, p.publicCreateContact),
		get(contacts+"/{source}", public, p.publicShowContact),
		patch(contacts+"/{source}", public, p.publicUpdateContact),
		get(conversations, public, p.publicListConversations),
		post(conversations, public, p.publicCreateConversation),
		get(one, public, p.publicShowConversation),
		post(one+"/toggle_status", public, p.publicToggleStatus),
		post(one+"/update_last_seen", public, p.publicMarkSeen),
		get(one+"/messages", public, p.publicListMessages),
		post(one+"/messages", public, p.publicCreateMessage),
	}
}
