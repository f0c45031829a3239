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
	agentProvider     = change{"4.7.0"}  // provider in answers; absent.
	agentCustomRole   = change{"3.13.0"} // custom_role_id, in enterprise builds; absent.
	botConfigFree     = change{"4.1.0"}  // bot_config takes any keys; {} whatever was sent.
	botSystem         = change{"4.1.0"}  // system_bot and thumbnail in answers; absent.
	botAvatarURL      = change{"3.4.0"}  // avatar_url; dropped.
	botIdle           = change{"4.8.0"}  // A bot that serves no inbox of its account is let in; 401.
	botSecret         = change{"4.13.0"} // secret and POST reset_secret; absent.

	// Contacts and sessions.
	contactBlocked      = change{"3.7.0"}  // blocked is taken; dropped.
	contactBlockedShown = change{"4.0.2"}  // blocked in answers; absent.
	contactAvatarURL    = change{"2.7.0"}  // avatar_url; dropped.
	contactMerges       = change{"4.2.0"}  // PATCH merges additional_attributes; replaces them.
	contactCompany      = change{"4.8.0"}  // A first address at a business domain links a company; nothing.
	contactCompanyName  = change{"4.15.0"} // ... and overwrites company_name; left alone.
	filterCompanyName   = change{"4.14.0"} // Filter key company_name; company.
	filterPlus          = change{"4.7.0"}  // Numbers in filters may begin with a plus sign; they find nothing.
	filterDaysBroken    = change{"4.11.2"} // days_before is 500; it finds nothing.
	filterContactID     = change{"4.14.0"} // Filter key contact_id of conversations; 422.
	searchHasMore       = change{"4.11.0"} // Search finds everybody and tells has_more; those with an address, and the number of all.
	sessionSlim         = change{"4.0.2"}  // Six fields of the inbox in contact_inboxes; the whole inbox.
	sessionMoves        = change{"4.0.4"}  // A source of somebody else gets out of the way; 500.
	sessionLongSource   = change{"4.8.0"}  // A source_id of more than 255 characters; 422.

	// Conversations and messages.
	statusSnoozed       = change{"1.18.2"} // Status snoozed; 500.
	conversationUUID    = change{"2.18.0"} // uuid in answers; absent.
	conversationUpdated = change{"4.0.2"}  // updated_at in answers; absent.
	conversationBots    = change{"4.8.0"}  // Bots as assignees, and meta.assignee_type; people only.
	assigneeUnchecked   = change{"4.7.0"}  // An unknown assignee_id is nobody; 500, and a number is used up.
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

	// Definitions of custom attributes.
	definitionCompany  = change{"4.14.0"} // company_attribute; 500. A missing model is 422; 500.
	definitionAdmins   = change{"4.14.0"} // Only administrators write; everybody does.
	definitionKeyCheck = change{"4.11.2"} // Keys are trimmed and hold letters, digits, _ . - only; any key.
	definitionReserved = change{"4.0.4"}  // Keys that are columns are refused; taken.
	definitionPattern  = change{"3.6.0"}  // regex_pattern and regex_cue; dropped.

	// Webhooks, labels, policies, files.
	webhookName     = change{"4.8.0"}  // name; dropped and absent.
	webhookSecret   = change{"4.11.2"} // secret in answers; absent.
	webhookTyping   = change{"4.2.0"}  // Events conversation_typing_on and _off; 422.
	webhookInboxes  = change{"3.2.0"}  // Events inbox_created and inbox_updated; 422.
	webhookLongURL  = change{"4.10.0"} // Addresses of more than 255 characters; 422.
	webhookCapitals = change{"4.11.0"} // Schemes in capitals; 422.
	labelUntags     = change{"4.14.0"} // Deleting a label takes it off everything; the tags stay.
	policyCount     = change{"4.6.0"}  // assigned_inbox_count in answers; absent.
	uploadSigned    = change{"4.9.0"}  // blob_id of an upload is a signed text; a number, with blob_key.
)
