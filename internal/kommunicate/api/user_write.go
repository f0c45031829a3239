package api

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

const (
	registerPath   = "/rest/ws/register/client"
	createUserPath = "/rest/ws/user/v2/create"
)

// UserUpdate changes a user: nil fields stay as they are, and metadata is merged key by key.
type UserUpdate struct {
	Email       *string           `json:"email,omitempty"`
	DisplayName *string           `json:"displayName,omitempty"`
	ImageLink   *string           `json:"imageLink,omitempty"`
	PhoneNumber *string           `json:"phoneNumber,omitempty"`
	Metadata    map[string]string `json:"metadata,omitempty"`
}

// IsEmpty reports whether there is nothing to change.
func (u UserUpdate) IsEmpty() bool {
	return u.Email == nil && u.DisplayName == nil && u.ImageLink == nil && u.PhoneNumber == nil && len(u.Metadata) == 0
}

// IsIn reports whether a user is as the update says.
func (u UserUpdate) IsIn(found User) bool {
	is := func(sent *string, value string) bool { return sent == nil || *sent == value }

	for key, value := range u.Metadata {
		if found.Metadata[key] != value {
			return false
		}
	}

	return is(u.Email, found.Email) && is(u.DisplayName, found.DisplayName) && is(u.ImageLink, found.ImageLink) && is(u.PhoneNumber, found.PhoneNumber)
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
	// PhoneNumber is taken by a registration only.
	PhoneNumber *string `json:"-"`
}

// registration is the body of register/client. Unlike the other calls it names the application.
type registration struct {
	UserID        string            `json:"userId"`
	ApplicationID string            `json:"applicationId"`
	DeviceType    int               `json:"deviceType"`
	Platform      int               `json:"platform"`
	Password      *string           `json:"password,omitempty"`
	DisplayName   *string           `json:"displayName,omitempty"`
	ImageLink     *string           `json:"imageLink,omitempty"`
	Email         *string           `json:"email,omitempty"`
	ContactNumber *string           `json:"contactNumber,omitempty"`
	Metadata      map[string]string `json:"metadata,omitempty"`
}

// registered is the useful part of the answer of register/client.
type registered struct {
	Message   string        `json:"message"`
	AuthToken string        `json:"authToken"`
	NewUser   wirejson.Flag `json:"newUser"`
	RoleType  int64         `json:"roleType"`
}

// Check reports why the answer cannot be used.
func (r registered) Check() error {
	if r.Message == "" {
		return errors.New("the answer does not say whether the user was registered")
	}

	return nil
}

const (
	deviceAndroid       = 1 // One of the two device types that the backend knows.
	platformPlatformAPI = 5
	// maxRegisteredKey is how long a key of metadata may be in a registration.
	maxRegisteredKey = 30
)

// CanRegister reports whether registering may create this user: the application id is configured, and the id is not an
// e-mail address, as agents' ids are.
func (c *Client) CanRegister(userID string) bool {
	return c.ApplicationID != "" && !strings.Contains(userID, "@") && !c.registerFails.Load()
}

// RegisterUser creates the user, or updates the one that exists, and reports whether it is new. It also activates a
// deactivated user. The endpoint is of the backend's pages and of every SDK: https://docs.kommunicate.io/docs/api-detail
//
// Unverified: that a registration keeps contactNumber and metadata. Read the user back to see.
func (c *Client) RegisterUser(ctx context.Context, request UserRequest) (isNew bool, err error) {
	answer, err := c.register(ctx, request)
	if err != nil && !needsPassword(err) {
		c.registerFails.Store(true) // The next users are not kept waiting.
	}

	return bool(answer.NewUser) || strings.HasPrefix(answer.Message, "REGISTERED"), err
}

// register sends a registration to the chat host, which answers without an envelope.
func (c *Client) register(ctx context.Context, request UserRequest) (registered, error) {
	body := registration{
		UserID: request.UserID, ApplicationID: c.ApplicationID, DeviceType: deviceAndroid, Platform: platformPlatformAPI,
		Password: request.Password, DisplayName: request.DisplayName, ImageLink: request.ImageLink, Email: request.Email,
		ContactNumber: request.PhoneNumber, Metadata: map[string]string{},
	}
	for key, value := range request.Metadata {
		if len(key) <= maxRegisteredKey {
			body.Metadata[key] = value
		}
	}

	call := transport.Write("POST", registerPath).WithJSON(body)
	call.Base = c.ChatBaseURL
	answer, _, err := do[registered](ctx, c, call)

	return answer, err
}

// needsPassword reports whether the user exists with a password that the registration did not name.
func needsPassword(err error) bool {
	return hasCode(err, passwordInvalid) || hasCode(err, passwordRequired)
}

// CreateUser creates a user. The Platform API has no page for it; the backend's pages have user/v2/create. Where that is
// not served to the key, register/client does the same if the application id is configured:
// https://docs.kommunicate.io/docs/api-detail
//
// Unverified: that user/v2/create accepts an Api-Key, and keeps every field of the backend's page. Read the user back to
// see. Both calls activate a deactivated user.
func (c *Client) CreateUser(ctx context.Context, request UserRequest) error {
	request.RoleName = "USER"

	err := run(ctx, c, transport.Create("POST", createUserPath).WithJSON(request))
	if (isRefused(err) || transport.IsConflict(err)) && c.ApplicationID != "" {
		_, err = c.register(ctx, request)
		return err
	}

	return c.explainRefusal(ctx, err)
}

// UpdateUser changes an end user: https://docs.kommunicate.io/docs/api-detail#update-user-details
//
// Unverified: both query parameters, which the vendor's SDKs send. An empty string clears a field.
func (c *Client) UpdateUser(ctx context.Context, id string, update UserUpdate) error {
	query := url.Values{"elasticUpdate": {"true"}}
	if update.Email != nil {
		query.Set("allowEmail", "true")
	}

	// Here Of-User-Id is the user who is changed.
	call := transport.Write("POST", "/rest/ws/user/update").WithQuery(query).WithHeader(ofUser, id).WithJSON(update)

	return adviseOnID(run(ctx, c, call), id)
}

// adviseOnID explains that an id may not survive the way through a header: some clients encode it there, some do not.
func adviseOnID(err error, id string) error {
	if !IsUnknownUser(err) || !strings.ContainsAny(id, "+%") {
		return err
	}

	failure := *transport.As(err)
	failure.Advice = cmp.Or(failure.Advice, "The user id holds a + or a %, and the platform may read these characters differently in the header Of-User-Id, "+
		"which names the user here. If the user exists, choose an id without them.")

	return &failure
}

// DeactivateUser ends a user's access. The Platform API has no page for it, the backend's pages have one:
// https://docs.kommunicate.io/docs/api-detail
//
// Unverified: what remains. The vendor's old server used this call to deactivate and to activate, and a page of the
// backend says that it deletes the user's data. So the call is not repeated, and the user is read afterwards.
func (c *Client) DeactivateUser(ctx context.Context, id string) error {
	err := run(ctx, c, transport.Create("POST", "/rest/ws/user/delete").WithQuery(url.Values{"reset": {"false"}}).
		WithHeader(ofUser, id).WithJSON(resetUser{}))

	return c.explainRefusal(ctx, adviseOnID(err, id))
}

type resetUser struct {
	Reset bool `json:"reset"`
}

// MergeUsers merges the user other into the one with the id. It cannot be undone, and the platform does not say what it has
// done, so it is not repeated. The Platform API has no page for it, the backend's pages have one. It is a GET:
// https://docs.kommunicate.io/docs/api-detail
//
// Unverified: that an Api-Key may merge users, which the backend's page shows with an admin's credentials.
func (c *Client) MergeUsers(ctx context.Context, id, other string) error {
	query := url.Values{"userId": {id}, "mergeUserId": {other}}

	err := run(ctx, c, transport.Create("GET", "/rest/ws/user/merge").WithQuery(query))
	if transport.IsLost(err) {
		transport.As(err).Advice = "Look whether the merged user is still there before you run the action again."
	}

	return c.explainRefusal(ctx, err)
}
