package kommunicate

// How a switch with more than two readings is spelled.
const (
	refuse  = "refuse"
	asOwner = "owner"

	duplicateError    = "error"
	duplicateSentence = "sentence"
	duplicateExisting = "existing"

	asEnvelope = "envelope"
	asText     = "text"
	asHost     = "host"
	asGateway  = "gateway"

	both     = "both"
	onlyPost = "post"
	onlyGet  = "get"

	makeUser = "create"

	reopen = "reopen"
	stay   = "stay"

	teamClears = "clear"
	teamKeeps  = "keep"
	teamRoutes = "route"

	deactivate     = "deactivate"
	deleteOutright = "delete"
	toggle         = "toggle"
	erase          = "erase"
	unchanged      = "nothing"

	gone   = "gone"
	marked = "marked"

	keyOfTime    = "time"
	keyUnrelated = "unrelated"
	keyEarlier   = "earlier"
)

// Switches decide what the vendor leaves open, and its quirks. Each comment says what is unknown, and why the default was
// chosen.
type Switches struct {
	// UserDetailBareArray: the vendor's page prints a bare array for user/v2/detail, every public caller reads an
	// envelope. Default false, the envelope, because the callers run.
	UserDetailBareArray bool `json:"user_detail_bare_array"`
	// UserRowFull: rows of users hold id, userTypeId and connectedLastSeenTime too, a roleKey that is no uuid, and an active
	// that is false for a deactivated user. Default false, because a recorded answer of 2020 has none of that: active is
	// true beside deactivated.
	UserRowFull bool `json:"user_row_full"`
	// UnknownUsersNull: user/v2/detail that finds no user answers an empty array or, as the vendor's old server allows
	// for, null. Default false, the array.
	UnknownUsersNull bool `json:"unknown_users_null"`
	// DuplicateClientGroup: what creating with a used clientGroupId does is unwritten. "error" answers "group already
	// exists", "sentence" the same words as a sentence with more around them, "existing" answers the group that is there
	// with updated:true; the web client handles the first and the last. Default "error": group/v2.1/create was seen to
	// answer it.
	DuplicateClientGroup string `json:"duplicate_client_group"`
	// DeletedAliasTaken: whether a deleted conversation still holds its clientGroupId. Default true: SDKs ask for
	// updateClientGroupId when they delete, which would be pointless otherwise.
	DeletedAliasTaken bool `json:"deleted_alias_taken"`
	// DeletedGroupsAnswer: SDK models carry deletedAtTime, so a deleted group is probably still returned; false answers
	// AL-G-01 instead. Default true.
	DeletedGroupsAnswer bool `json:"deleted_groups_answer"`
	// InitialStatus is the CONVERSATION_STATUS of a conversation created through the API: "0" (open) or "-1" (not
	// started, as the widget's are). Default "0": the agents' list shows such conversations at once.
	InitialStatus string `json:"initial_status"`
	// DocumentedStatusesOnly: status/change documents 0, 2 and 3, SDK enums know -1 to 7. Default false: all are taken.
	DocumentedStatusesOnly bool `json:"documented_statuses_only"`
	// MissingOfUser: a call without its Of-User-Id. "refuse" answers 400, "owner" acts as the account's owner. Unknown;
	// default "refuse", for the pages list the header among the required ones.
	MissingOfUser string `json:"missing_of_user"`
	// UnknownOfUser: an Of-User-Id that no user has. "refuse" answers AL-U-01, "owner" ignores it. Default "refuse".
	UnknownOfUser string `json:"unknown_of_user"`
	// OfUserIDDecoded: SDKs send Of-User-Id both as it is and percent-encoded. True reads it decoded only, so that an id
	// with "+" or "%" cannot be named as it is. Default false: the plain id is tried first, the decoded one then.
	OfUserIDDecoded bool `json:"of_user_id_decoded"`
	// WrongMethod: a path called with another method. "envelope" answers AL-MA-01 with status 200, on both hosts; "host"
	// answers the gateway's 404 and the HTML page of the chat host's server. Default "envelope": the code was recorded in
	// 2020, its status was not.
	WrongMethod string `json:"wrong_method"`
	// UndocumentedReads is the status of reads that no page of the Platform API lists (group/v2/info, message/list,
	// group/support, team/list...): 200 answers them, 401, 403 and 404 refuse as a gateway would. Default 200.
	UndocumentedReads int `json:"undocumented_reads"`
	// UndocumentedWrites is the same for writes (members, group/delete, user/delete, message/delete...). Default 200.
	UndocumentedWrites int `json:"undocumented_writes"`
	// UndocumentedRefusal is how UndocumentedReads and UndocumentedWrites refuse: "gateway" answers their status without an
	// envelope; "AL-GE-01", "AL-MA-01" and "AL-UN-01" answer that code in an envelope with status 200, as the backend does
	// where it wants other credentials, another method or another user. Default "gateway".
	UndocumentedRefusal string `json:"undocumented_refusal"`
	// GroupDetails: whether the gateway serves the batch read group/details. Default true.
	GroupDetails bool `json:"group_details"`
	// MessageDetail: whether message/detail is served. Default true.
	MessageDetail bool `json:"message_detail"`
	// UserCreate: whether user/v2/create, an admin's call in the backend's own pages, takes an Api-Key. Default true.
	UserCreate bool `json:"user_create"`
	// UserCreateRefusesExisting: user/v2/create for an id in use overwrites like register/client, or refuses. Default false:
	// it overwrites.
	UserCreateRefusesExisting bool `json:"user_create_refuses_existing"`
	// CreateReactivates: whether registering or creating a deactivated id makes it active again. Default true: no other
	// call is known to.
	CreateReactivates bool `json:"create_reactivates"`
	// UserDelete: what user/delete leaves. "deactivate" sets deactivated, "delete" sets deletedAtTime as well, "erase" also
	// takes name, e-mail, image, phone number and metadata away (the backend's page says that all data go), "gone" removes
	// the record, "toggle" reactivates at the second call (the vendor's old server used it for both), "nothing" answers
	// success and changes nothing. Default "deactivate".
	UserDelete string `json:"user_delete"`
	// EmailNeedsAllowEmail: SDKs send allowEmail=true with an email; whether it is ignored without is unknown. Default
	// false: the documented example sends none.
	EmailNeedsAllowEmail bool `json:"email_needs_allow_email"`
	// FoldAgentIDs: the old server lower-cased ids of agents and bots, so another spelling may still be found. Default
	// false: ids are exact.
	FoldAgentIDs bool `json:"fold_agent_ids"`
	// DefaultBotJoins: SDK tests show the default bot among the members of every conversation. Default true.
	DefaultBotJoins bool `json:"default_bot_joins"`
	// AddMemberCreates: whether group/add/member makes a user who is not there, as creating a conversation does. Default
	// false: the backend has createNew for that, on group/add/users only.
	AddMemberCreates bool `json:"add_member_creates"`
	// MemberCalls: clients add and remove a member by POST or by GET. "both" serves the two, "post" and "get" one of them;
	// the other is a wrong method. Default "both".
	MemberCalls string `json:"member_calls"`
	// InfoWithoutMetadata: a sample of group/v2/info has no metadata. Default false: the official SDK's model has it.
	InfoWithoutMetadata bool `json:"info_without_metadata"`
	// SkipRoutingKept: whether SKIP_ROUTING stays readable in the metadata. Default true.
	SkipRoutingKept bool `json:"skip_routing_kept"`
	// TeamChange is what a new KM_TEAM_ID does to the assignee: "clear", "keep", or "route" to a member of the team.
	// Pages only say that the conversation is assigned to the team. Default "clear".
	TeamChange string `json:"team_change"`
	// DeleteNeedsAdmin: group/delete by another than the group's admin answers AL-UN-01. Default true, as documented for
	// the backend.
	DeleteNeedsAdmin bool `json:"delete_needs_admin"`
	// GroupDeleteText: the backend's pages give both true and "success" as the answer. Default false: true.
	GroupDeleteText bool `json:"group_delete_text"`
	// UnknownGroupOnSend: "envelope" answers AL-G-01, "text" answers the plain `error` that SDKs look for. Default
	// "envelope".
	UnknownGroupOnSend string `json:"unknown_group_on_send"`
	// SendEnvelope: sending answers messageKey and createdAt in an envelope, as two clients read them. Default false: the
	// vendor's page has them bare.
	SendEnvelope bool `json:"send_envelope"`
	// MessageKeys: the number at the end of a message's key. "time" is the message's createdAtTime, as samples of 2016 have
	// it; "earlier" is the sender's device time, which was recorded 3.6 seconds before; "unrelated" is no time, as keys of
	// 2024 have it. Default "unrelated", the newest observation.
	MessageKeys string `json:"message_keys"`
	// PairedKeys: received messages have a key of their own, which starts with 4 instead of 5 and is linked by
	// pairedMessageKey. It was recorded for messages between two users. Default false.
	PairedKeys bool `json:"paired_keys"`
	// UnknownSender: a fromUserName that no user has: "refuse" answers AL-U-01, "create" makes the user, as creating a
	// conversation does. Default "refuse".
	UnknownSender string `json:"unknown_sender"`
	// ClosedOnMessage: a customer's message to a closed conversation. "reopen" sets status 0, "stay" only stores it,
	// "refuse" answers the plain CONVERSATION_CLOSED that SDKs look for. Default "reopen".
	ClosedOnMessage string `json:"closed_on_message"`
	// DeletedMessage: after deleteForAll a message is "marked", which SDKs look for in lists, or "gone". Default "marked".
	DeletedMessage string `json:"deleted_message"`
	// ServicesMessageSend: attachments are documented on the chat host only; a public catalogue calls the gateway.
	// Default true.
	ServicesMessageSend bool `json:"services_message_send"`
	// ServicesUpload: whether the gateway serves uploads, which only SDKs use, on the chat host. Default false.
	ServicesUpload bool `json:"services_upload"`
	// ChatTakesAPIKey: the old server called the chat host with an Api-Key alone. Default true.
	ChatTakesAPIKey bool `json:"chat_takes_api_key"`
	// ChatRefusalEnvelope: the chat host refuses credentials that it does not take with AL-GE-01 in an envelope, as recorded
	// in 2020 on another call. Default false: the text that SDKs look for, with status 401.
	ChatRefusalEnvelope bool `json:"chat_refusal_envelope"`
	// BrokenCredentialsText: a session token without the application's id answers a sentence in plain text with status 200,
	// as reported in 2019. Default false: refused as above.
	BrokenCredentialsText bool `json:"broken_credentials_text"`
	// PlainTextUnauthorized: a refused Api-Key answers the backend's old `UnAuthorized Access` in place of the gateway's
	// JSON message. Default false.
	PlainTextUnauthorized bool `json:"plain_text_unauthorized"`
	// CursorInclusive: whether the row at a page's cursor is repeated on the next one. Default false.
	CursorInclusive bool `json:"cursor_inclusive"`
	// SilentConversationsListed: group/support answers last messages; whether it lists conversations that have none is
	// unknown. Default true.
	SilentConversationsListed bool `json:"silent_conversations_listed"`
}

func defaultSwitches() Switches {
	return Switches{
		DuplicateClientGroup: duplicateError, DeletedAliasTaken: true, DeletedGroupsAnswer: true,
		InitialStatus: statusOpen, MissingOfUser: refuse, UnknownOfUser: refuse,
		WrongMethod: asEnvelope, UndocumentedReads: 200, UndocumentedWrites: 200, UndocumentedRefusal: asGateway, GroupDetails: true, MessageDetail: true,
		UserCreate: true, CreateReactivates: true, UserDelete: deactivate,
		MemberCalls: both, MessageKeys: keyUnrelated, DefaultBotJoins: true, SkipRoutingKept: true, TeamChange: teamClears, DeleteNeedsAdmin: true,
		UnknownGroupOnSend: asEnvelope, UnknownSender: refuse, ClosedOnMessage: reopen, DeletedMessage: marked,
		ServicesMessageSend: true, ChatTakesAPIKey: true, SilentConversationsListed: true,
	}
}
