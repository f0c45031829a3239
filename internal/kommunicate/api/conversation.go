package api

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// ofUser names who acts, and in calls on users who is changed.
const ofUser = "Of-User-Id"

// Keys that the platform itself keeps in a conversation's metadata.
const (
	KeyStatus      = "CONVERSATION_STATUS"
	KeyAssignee    = "CONVERSATION_ASSIGNEE"
	KeySkipRouting = "SKIP_ROUTING"
	KeyTeam        = "KM_TEAM_ID"
	KeyInfo        = "conversationMetadata"
)

// Codes of the statuses that can be set.
const (
	StatusOpen      = "0"
	StatusClosed    = "2"
	StatusSpam      = "3"
	StatusDuplicate = "4"
)

// Conversation is what the backend calls a group of type 10. Times are milliseconds since 1970.
type Conversation struct {
	ID            Ident    `json:"id"`
	ClientGroupID Ident    `json:"clientGroupId"`
	Name          string   `json:"name"`
	AdminID       string   `json:"adminId"`
	ImageURL      string   `json:"imageUrl"`
	MembersID     []string `json:"membersId"`
	GroupUsers    []Member `json:"groupUsers"`
	Metadata      Values   `json:"metadata"`
	UnreadCount   int64    `json:"unreadCount"`
	CreatedAtTime float64  `json:"createdAtTime"`
	UpdatedAtTime float64  `json:"updatedAtTime"`
	DeletedAtTime float64  `json:"deletedAtTime"`
}

// Member is one member of a conversation.
type Member struct {
	UserID  string `json:"userId"`
	Deleted bool   `json:"deleted"`
}

// Deleted says that the conversation is gone: the platform keeps it readable.
func (c Conversation) Deleted() bool { return c.DeletedAtTime > 0 }

// Whole says that this is the complete object, which not every answer promises to hold.
func (c Conversation) Whole() bool {
	return len(c.Members()) > 0 && c.Metadata != nil && c.CreatedAtTime > 0
}

// Members are the ids of all members, sorted: the platform keeps no order.
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

// Info is what agents see beside the chat: a JSON text inside of the metadata.
func (c Conversation) Info() map[string]string {
	var info Values
	if json.Unmarshal([]byte(c.Metadata[KeyInfo]), &info) != nil {
		return nil
	}

	return info
}

// ChangeInfo is the text of Info with some keys set and others removed; what else is in it stays as it is.
func (c Conversation) ChangeInfo(set map[string]string, remove []string) (string, error) {
	info := map[string]json.RawMessage{}
	if json.Unmarshal([]byte(c.Metadata[KeyInfo]), &info) != nil || info == nil {
		info = map[string]json.RawMessage{} // It is no object, so agents see nothing of it.
	}

	for _, key := range remove {
		delete(info, key)
	}

	for key, value := range set {
		text, err := json.Marshal(value)
		if err != nil {
			return "", err
		}

		info[key] = text
	}

	text, err := json.Marshal(info)

	return string(text), err
}

func (c Conversation) problem() string {
	if c.ID == "" {
		return "the answer holds a conversation without an id"
	}

	return ""
}

// ConversationRequest creates a conversation.
type ConversationRequest struct {
	GroupName       string         `json:"groupName"`
	ClientGroupID   string         `json:"clientGroupId,omitempty"`
	GroupMemberList []string       `json:"groupMemberList"`
	Metadata        map[string]any `json:"metadata,omitempty"`
}

// ConversationUpdate changes a conversation: what is nil stays, an empty image is removed, and metadata is merged key by key.
type ConversationUpdate struct {
	GroupID  string            `json:"groupId"`
	NewName  *string           `json:"newName,omitempty"`
	ImageURL *string           `json:"imageUrl,omitempty"`
	Metadata map[string]string `json:"metadata,omitempty"`
}

// Empty says that there is nothing to change.
func (u ConversationUpdate) Empty() bool {
	return u.NewName == nil && u.ImageURL == nil && len(u.Metadata) == 0
}

// CreateConversation makes a conversation, and says whether it was there before:
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

// ChangeAssignee hands the conversation to an agent or a bot, who becomes a member:
// https://docs.kommunicate.io/docs/api-detail#change-conversation-assignee
func (c *Client) ChangeAssignee(ctx context.Context, actor, groupID, assignee string, notify, takeOver bool) error {
	query := url.Values{
		"groupId": {groupID}, "assignee": {assignee}, "sendNotifyMessage": {strconv.FormatBool(notify)},
		"takeOverFromBot": {strconv.FormatBool(takeOver)}, // Said either way, because nobody published the default.
	}

	return run(ctx, c, transport.Write("PATCH", "/rest/ws/group/assignee/change").WithQuery(query).
		WithHeader(ofUser, actor).WithHeader("Content-Type", "application/json"))
}

type membership struct {
	UserID  string `json:"userId"`
	GroupID string `json:"groupId"`
}

// AddMember makes a user a member. The Platform API has no page for it; the backend's has:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) AddMember(ctx context.Context, actor, groupID, userID string) error {
	return c.refused(ctx, run(ctx, c, transport.Write("POST", "/rest/ws/group/add/member").WithHeader(ofUser, actor).
		WithJSON(membership{UserID: userID, GroupID: groupID})))
}

// RemoveMember ends a membership. The Platform API has no page for it; the backend's has:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) RemoveMember(ctx context.Context, actor, groupID, userID string) error {
	return c.refused(ctx, run(ctx, c, transport.Write("POST", "/rest/ws/group/remove/member").WithHeader(ofUser, actor).
		WithJSON(membership{UserID: userID, GroupID: groupID})))
}

// DeleteConversation deletes softly, and frees the clientGroupId. Only the conversation's admin may. The Platform API has
// no page for it, the backend's has - it is a GET: https://docs.kommunicate.io/docs/api-detail
//
// Unverified: that updateClientGroupId, which the vendor's SDKs send, frees the id.
func (c *Client) DeleteConversation(ctx context.Context, actor, groupID string) error {
	call := transport.Write("GET", "/rest/ws/group/delete").WithHeader(ofUser, actor).
		WithQuery(url.Values{"groupId": {groupID}, "updateClientGroupId": {"true"}, "resetCount": {"true"}})

	return c.refused(ctx, run(ctx, c, call))
}
