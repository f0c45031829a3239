package api

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// Inbox is an inbox with its channel.
type Inbox struct {
	ID                         ID             `json:"id"`
	Name                       string         `json:"name"`
	ChannelID                  ID             `json:"channel_id"`
	ChannelType                string         `json:"channel_type"` // The server's class, such as Channel::Api.
	AvatarURL                  string         `json:"avatar_url"`
	GreetingEnabled            bool           `json:"greeting_enabled"`
	GreetingMessage            string         `json:"greeting_message"`
	EnableEmailCollect         bool           `json:"enable_email_collect"`
	CSATSurveyEnabled          bool           `json:"csat_survey_enabled"`
	CSATConfig                 Object         `json:"csat_config"`
	EnableAutoAssignment       bool           `json:"enable_auto_assignment"`
	AutoAssignmentConfig       Object         `json:"auto_assignment_config"`
	WorkingHoursEnabled        bool           `json:"working_hours_enabled"`
	WorkingHours               []WorkingHours `json:"working_hours"`
	OutOfOfficeMessage         string         `json:"out_of_office_message"`
	Timezone                   string         `json:"timezone"`
	AllowMessagesAfterResolved bool           `json:"allow_messages_after_resolved"`
	LockToSingleConversation   bool           `json:"lock_to_single_conversation"`
	SenderNameType             string         `json:"sender_name_type"`
	BusinessName               string         `json:"business_name"`
	HelpCenter                 *struct {
		Slug string `json:"slug"`
	} `json:"help_center"`
	CallbackWebhookURL string `json:"callback_webhook_url"`
	InboxIdentifier    string `json:"inbox_identifier"`
	WebsiteToken       string `json:"website_token"`
	WebWidgetScript    string `json:"web_widget_script"`
	ForwardToEmail     string `json:"forward_to_email"`
	HMACToken          string `json:"hmac_token"` // This and Secret are shown to administrators only.
	Secret             string `json:"secret"`

	// Channel is everything that was answered, by its name: which fields there are depends on the channel.
	Channel Object `json:"-"`
}

// WorkingHours are those of one day.
type WorkingHours struct {
	DayOfWeek    int64  `json:"day_of_week"` // 0 is Sunday.
	ClosedAllDay bool   `json:"closed_all_day"`
	OpenAllDay   bool   `json:"open_all_day"`
	OpenHour     *int64 `json:"open_hour"`
	OpenMinutes  *int64 `json:"open_minutes"`
	CloseHour    *int64 `json:"close_hour"`
	CloseMinutes *int64 `json:"close_minutes"`
}

func (i Inbox) identity() ID { return i.ID }

// Check refuses a row without an id.
func (i Inbox) Check() error { return checkID(i.ID) }

// UnmarshalJSON keeps the channel's fields beside the inbox's own.
func (i *Inbox) UnmarshalJSON(raw []byte) error {
	type plain Inbox

	if err := json.Unmarshal(raw, (*plain)(i)); err != nil {
		return err
	}

	if strings.HasSuffix(i.ForwardToEmail, "@false") {
		i.ForwardToEmail = "" // A server before 4.8.0 that receives no mail.
	}

	return i.Channel.UnmarshalJSON(raw)
}

// InboxRequest is what a create or an update of an inbox sends.
type InboxRequest struct {
	Name                       Nullable[string]         `json:"name,omitzero"`
	GreetingEnabled            Nullable[bool]           `json:"greeting_enabled,omitzero"`
	GreetingMessage            Nullable[string]         `json:"greeting_message,omitzero"`
	EnableEmailCollect         Nullable[bool]           `json:"enable_email_collect,omitzero"`
	CSATSurveyEnabled          Nullable[bool]           `json:"csat_survey_enabled,omitzero"`
	CSATConfig                 *CSATConfig              `json:"csat_config,omitempty"`
	EnableAutoAssignment       Nullable[bool]           `json:"enable_auto_assignment,omitzero"`
	AutoAssignmentConfig       *AutoAssignmentConfig    `json:"auto_assignment_config,omitempty"`
	WorkingHoursEnabled        Nullable[bool]           `json:"working_hours_enabled,omitzero"`
	WorkingHours               Nullable[[]WorkingHours] `json:"working_hours,omitzero"`
	OutOfOfficeMessage         Nullable[string]         `json:"out_of_office_message,omitzero"`
	Timezone                   Nullable[string]         `json:"timezone,omitzero"`
	AllowMessagesAfterResolved Nullable[bool]           `json:"allow_messages_after_resolved,omitzero"`
	LockToSingleConversation   Nullable[bool]           `json:"lock_to_single_conversation,omitzero"`
	SenderNameType             Nullable[string]         `json:"sender_name_type,omitzero"`
	BusinessName               Nullable[string]         `json:"business_name,omitzero"`
	PortalID                   Nullable[ID]             `json:"portal_id,omitzero"`
	// Avatar is only ever null, which removes the picture.
	Avatar Nullable[string] `json:"avatar,omitzero"`
	// Channel has other fields for each type of channel.
	Channel Nullable[Object] `json:"channel,omitzero"`
}

// AutoAssignmentConfig bounds what the automatic assignment gives an agent. Nil is no limit.
type AutoAssignmentConfig struct {
	MaxAssignmentLimit *int64 `json:"max_assignment_limit"`
}

// CSATConfig is a satisfaction survey in full.
type CSATConfig struct {
	DisplayType string `json:"display_type"`
	Message     string `json:"message"`
	// ButtonText and Language are left out where the server does not know them.
	ButtonText  *string   `json:"button_text,omitempty"`
	Language    *string   `json:"language,omitempty"`
	SurveyRules CSATRules `json:"survey_rules"`
	// Others are what the server keeps besides, such as a template for WhatsApp: it forgets what a request lacks.
	Others Object `json:"-"`
}

// CSATRules say which conversations get a survey, by their labels.
type CSATRules struct {
	Operator string   `json:"operator"`
	Values   []string `json:"values"`
}

// MarshalJSON writes the survey's own fields over the others.
func (c CSATConfig) MarshalJSON() ([]byte, error) {
	type plain CSATConfig

	own, err := json.Marshal(plain(c))
	if err != nil {
		return nil, err
	}

	all := Object{}
	maps.Copy(all, c.Others)

	var fields Object
	if err := fields.UnmarshalJSON(own); err != nil {
		return nil, err
	}

	maps.Copy(all, fields)

	return json.Marshal(all)
}

// CreateInbox makes an inbox and its channel.
//
// https://developers.chatwoot.com/api-reference/inboxes/create-an-inbox
func (c *Client) CreateInbox(ctx context.Context, request InboxRequest) (Inbox, error) {
	defer c.inboxes.Drop()
	return doObject[Inbox](ctx, c, c.create("POST", "/inboxes").WithJSON(request))
}

// Inbox reads one inbox. What the list does not show is asked for: an agent sees only the inboxes of which they are a
// member, and one that may not be seen is not gone.
//
// https://developers.chatwoot.com/api-reference/inboxes/get-an-inbox
func (c *Client) Inbox(ctx context.Context, id ID) (Inbox, error) {
	inbox, err := c.inboxes.Get(ctx, id)
	if !transport.IsNotFound(err) {
		return inbox, err
	}

	return c.FreshInbox(ctx, id)
}

// FreshInbox reads one inbox past the list, which others may have read before.
func (c *Client) FreshInbox(ctx context.Context, id ID) (Inbox, error) {
	found, err := doObject[Inbox](ctx, c, c.read("GET", "/inboxes/%s", id.String()))
	return found, c.orGone(ctx, id, err)
}

// orGone returns that an inbox is gone, if it is, in place of the error of a request about it or a part of it. While the
// server deletes an inbox, such requests answer 401 or 500 between the last 200 and the first 404.
func (c *Client) orGone(ctx context.Context, id ID, err error) error {
	failure := transport.As(err)
	if failure == nil || failure.Status != http.StatusUnauthorized && failure.Status != http.StatusInternalServerError {
		return err
	}

	gone := transport.Run(ctx, c.sender, c.read("GET", "/inboxes/%s", id.String()))
	if transport.IsNotFound(gone) {
		return gone
	}

	return err
}

// Inboxes lists the inboxes that the token's user may see.
func (c *Client) Inboxes(ctx context.Context) ([]Inbox, error) { return c.inboxes.All(ctx) }

// https://developers.chatwoot.com/api-reference/inboxes/list-all-inboxes
func (c *Client) listInboxes(ctx context.Context) (wirejson.Rows[Inbox], error) {
	return payloadRows[Inbox](ctx, c, c.read("GET", "/inboxes"))
}

// UpdateInbox changes fields of an inbox, with those of its channel under "channel" and without a type, which the server
// would take for an unknown column.
//
// https://developers.chatwoot.com/api-reference/inboxes/update-inbox
func (c *Client) UpdateInbox(ctx context.Context, id ID, request InboxRequest) (Inbox, error) {
	defer c.inboxes.Drop()
	defer c.contacts.Drop() // Their sessions tell its name.

	return doObject[Inbox](ctx, c, c.write("PATCH", "/inboxes/%s", id.String()).WithJSON(request))
}

// DeleteInbox deletes an inbox with all its conversations, and waits until it is gone: the server does so in the
// background.
//
// https://developers.chatwoot.com/api-reference/inboxes/delete-an-inbox
func (c *Client) DeleteInbox(ctx context.Context, id ID) error {
	defer c.dropInbox()

	err := transport.Run(ctx, c.sender, c.write("DELETE", "/inboxes/%s", id.String()))
	err = c.orGone(ctx, id, err) // Another one's deletion may be under way.

	switch {
	case transport.IsNotFound(err):
		return nil
	case err != nil:
		return err
	}

	return c.AwaitInbox(ctx, id)
}

// AwaitInbox waits until an inbox that was deleted is gone.
func (c *Client) AwaitInbox(ctx context.Context, id ID) error {
	defer c.dropInbox()

	return waitUntilGone(ctx, fmt.Sprintf("inbox %s", id), func(ctx context.Context) error {
		return transport.Run(ctx, c.sender, c.read("GET", "/inboxes/%s", id.String()))
	})
}

// dropInbox forgets what was read of inboxes and of what is in them.
func (c *Client) dropInbox() {
	c.inboxes.Drop()
	c.inboxMembers.Drop()
	c.contacts.Drop()
	c.dropConversations()
}

// InboxMembers lists the users who work in an inbox.
//
// https://developers.chatwoot.com/api-reference/inboxes/list-agents-in-inbox
func (c *Client) InboxMembers(ctx context.Context, id ID) ([]ID, error) {
	members, err := c.inboxMembers.Of(id).All(ctx)
	return members, c.orGone(ctx, id, err)
}

func (c *Client) listInboxMembers(ctx context.Context, id ID) ([]ID, error) {
	return ids(payload[member](ctx, c, c.read("GET", "/inbox_members/%s", id.String())))
}

// SetInboxMembers makes the users the only ones in an inbox, and returns who is in it then. The ids are integers on the
// wire: the server takes strings for others.
//
// https://developers.chatwoot.com/api-reference/inboxes/update-agents-in-inbox
func (c *Client) SetInboxMembers(ctx context.Context, id ID, users []ID) ([]ID, error) {
	defer c.inboxes.Drop()
	defer c.inboxMembers.Drop()

	body := struct {
		InboxID ID   `json:"inbox_id"`
		UserIDs []ID `json:"user_ids"`
	}{id, append([]ID{}, users...)}

	return ids(payload[member](ctx, c, c.write("PATCH", "/inbox_members").WithJSON(body)))
}

// InboxAgentBot reads which bot answers in an inbox; 0 is none.
//
// https://developers.chatwoot.com/api-reference/inboxes/show-inbox-agent-bot
func (c *Client) InboxAgentBot(ctx context.Context, id ID) (ID, error) {
	answer, err := transport.Do[struct {
		AgentBot struct {
			ID ID `json:"id"`
		} `json:"agent_bot"`
	}](ctx, c.sender, c.read("GET", "/inboxes/%s/agent_bot", id.String()))

	return answer.AgentBot.ID, c.orGone(ctx, id, err)
}

// SetInboxAgentBot puts a bot into an inbox, or takes it out with 0.
//
// https://developers.chatwoot.com/api-reference/inboxes/add-or-remove-agent-bot
func (c *Client) SetInboxAgentBot(ctx context.Context, id, bot ID) error {
	wanted := Set(bot)
	if bot == 0 {
		wanted = Null[ID]()
	}

	return transport.Run(ctx, c.sender, c.write("POST", "/inboxes/%s/set_agent_bot", id.String()).WithJSON(wrapped("agent_bot", wanted)))
}
