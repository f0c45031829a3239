package api

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// RoleBot is the backend's role type of bots.
const RoleBot = 1

const (
	detailPath = "/rest/ws/user/v2/detail"
	// mostUsers is how many ids the vendor's SDKs ask for at once; the platform publishes no limit.
	mostUsers = 60
)

// User is an end user, an agent or a bot. Times are milliseconds since 1970, some of them with fractions.
type User struct {
	UserID             string  `json:"userId"`
	UserName           string  `json:"userName"`
	DisplayName        string  `json:"displayName"`
	Email              string  `json:"email"`
	PhoneNumber        string  `json:"phoneNumber"`
	ImageLink          string  `json:"imageLink"`
	Metadata           Values  `json:"metadata"`
	Connected          bool    `json:"connected"`
	Deactivated        bool    `json:"deactivated"`
	RoleType           int64   `json:"roleType"`
	UnreadCount        int64   `json:"unreadCount"`
	CreatedAtTime      float64 `json:"createdAtTime"`
	DeletedAtTime      float64 `json:"deletedAtTime"`
	LastSeenAtTime     float64 `json:"lastSeenAtTime"`
	LastLoggedInAtTime float64 `json:"lastLoggedInAtTime"`
	LastMessageAtTime  float64 `json:"lastMessageAtTime"`
}

// Name is what people see. The vendor's page calls it userName, its SDKs displayName.
func (u User) Name() string {
	if u.DisplayName != "" {
		return u.DisplayName
	}

	return u.UserName
}

type people []User

func (p people) problem() string {
	for _, u := range p {
		if u.UserID == "" {
			return "the answer holds a user without an id"
		}
	}

	return ""
}

// UserUpdate changes a user: what is nil stays, and metadata is merged key by key.
type UserUpdate struct {
	Email       *string           `json:"email,omitempty"`
	DisplayName *string           `json:"displayName,omitempty"`
	ImageLink   *string           `json:"imageLink,omitempty"`
	PhoneNumber *string           `json:"phoneNumber,omitempty"`
	Metadata    map[string]string `json:"metadata,omitempty"`
}

// Empty says that there is nothing to change.
func (u UserUpdate) Empty() bool {
	return u.Email == nil && u.DisplayName == nil && u.ImageLink == nil && u.PhoneNumber == nil && len(u.Metadata) == 0
}

// UserRequest creates a user.
type UserRequest struct {
	UserID      string            `json:"userId"`
	Password    *string           `json:"password,omitempty"`
	DisplayName *string           `json:"displayName,omitempty"`
	ImageLink   *string           `json:"imageLink,omitempty"`
	Email       *string           `json:"email,omitempty"`
	Metadata    map[string]string `json:"metadata,omitempty"`
	RoleName    string            `json:"roleName"`
}

// registration is what register/client takes. Unlike the other calls it names the application in its body.
type registration struct {
	UserID        string  `json:"userId"`
	ApplicationID string  `json:"applicationId"`
	DeviceType    int     `json:"deviceType"`
	Platform      int     `json:"platform"`
	Password      *string `json:"password,omitempty"`
	DisplayName   *string `json:"displayName,omitempty"`
	ImageLink     *string `json:"imageLink,omitempty"`
	Email         *string `json:"email,omitempty"`
}

// registered is what is of use in the answer of register/client.
type registered struct {
	Message   string `json:"message"`
	AuthToken string `json:"authToken"`
}

const (
	deviceAndroid       = 1 // One of the two device types that the backend knows.
	platformPlatformAPI = 5
)

// details reads users by id, those that are there: https://docs.kommunicate.io/docs/api-detail#get-user-detail
//
// Unverified: ids that nobody has are left out, or the answer is AL-U-01 or null when nobody has any of them.
func (c *Client) details(ctx context.Context, ids []string, lastMessage bool) (map[string]User, error) {
	call := transport.Read("POST", detailPath).WithJSON(map[string]any{"userIdList": ids})
	if lastMessage {
		call = call.WithQuery(url.Values{"fetchLatestMessageTime": {"true"}})
	}

	rows, outer, err := do[people](ctx, c, call)
	switch {
	case transport.IsNotFound(err):
		return map[string]User{}, nil
	case err != nil && string(outer.Response) == "null" && !slices.Contains(ids, c.ActingUserID):
		return c.beside(ctx, ids, lastMessage)
	case err != nil:
		return nil, err
	}

	c.keyWorks.Store(true)

	found := make(map[string]User, len(ids))
	for _, id := range ids {
		for _, u := range rows {
			if u.DeletedAtTime > 0 {
				continue
			}
			// The platform may have lower-cased an agent's id. Whom somebody else asked for is not meant.
			if u.UserID == id || strings.EqualFold(u.UserID, id) && !slices.Contains(ids, u.UserID) {
				found[id] = u
			}
		}
	}

	return found, nil
}

// beside asks again after null, together with somebody who is there: null may mean that nobody has any of the ids, or that
// something is wrong, and then it comes again.
func (c *Client) beside(ctx context.Context, ids []string, lastMessage bool) (map[string]User, error) {
	found := make(map[string]User, len(ids))
	for some := range slices.Chunk(ids, mostUsers-1) {
		rows, err := c.details(ctx, append(slices.Clone(some), c.ActingUserID), lastMessage)
		if err != nil {
			return nil, err
		}

		delete(rows, c.ActingUserID)
		maps.Copy(found, rows)
	}

	return found, nil
}

func (c *Client) userBatch(lastMessage bool) *reads.Batch[string, User] {
	return &reads.Batch[string, User]{
		Max: mostUsers,
		Read: func(ctx context.Context, ids []string) (map[string]User, error) {
			return c.details(ctx, ids, lastMessage)
		},
		Missing: func(string) error { return notFound(codeUserNotFound, "user not found", "POST", detailPath) },
	}
}

// User reads one user; concurrent reads share requests: https://docs.kommunicate.io/docs/api-detail#get-user-detail
func (c *Client) User(ctx context.Context, id string) (User, error) { return c.users.Get(ctx, id) }

// UserWithLastMessage is User with the time of the last message: https://docs.kommunicate.io/docs/api-detail#get-user-detail
func (c *Client) UserWithLastMessage(ctx context.Context, id string) (User, error) {
	return c.lastMessages.Get(ctx, id)
}

// Users reads the users that are there: https://docs.kommunicate.io/docs/api-detail#get-user-detail
func (c *Client) Users(ctx context.Context, ids []string) (map[string]User, error) {
	found := map[string]User{}

	for len(ids) > 0 {
		n := min(len(ids), mostUsers)

		some, err := c.details(ctx, ids[:n], true)
		if err != nil {
			return nil, err
		}

		maps.Copy(found, some)

		ids = ids[n:]
	}

	return found, nil
}

// UpdateUser changes an end user: https://docs.kommunicate.io/docs/api-detail#update-user-details
//
// Unverified: both query parameters, which the vendor's SDKs send. An empty string clears a field.
func (c *Client) UpdateUser(ctx context.Context, id string, update UserUpdate) error {
	query := url.Values{"elasticUpdate": {"true"}}
	if update.Email != nil {
		query.Set("allowEmail", "true")
	}
	// Here Of-User-Id is not who acts but who changes.
	return run(ctx, c, transport.Write("POST", "/rest/ws/user/update").WithQuery(query).WithHeader(ofUser, id).WithJSON(update))
}

// CreateUser makes a user. The Platform API has no page for it; the backend's has user/v2/create, and where that is not
// served to the key, register/client does the same for whoever knows the application id:
// https://docs.kommunicate.io/docs/api-detail
//
// Unverified: that user/v2/create takes an Api-Key, and every field of the backend's page; read back what became of them.
// Both calls reactivate a deactivated user.
func (c *Client) CreateUser(ctx context.Context, request UserRequest) error {
	request.RoleName = "USER"

	err := run(ctx, c, transport.Create("POST", "/rest/ws/user/v2/create").WithJSON(request))
	if (isRefused(err) || transport.IsConflict(err)) && c.ApplicationID != "" {
		_, err = c.register(ctx, request)
		return err
	}

	return c.refused(ctx, err)
}

// register makes the user or logs it in: on the chat host, without an envelope. Metadata is left to an update, for here keys
// of more than 30 characters are refused.
func (c *Client) register(ctx context.Context, request UserRequest) (registered, error) {
	call := transport.Write("POST", "/rest/ws/register/client").WithJSON(registration{
		UserID: request.UserID, ApplicationID: c.ApplicationID, DeviceType: deviceAndroid, Platform: platformPlatformAPI,
		Password: request.Password, DisplayName: request.DisplayName, ImageLink: request.ImageLink, Email: request.Email,
	})
	call.Base = c.ChatBaseURL
	answer, _, err := do[registered](ctx, c, call)

	return answer, err
}

func (r registered) problem() string {
	if r.Message == "" {
		return "the answer does not say whether the user was registered"
	}

	return ""
}

// DeactivateUser ends a user's access; the record and its messages stay. The Platform API has no page for it, the
// backend's has: https://docs.kommunicate.io/docs/api-detail
func (c *Client) DeactivateUser(ctx context.Context, id string) error {
	// Not repeatable: the vendor's old server used this call to activate as well.
	err := run(ctx, c, transport.Create("POST", "/rest/ws/user/delete").WithQuery(url.Values{"reset": {"false"}}).
		WithHeader(ofUser, id).WithJSON(map[string]bool{"reset": false}))

	return c.refused(ctx, err)
}
