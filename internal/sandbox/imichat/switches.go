package imichat

// Switches are the platform's open questions and quirks by name. The zero of each is not always its default: see defaultSwitches.
type Switches struct {
	// TokenSeconds is how long a token lives. Unverified: no lifetime is documented.
	TokenSeconds int `json:"token_seconds"`
	// SingleToken makes each authorization end the tokens before it.
	// Unverified: whether tokens live side by side.
	SingleToken bool `json:"single_token"`
	// AuthorizationHeader carries base64 of key@domain. Unverified: the page shows the value, not the header's name.
	AuthorizationHeader string `json:"authorization_header"`
	// AuthorizationPrefix stands before the value, with a space between.
	// Unverified: the page shows the bare value.
	AuthorizationPrefix string `json:"authorization_prefix"`
	// Quota is the number of requests per tenant and day; 10,000 is documented.
	Quota int `json:"quota"`
	// ResetFormat writes Rate-Limit-Reset as "unix" seconds or "rfc3339". Unverified: "timestamp" is all that is said.
	ResetFormat string `json:"reset_format"`
	// TeamidEverywhere makes the teamid header mandatory on chats and teams calls too.
	// Unverified: the codes speak of a team in the header without naming the calls.
	TeamidEverywhere bool `json:"teamid_everywhere"`

	// StatusCodeString sends the envelope's status_code as a string.
	StatusCodeString bool `json:"status_code_string"`
	// WrapObject puts a single chat or user under the key "chat" or "user".
	// Unverified: no page shows a response.
	WrapObject bool `json:"wrap_object"`
	// OneInArray answers a single chat inside of an array.
	// Unverified: no page shows a response.
	OneInArray bool `json:"one_in_array"`
	// WholeChatsListed lists chats with all that a single read answers, their messages too.
	// Unverified: one page shows rows without messages.
	WholeChatsListed bool `json:"whole_chats_listed"`
	// BareLists sends a list as the response itself, without its key.
	// Unverified: the key "users" is documented, those of chats and teams are not.
	BareLists bool `json:"bare_lists"`
	// Empty says how a field without a value is sent: "blank" ("", [] or {}), "null", or "omit".
	// Unverified: no page shows an object with such a field.
	Empty string `json:"empty"`
	// MessagesObject sends a transcript of one message as that object, which is how the field is documented.
	MessagesObject bool `json:"messages_object"`
	// AssetIDNumber sends a numeric asset id as a number, as documented; others stay strings.
	AssetIDNumber bool `json:"asset_id_number"`
	// CustomerIDNumber sends customer_id of list rows as a number; a string is documented.
	CustomerIDNumber bool `json:"customer_id_number"`
	// ChannelCase is "lower" as documented, "upper", or "mixed" as the vendor's events have it (LiveChat).
	ChannelCase string `json:"channel_case"`
	// TableSpelling sends messages in the spelling of the vendor's table instead of that of its samples.
	TableSpelling bool `json:"table_spelling"`
	// DeliveryDetailsReturned keeps delivery_details in transcripts. Unverified: they belong to "outbound requests".
	DeliveryDetailsReturned bool `json:"delivery_details_returned"`
	// TranscriptLimit keeps only so many of the latest messages in answers; 0 keeps all.
	// Unverified: whether a transcript is ever cut.
	TranscriptLimit int `json:"transcript_limit"`

	// CreateStatus is the HTTP status of a created chat or user; 200 is documented.
	CreateStatus int `json:"create_status"`
	// CreateAnswer is what create gives back: the whole "object", its "id" alone, a "transaction" id that is no object's, or
	// "empty". Unverified: no page shows an answer of create; nodes of the vendor's other product give a transaction id.
	CreateAnswer string `json:"create_answer"`
	// CreateTags names the field that create takes tags from: "none", "tags" or "tag".
	// Unverified: tags are documented on update alone.
	CreateTags string `json:"create_tags"`
	// AssigneeOnCreate honours assignee on create. Unverified: the vendor says only that POST may assign.
	AssigneeOnCreate bool `json:"assignee_on_create"`
	// MessagesRequired refuses a chat without a message.
	// Unverified: no page says what create requires.
	MessagesRequired bool `json:"messages_required"`
	// UniqueAlias refuses an alias_id that another chat has.
	// Unverified: no page says anything about duplicates.
	UniqueAlias bool `json:"unique_alias"`
	// AnyAsset takes asset ids that the tenant does not have, for demonstrations.
	AnyAsset bool `json:"any_asset"`

	// OtherGeneration answers every path as a host of the vendor's later API does, which has no v3.1: a 404 with a message in
	// JSON, without the envelope. Unverified: the text.
	OtherGeneration bool `json:"other_generation"`

	// GetOne serves GET /chats/{id}; off, it answers 2099. Unverified: only the codes of other pages speak for the call.
	GetOne bool `json:"get_one"`
	// AliasInPath lets an alias_id stand for the chat id in a path. Unverified: "can be used to reference a chat".
	AliasInPath bool `json:"alias_in_path"`
	// PageBase is the number of the first page.
	// Unverified: the page names the parameter, not its start.
	PageBase int `json:"page_base"`
	// ListSharedOnly hides chats of teams that the key is not shared with; the list is documented as the tenant's.
	ListSharedOnly bool `json:"list_shared_only"`

	// RejectUnknown refuses bodies with unknown fields; off, it ignores the fields.
	// Unverified: no validation errors are documented.
	RejectUnknown bool `json:"reject_unknown"`
	// MergeOtherDetails merges other_details on update; off, it replaces them.
	// Unverified: replacing is documented for tags alone.
	MergeOtherDetails bool `json:"merge_other_details"`
	// RejectClosed refuses updates of and messages to a closed chat.
	// Unverified: no page tells which status may follow which.
	RejectClosed bool `json:"reject_closed"`
	// CheckOutcome refuses an outcome that is not one of Outcomes.
	// Unverified: that outcomes are configured per team is known from the console.
	CheckOutcome bool `json:"check_outcome"`
	// AppendBody is what append takes: a single message as "object", {"messages": [...]} as "array", or "either".
	// Unverified: the samples are bare messages, and no page shows the call.
	AppendBody string `json:"append_body"`
	// AppendAnswer is what append gives back: the "chat", the "message", or "empty".
	// Unverified: no page shows the call.
	AppendAnswer string `json:"append_answer"`

	// TeamIDKey names the id of a listed team. Unverified: "id", "team_id" and "teamid" are all in use elsewhere.
	TeamIDKey string `json:"team_id_key"`
	// TeamNameKey names the name of a listed team.
	// Unverified: no page shows the list.
	TeamNameKey string `json:"team_name_key"`
	// Transfer serves PATCH /internal/chats/{id}, which the vendor enables per customer.
	Transfer bool `json:"transfer"`
}

func defaultSwitches() Switches {
	return Switches{
		TokenSeconds:            3600,
		AuthorizationHeader:     "Authorization",
		Quota:                   10000,
		ResetFormat:             "unix",
		Empty:                   "blank",
		AssetIDNumber:           true,
		ChannelCase:             "lower",
		DeliveryDetailsReturned: true,
		CreateStatus:            200,
		CreateAnswer:            "object",
		CreateTags:              "none",
		AssigneeOnCreate:        true,
		GetOne:                  true,
		PageBase:                1,
		AppendBody:              "either",
		AppendAnswer:            "chat",
		TeamIDKey:               "id",
		TeamNameKey:             "name",
	}
}
