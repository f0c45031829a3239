package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// ofUser names the user who acts, and in calls on users the one who is changed.
const ofUser = "Of-User-Id"

const (
	deleteGroupPath  = "/rest/ws/group/delete"
	addMemberPath    = "/rest/ws/group/add/member"
	removeMemberPath = "/rest/ws/group/remove/member"
)

// Keys that the platform itself keeps in a conversation's metadata.
const (
	KeyStatus      = "CONVERSATION_STATUS"
	KeyAssignee    = "CONVERSATION_ASSIGNEE"
	KeySkipRouting = "SKIP_ROUTING"
	KeyTeam        = "KM_TEAM_ID"
	KeyInfo        = "conversationMetadata"
)

// Keys of a conversation's metadata that the vendor's SDKs give a meaning.
const (
	KeyChatContext        = "KM_CHAT_CONTEXT"
	KeyTitle              = "KM_CONVERSATION_TITLE"
	KeyOriginalTitle      = "KM_ORIGINAL_TITLE"
	KeyWelcomeMessage     = "WELCOME_MESSAGE"
	KeyCustomWelcomeEvent = "CUSTOM_WELCOME_EVENT"
	KeySkipBotEvent       = "SKIP_BOT_EVENT"
)

// Codes of statuses.
const (
	StatusInitial     = "-1"
	StatusOpen        = "0"
	StatusClosed      = "2"
	StatusDuplicate   = "4"
	StatusUnresponded = "6"
)

// IsOpenStatus reports whether the vendor's dashboard shows a conversation of this status under "open": it was not started
// yet, it is open, or no agent has answered it.
func IsOpenStatus(code string) bool {
	return code == StatusInitial || code == StatusOpen || code == StatusUnresponded
}

// Conversation is a group of type 10 of the backend. Times are milliseconds since 1970.
type Conversation struct {
	ID            wirejson.Text  `json:"id"`
	ClientGroupID wirejson.Text  `json:"clientGroupId"`
	Name          string         `json:"name"`
	AdminID       string         `json:"adminId"`
	ImageURL      string         `json:"imageUrl"`
	MembersID     []string       `json:"membersId"`
	GroupUsers    []Member       `json:"groupUsers"`
	Metadata      wirejson.Pairs `json:"metadata"`
	UnreadCount   int64          `json:"unreadCount"`
	CreatedAtTime float64        `json:"createdAtTime"`
	UpdatedAtTime float64        `json:"updatedAtTime"`
	DeletedAtTime float64        `json:"deletedAtTime"`

	// fromList says that the answer was one of many, which may hold less of each.
	fromList bool
}

// Member is one member of a conversation.
type Member struct {
	UserID  string        `json:"userId"`
	Deleted wirejson.Flag `json:"deleted"`
}

// IsDeleted reports whether the conversation is gone. The platform still lets it be read.
func (c Conversation) IsDeleted() bool { return c.DeletedAtTime > 0 }

// HasMetadata reports whether the answer held the metadata. Status, assignee and team are part of it, and not every
// answer holds it.
func (c Conversation) HasMetadata() bool { return c.Metadata != nil }

// isUsable reports whether nothing but the metadata may be missing from the answer.
func (c Conversation) isUsable() bool { return len(c.Members()) > 0 && c.CreatedAtTime > 0 }

// IsWhole reports whether this is the complete object, which not every answer holds.
func (c Conversation) IsWhole() bool { return c.isUsable() && c.HasMetadata() }

// Members returns the ids of all members, sorted: the platform keeps no order.
func (c Conversation) Members() []string {
	members := slices.Clone(c.MembersID)
	for _, m := range c.GroupUsers {
		if !m.Deleted {
			members = append(members, m.UserID)
		}
	}

	slices.Sort(members)

	return slices.Compact(members)
}

// Object returns a JSON object inside of the metadata, such as the information that agents see beside the chat.
func (c Conversation) Object(key string) map[string]string {
	var object wirejson.Pairs
	if json.Unmarshal([]byte(c.Metadata[key]), &object) != nil {
		return nil
	}

	return object
}

// SkippedEvents returns the events that bots do not get, a JSON list inside of the metadata.
func (c Conversation) SkippedEvents() []string {
	var events wirejson.Texts
	if json.Unmarshal([]byte(c.Metadata[KeySkipBotEvent]), &events) != nil {
		return nil
	}

	return events
}

// ChangeObject returns the text of an Object with some keys set and others removed. Everything else in it stays as it is.
func (c Conversation) ChangeObject(name string, set map[string]string, remove []string) (string, error) {
	object := map[string]json.RawMessage{}
	if json.Unmarshal([]byte(c.Metadata[name]), &object) != nil || object == nil {
		object = map[string]json.RawMessage{} // It is no object, so nothing of it is shown.
	}

	for _, key := range remove {
		delete(object, key)
	}

	for key, value := range set {
		text, err := json.Marshal(value)
		if err != nil {
			return "", err
		}

		object[key] = text
	}

	text, err := json.Marshal(object)

	return string(text), err
}

// Check reports why the answer cannot be used.
func (c Conversation) Check() error {
	if c.ID == "" {
		return errors.New("the answer holds a conversation without an id")
	}

	return nil
}

// ConversationRequest creates a conversation.
type ConversationRequest struct {
	GroupName       string         `json:"groupName"`
	ClientGroupID   string         `json:"clientGroupId,omitempty"`
	GroupMemberList []string       `json:"groupMemberList"`
	Metadata        map[string]any `json:"metadata,omitempty"`
}

// ConversationUpdate changes a conversation: nil fields stay as they are, an empty image is removed, and metadata is merged
// key by key.
type ConversationUpdate struct {
	GroupID  string            `json:"groupId"`
	NewName  *string           `json:"newName,omitempty"`
	ImageURL *string           `json:"imageUrl,omitempty"`
	Metadata map[string]string `json:"metadata,omitempty"`
	// Users changes the roles of members.
	Users []MemberRole `json:"users,omitempty"`
}

// MemberRole is the role of one member.
type MemberRole struct {
	UserID string `json:"userId"`
	Role   int    `json:"role"`
}

// IsEmpty reports whether there is nothing to change.
func (u ConversationUpdate) IsEmpty() bool {
	return u.NewName == nil && u.ImageURL == nil && len(u.Metadata) == 0
}

// CreateConversation creates a conversation and reports whether it existed before:
// https://docs.kommunicate.io/docs/api-detail#create-a-conversation
//
// Unverified: a used clientGroupId is a conflict, or answers the conversation that has it with the flag updated.
func (c *Client) CreateConversation(ctx context.Context, request ConversationRequest) (Conversation, bool, error) {
	made, outer, err := do[Conversation](ctx, c, transport.Create("POST", "/rest/ws/group/conversation").WithJSON(request))
	return made, outer.Updated, err
}

// UpdateConversation changes name, image and metadata:
// https://github.com/Kommunicate-io/Kommunicate-Web-SDK/blob/a4b61b7f5/docs/docs/api-detail.md#change-conversation-status
//
// Unverified: name and image, and resetGroupImageUrl, are what the vendor's SDKs send.
func (c *Client) UpdateConversation(ctx context.Context, actor string, update ConversationUpdate) error {
	call := transport.Write("POST", "/rest/ws/group/update").WithHeader(ofUser, actor).WithJSON(update)
	if update.ImageURL != nil && *update.ImageURL == "" {
		call = call.WithQuery(url.Values{"resetGroupImageUrl": {"true"}})
	}

	return run(ctx, c, call)
}

// ChangeStatus sets the status: https://docs.kommunicate.io/docs/api-detail#change-conversation-status
func (c *Client) ChangeStatus(ctx context.Context, actor, groupID, status string, notify bool) error {
	if status == StatusDuplicate {
		// Only the 2019 form of the call documents this one.
		return c.UpdateConversation(ctx, actor, ConversationUpdate{GroupID: groupID, Metadata: map[string]string{KeyStatus: status}})
	}

	return run(ctx, c, transport.Write("PATCH", "/rest/ws/group/status/change").
		WithQuery(url.Values{"groupId": {groupID}, "status": {status}, "sendNotifyMessage": {strconv.FormatBool(notify)}}).
		WithHeader(ofUser, actor).WithHeader("Content-Type", "application/json"))
}

// AssigneeChange assigns a conversation to another agent or bot.
type AssigneeChange struct {
	GroupID, Assignee string
	// Notify posts a note into the conversation.
	Notify bool
	// TakeOverFromBot makes all bots leave.
	TakeOverFromBot bool
	// SwitchAssignee is sent as true by all of the vendor's SDKs.
	SwitchAssignee bool
}

// ChangeAssignee assigns the conversation to an agent or a bot, who becomes a member:
// https://docs.kommunicate.io/docs/api-detail#change-conversation-assignee
//
// Unverified: what switchAssignee does. Every flag is sent, because their defaults were never published.
func (c *Client) ChangeAssignee(ctx context.Context, actor string, change AssigneeChange) error {
	query := url.Values{
		"groupId": {change.GroupID}, "assignee": {change.Assignee}, "sendNotifyMessage": {strconv.FormatBool(change.Notify)},
		"takeOverFromBot": {strconv.FormatBool(change.TakeOverFromBot)}, "switchAssignee": {strconv.FormatBool(change.SwitchAssignee)},
	}

	return run(ctx, c, transport.Write("PATCH", "/rest/ws/group/assignee/change").WithQuery(query).
		WithHeader(ofUser, actor).WithHeader("Content-Type", "application/json"))
}

// Membership is one user in one conversation.
type Membership struct {
	UserID  string `json:"userId"`
	GroupID string `json:"groupId"`
	// Role is 1 for an agent, 2 for a bot and 3 for an end user; 0 lets the platform choose.
	Role int `json:"role,omitempty"`
}

// AddMember makes a user a member. The Platform API has no page for it, the backend's pages have one:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) AddMember(ctx context.Context, actor string, member Membership) error {
	return c.changeMember(ctx, actor, addMemberPath, member)
}

// RemoveMember ends a membership. The Platform API has no page for it, the backend's pages have one:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) RemoveMember(ctx context.Context, actor, groupID, userID string) error {
	return c.changeMember(ctx, actor, removeMemberPath, Membership{UserID: userID, GroupID: groupID})
}

// changeMember posts the membership, as the backend's pages and the web client do. Where only GET is served, as the
// vendor's mobile SDKs send it, the backend answers AL-MA-01.
func (c *Client) changeMember(ctx context.Context, actor, path string, member Membership) error {
	err := run(ctx, c, transport.Write("POST", path).WithHeader(ofUser, actor).WithJSON(member))
	if hasCode(err, codeWrongMethod) {
		query := url.Values{"userId": {member.UserID}, "groupId": {member.GroupID}}
		if member.Role != 0 {
			query.Set("role", strconv.Itoa(member.Role))
		}

		err = run(ctx, c, transport.Write("GET", path).WithHeader(ofUser, actor).WithQuery(query))
	}

	return c.explainRefusal(ctx, err)
}

// DeleteConversation deletes softly and frees the clientGroupId. Only the conversation's admin may. The Platform API has
// no page for it, the backend's pages have one. It is a GET: https://docs.kommunicate.io/docs/api-detail
//
// Unverified: that updateClientGroupId, which the vendor's SDKs send, frees the id.
func (c *Client) DeleteConversation(ctx context.Context, actor, groupID string) error {
	defer c.existing.drop()

	call := transport.Write("GET", deleteGroupPath).WithHeader(ofUser, actor).
		WithQuery(url.Values{"groupId": {groupID}, "updateClientGroupId": {"true"}, "resetCount": {"true"}})

	return c.explainRefusal(ctx, run(ctx, c, call))
}
