package chatlake

// change is what a release of the server brought. Releases before it answer as servers did until then; the release table
// below says what that was. The numbers come from recordings of real servers, and between two recorded releases from the
// server's history.
type change struct{ since string }

// has reports whether the simulated release has a change.
func (p *Platform) has(c change) bool { return p.since(c.since) }

// The release table. A line reads: what is so since that release; and, after a semicolon, what was before.
var (
	// Account.
	accountAutoResolve    = change{"4.2.0"}  // auto_resolve_after, _message, _ignore_waiting and settings in answers; auto_resolve_duration.
	accountTranscriptions = change{"4.3.0"}  // auto_resolve_label and audio_transcriptions; dropped.
	accountCompany        = change{"3.6.0"}  // industry, company_size and timezone are taken; dropped.
	accountCompanyShown   = change{"3.7.0"}  // ... and shown.
	accountReferral       = change{"4.14.0"} // referral_source, website and user_role are taken; dropped.
	accountNameChecked    = change{"4.9.0"}  // A name is needed; "" is stored, and null is 500.
	profileOnboarding     = change{"4.14.0"} // onboarding_step in a profile's accounts; absent.
	profileCustomRoles    = change{"3.13.0"} // custom_role_id in a profile's accounts; absent.

	// Agents and bots.
	agentNameFromMail = change{"4.14.0"} // A nameless agent gets what stands before the @, and a blank name is refused; 500, and stored.
	agentNeedsName    = change{"3.6.0"}  // A nameless agent is 500, up to agentNameFromMail; 422.
	agentProvider     = change{"4.7.0"}  // provider in answers; absent.
	agentCustomRole   = change{"3.13.0"} // custom_role_id, in enterprise builds; absent.
	botConfigFree     = change{"4.1.0"}  // bot_config takes any keys; {} whatever was sent.
	botSystem         = change{"4.1.0"}  // system_bot and thumbnail in answers; absent.
	botAvatarURL      = change{"3.4.0"}  // avatar and avatar_url; dropped.
	botAvatarRoute    = change{"3.4.0"}  // DELETE avatar; 404.
	botIdle           = change{"4.8.0"}  // A bot that serves no inbox of its account is let in; 401.
	botSecret         = change{"4.13.0"} // secret and POST reset_secret; absent.

	// Contacts and sessions.
	contactBlocked      = change{"3.7.0"}  // blocked is taken; dropped.
	contactBlockedShown = change{"4.0.2"}  // blocked in answers; absent.
	contactAvatarURL    = change{"2.7.0"}  // avatar_url; dropped.
	contactMerges       = change{"4.2.0"}  // PATCH merges additional_attributes; replaces them.
	contactCompany      = change{"4.8.0"}  // A first address at a business domain links a company; nothing.
	contactCompanyName  = change{"4.15.0"} // ... and overwrites company_name; left alone.
	contactCompanyID    = change{"4.15.0"} // company_id, with the feature companies; absent and dropped. Unverified: the release.
	companyAttributes   = change{"4.14.0"} // custom_attributes of companies; dropped. Unverified: the release.
	filterCompanyName   = change{"4.14.0"} // Filter key company_name; company.
	filterPlus          = change{"4.7.0"}  // Numbers in filters may begin with a plus sign; they find nothing.
	filterBounds        = change{"4.11.2"} // Bounds that are no number or date are 422; they find nothing, or what sorts behind them.
	filterDaysBroken    = change{"4.11.2"} // days_before is 500; it finds nothing.
	filterNoCountry     = change{"4.10.0"} // No filter key country_code of conversations; it is one.
	filterPriority      = change{"4.0.0"}  // Filter key priority of conversations works; 500.
	filterContactID     = change{"4.14.0"} // Filter key contact_id of conversations; 422.
	searchHasMore       = change{"4.11.0"} // Search finds everybody and tells has_more; those with an address, and the number of all.
	sessionSlim         = change{"4.0.2"}  // Six fields of the inbox in contact_inboxes; the whole inbox.
	sessionMoves        = change{"4.0.4"}  // A source of somebody else gets out of the way; 500.
	sessionCrash        = change{"4.0.4"}  // A session that makes its source of an address that is not there is 500, up to sessionMended; 422.
	sessionMended       = change{"4.1.0"}  // ... is 422.
	sessionLongSource   = change{"4.8.0"}  // A source_id of more than 255 characters; 422.

	// Conversations and messages.
	statusSnoozed       = change{"1.18.2"} // Status snoozed; 500.
	conversationUUID    = change{"2.18.0"} // uuid in answers; absent.
	conversationUpdated = change{"4.0.2"}  // updated_at in answers; absent.
	conversationTeams   = change{"4.8.0"}  // Members of its team reach a conversation; members of its inbox only.
	conversationSLA     = change{"3.6.0"}  // sla_policy_id, in enterprise builds; dropped.
	conversationOrders  = change{"3.4.0"}  // sort_by with names that end in _asc and _desc; the latest activity first.
	conversationBots    = change{"4.8.0"}  // Bots as assignees, and meta.assignee_type; people only.
	assigneeUnchecked   = change{"4.7.0"}  // An unknown assignee_id unassigns; 500, and a number is used up.
	waitingEnds         = change{"4.4.0"}  // waiting_since is 0 after resolving; it stays.
	messageSource       = change{"3.4.0"}  // source_id is kept; dropped.
	messageTemplates    = change{"2.6.0"}  // template_params; dropped.
	messageAfter        = change{"2.12.0"} // after; ignored.
	messageBetween      = change{"2.16.0"} // after and before together; after is ignored.
	messageFreeContent  = change{"4.9.0"}  // content_attributes of any keys; items and in_reply_to only.
	messageSticker      = change{"3.4.0"}  // content_type sticker; 422.
	messageVoiceCall    = change{"4.6.0"}  // content_type voice_call; 422.
	messageSurvey       = change{"4.3.0"}  // input_csat keeps its content; the address of the survey takes its place.
	attachmentTypes     = change{"4.13.0"} // content_type and extension of attachments; absent and null.
	rubyQuotes          = change{"4.3.0"}  // Sentences of the language and its framework quote names with apostrophes, and ids; a backquote, and bare.

	// Inboxes.
	inboxFreeName      = change{"4.3.0"}  // Names of any characters; no symbols at the ends, and none of < > / \\ @.
	inboxSurvey        = change{"4.2.0"}  // csat_config; dropped and absent.
	surveyButton       = change{"4.9.0"}  // csat_config.button_text and language; dropped.
	templateKept       = change{"4.10.0"} // POST csat_template keeps the template in csat_config; the dashboard does. Unverified: the release.
	templateAtTwilio   = change{"4.10.0"} // Templates of surveys at Twilio; 400, and csat_config.template keeps Meta's keys only. Unverified: the release.
	twilioKeys         = change{"3.0.0"}  // api_key_sid of channels at Twilio; dropped. Unverified: the release.
	inboxSecret        = change{"4.13.0"} // secret of API inboxes; absent.
	widgetDomains      = change{"4.6.0"}  // allowed_domains; dropped and absent.
	widgetWebview      = change{"4.12.0"} // The flag allow_mobile_webview; 500.
	mailAuthentication = change{"4.14.0"} // imap_authentication; dropped and absent.
	mailVerified       = change{"4.7.0"}  // verified_for_sending; dropped.
	mailForwarding     = change{"4.8.0"}  // forwarding_enabled, and an address only if mail is received; an address always.
	membersLoose       = change{"4.0.0"}  // Unknown or no ids when members are removed; 404, and 500.

	// Help centre.
	portalNoDomain         = change{"4.14.0"} // A portal may be made without custom_domain; 500.
	portalDrafts           = change{"4.12.0"} // draft_locales, and locales made up where config lacks them; dropped, and the portal is broken.
	portalMerges           = change{"4.14.1"} // config is merged and has layout, social_profiles and default_locale in answers; it replaces.
	portalTranslations     = change{"4.14.2"} // locale_translations; dropped and absent.
	portalColorShown       = change{"4.11.2"} // A missing colour reads as the default one; null.
	portalColorCheck       = change{"4.14.2"} // Colours are checked; anything.
	portalInbox            = change{"3.15.0"} // inbox_id attaches a widget; ignored.
	portalDetaches         = change{"4.6.0"}  // inbox_id null or "" detaches; ignored.
	portalRefusals         = change{"4.5.0"}  // A refused update has message and attributes, an unknown inbox is 404; sentences by column.
	helpAgents             = change{"4.0.0"}  // An agent who may not change the help centre is refused; 500.
	categoryPages          = change{"4.6.0"}  // 1000 categories on a page; 25.
	categoriesOfNothing    = change{"4.11.2"} // Categories of no portal are 404; 500.
	categoryIcon           = change{"3.3.0"}  // icon; dropped.
	categoryIconColor      = change{"4.15.0"} // icon_color, and both icons in an article's category; dropped and absent.
	articleLocale          = change{"3.15.0"} // locale; dropped.
	articleStatusKept      = change{"4.8.0"}  // status of a new article; always a draft.
	articleContentOptional = change{"4.13.0"} // A draft needs no content; 422.
	articleSlugsReserved   = change{"4.14.2"} // The slugs search, articles and categories are refused; taken.

	// Rules, macros and filters.
	ruleRemoveLabel = change{"3.3.0"}  // Action remove_label; 422.
	ruleOpen        = change{"4.4.0"}  // Actions open_conversation and add_private_note; 422.
	rulePending     = change{"4.11.0"} // Action pending_conversation; 422.
	ruleUnassign    = change{"4.13.0"} // Actions remove_assigned_agent and _team of rules, _agent of macros; 422.
	ruleSLA         = change{"3.6.0"}  // Action add_sla and condition sla_policy_id, in enterprise builds; 422.
	ruleLabels      = change{"4.6.0"}  // Condition labels; 422.
	rulePrivateNote = change{"4.13.0"} // Condition private_note; 422.
	ruleCompanyName = change{"4.14.0"} // Condition company_name; 422.
	ruleAttachments = change{"4.9.0"}  // send_attachment with an unknown file is 422; taken.
	macroWebhook    = change{"4.1.0"}  // Action send_webhook_event of macros; 422.
	filterByID      = change{"4.2.0"}  // A filter is found by its id; by id and filter_type, conversation unless sent.

	// Integrations.
	dialogflowRegion   = change{"4.3.0"}  // Setting region of dialogflow; absent.
	dialogflowLanguage = change{"4.13.0"} // Setting language_code of dialogflow; absent.
	linearSignIn       = change{"4.0.0"}  // Linear is switched on by signing in; by a key.
	campaignTemplates  = change{"4.4.0"}  // template_params of campaigns in answers; absent.
	hookSecrets        = change{"4.15.0"} // Hooks show only what their app lists as visible, slack and linear list it; all settings.

	// Definitions of custom attributes.
	definitionCompany        = change{"4.14.0"} // company_attribute; 500. A missing model is 422; 500.
	definitionAdmins         = change{"4.14.0"} // Only administrators write; everybody does.
	definitionModelUnchecked = change{"4.0.0"}  // A missing model is 500, up to definitionCompany; 422.
	definitionKeyCheck       = change{"4.11.2"} // Keys are trimmed and hold letters, digits, _ . - only; any key.
	definitionReserved       = change{"4.0.4"}  // Keys that are columns are refused; taken.
	definitionPattern        = change{"3.6.0"}  // regex_pattern and regex_cue; dropped.

	// Webhooks, labels, policies, files.
	webhookName     = change{"4.8.0"}  // name; dropped and absent.
	webhookSecret   = change{"4.11.2"} // secret in answers; absent.
	webhookTyping   = change{"4.2.0"}  // Events conversation_typing_on and _off; 422.
	webhookInboxes  = change{"3.2.0"}  // Events inbox_created and inbox_updated; 422.
	webhookLongURL  = change{"4.10.0"} // Addresses of more than 255 characters; 422.
	webhookCapitals = change{"4.11.0"} // Schemes in capitals; 422.
	labelUntags     = change{"4.14.0"} // Deleting a label takes it off everything; the tags stay.
	policyCount     = change{"4.6.0"}  // assigned_inbox_count in answers; absent.
	uploadSigned    = change{"4.9.0"}  // blob_id of an upload, and of a logo, is a signed text; a number, with blob_key.
)
