package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// profilePath is where the profile of the token's user is.
const profilePath = "/api/v1/profile"

// Profile is the user whom the token belongs to. What is secret in the answer is left out.
type Profile struct {
	ID            ID               `json:"id"`
	Name          string           `json:"name"`
	DisplayName   string           `json:"display_name"`
	AvailableName string           `json:"available_name"`
	Email         string           `json:"email"`
	AvatarURL     string           `json:"avatar_url"`
	Confirmed     bool             `json:"confirmed"`
	Accounts      []ProfileAccount `json:"accounts"`

	MessageSignature string `json:"message_signature"`
	// CustomAttributes may hold more: the Platform API writes what it is given.
	CustomAttributes struct {
		PhoneNumber wirejson.Loose `json:"phone_number"`
	} `json:"custom_attributes"`
}

// In returns what the user is in an account.
func (p Profile) In(account string) ProfileAccount {
	for _, one := range p.Accounts {
		if one.ID.String() == account {
			return one
		}
	}

	return ProfileAccount{}
}

// ProfileRequest is what an update of the profile sends.
type ProfileRequest struct {
	Name             Nullable[string] `json:"name,omitzero"`
	DisplayName      Nullable[string] `json:"display_name,omitzero"`
	MessageSignature Nullable[string] `json:"message_signature,omitzero"`
	PhoneNumber      Nullable[string] `json:"phone_number,omitzero"`
	// Avatar is only ever null, which removes the picture.
	Avatar Nullable[string] `json:"avatar,omitzero"`
}

// ProfileChange is what an update changes: the profile, and what the user is in the account, for which the server has calls of their
// own.
type ProfileChange struct {
	ProfileRequest

	Availability Nullable[string]
	AutoOffline  Nullable[bool]
}

// UpdateProfile changes the profile of the token's user. Without a change it is read.
//
// https://developers.chatwoot.com/api-reference/profile/update-user-profile
func (c *Client) UpdateProfile(ctx context.Context, change ProfileChange) (Profile, error) {
	var calls []transport.Call

	add := func(method, path string, request any) {
		calls = append(calls, transport.Write(method, path).At(c.BaseURL).WithJSON(wrapped("profile", request)))
	}

	if change.ProfileRequest != (ProfileRequest{}) {
		add("PATCH", profilePath, change.ProfileRequest)
	}

	account := ParseID(c.AccountID)

	availability, autoOffline := change.Availability.Value(), change.AutoOffline.Value()
	if availability != nil {
		add("POST", profilePath+"/availability", map[string]any{"account_id": account, "availability": *availability})
	}

	if autoOffline != nil {
		add("POST", profilePath+"/auto_offline", map[string]any{"account_id": account, "auto_offline": *autoOffline})
	}

	for i, call := range calls {
		updated, err := doObject[Profile](ctx, c, call)
		if err != nil || i == len(calls)-1 {
			return updated, err
		}
	}

	return c.Profile(ctx)
}

// ProfileAccount is what the user is in one account.
type ProfileAccount struct {
	ID                 ID     `json:"id"`
	Name               string `json:"name"`
	Status             string `json:"status"`
	Role               string `json:"role"`
	Availability       string `json:"availability"`
	AvailabilityStatus string `json:"availability_status"`
	AutoOffline        bool   `json:"auto_offline"`
	CustomRoleID       ID     `json:"custom_role_id"`
}

func (p Profile) identity() ID { return p.ID }

// Profile reads the token's user.
//
// https://developers.chatwoot.com/api-reference/profile/fetch-user-profile
func (c *Client) Profile(ctx context.Context) (Profile, error) {
	return doObject[Profile](ctx, c, transport.Read("GET", profilePath))
}

// UserID returns the id of the token's user. It asks once per client.
func (c *Client) UserID(ctx context.Context) (ID, error) {
	c.server.mu.Lock()
	known := c.server.user
	c.server.mu.Unlock()

	if known != 0 {
		return known, nil
	}

	profile, err := c.Profile(ctx)
	if err != nil {
		return 0, err
	}

	c.server.mu.Lock()
	defer c.server.mu.Unlock()

	c.server.user = profile.ID

	return profile.ID, nil
}

// Server is what an installation tells of itself.
type Server struct {
	Version       release.Version `json:"version"`
	QueueServices string          `json:"queue_services"`
	DataServices  string          `json:"data_services"`
}

// Server asks the installation for its version and state.
//
// https://developers.chatwoot.com/api-reference/introduction
func (c *Client) Server(ctx context.Context) (Server, error) {
	call := transport.Read("GET", "/api")

	server, err := transport.Do[Server](ctx, c.sender, call)
	if err == nil && server.Version == "" {
		err = unusable(call, "the answer does not tell the server's version")
	}

	return server, err
}
