package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// SAMLSettings say how the members of the account sign in with an identity provider. The certificate is public: it only tells the
// provider's signature from others.
type SAMLSettings struct {
	ID           ID        `json:"id"`
	AccountID    ID        `json:"account_id"`
	SSOURL       string    `json:"sso_url"`
	Certificate  string    `json:"certificate"`
	Fingerprint  string    `json:"fingerprint"`
	IDPEntityID  string    `json:"idp_entity_id"`
	SPEntityID   string    `json:"sp_entity_id"`
	RoleMappings SAMLRoles `json:"role_mappings"`
}

// The account knows them by itself: it has one, or none.
func (s SAMLSettings) identity() ID { return s.AccountID }

// SAMLRoles are what the groups of the identity provider are in the account: the word for a role, or the id of a custom one.
type SAMLRoles map[string]string

// samlRole is what the server has of a group. It checks nothing: what cannot be read stays as it is written.
type samlRole struct {
	Role       *wirejson.Text `json:"role,omitempty"`
	CustomRole *ID            `json:"custom_role_id,omitempty"`
}

// roleNumbers are the numbers by which the server stores roles. It takes the words, too.
var roleNumbers = map[string]wirejson.Text{"agent": "0", "administrator": "1"}

// UnmarshalJSON reads an object by group. What is no object is none.
func (s *SAMLRoles) UnmarshalJSON(raw []byte) error {
	var groups map[string]json.RawMessage

	_ = json.Unmarshal(raw, &groups)

	*s = SAMLRoles{}
	for group, value := range groups {
		(*s)[group] = roleIn(value)
	}

	return nil
}

// roleIn returns what a group is, or the JSON if it cannot be told.
func roleIn(raw json.RawMessage) string {
	var role samlRole

	err := json.Unmarshal(raw, &role)

	switch {
	case err == nil && role.Role == nil && role.CustomRole != nil:
		return role.CustomRole.String()
	case err == nil && role.Role != nil && role.CustomRole == nil:
		for word, number := range roleNumbers {
			if *role.Role == number || string(*role.Role) == word {
				return word
			}
		}
	}

	return string(raw)
}

// MarshalJSON writes an object by group.
func (s SAMLRoles) MarshalJSON() ([]byte, error) {
	groups := map[string]any{}

	for group, role := range s {
		number, isRole := roleNumbers[role]
		if isRole {
			groups[group] = map[string]json.Number{"role": json.Number(number)}
		} else {
			groups[group] = map[string]ID{"custom_role_id": ParseID(role)}
		}
	}

	return json.Marshal(groups)
}

// SAMLRequest is what makes or changes SAML settings. The roles replace those that are there.
type SAMLRequest struct {
	SSOURL       Nullable[string]    `json:"sso_url,omitzero"`
	Certificate  Nullable[string]    `json:"certificate,omitzero"`
	IDPEntityID  Nullable[string]    `json:"idp_entity_id,omitzero"`
	SPEntityID   Nullable[string]    `json:"sp_entity_id,omitzero"`
	RoleMappings Nullable[SAMLRoles] `json:"role_mappings,omitzero"`
}

const samlPath = "/saml_settings"

// SAMLSettings reads those of the account. The error is a not-found one if there are none: the server answers with nulls then. The
// vendor's pages do not have them.
func (c *Client) SAMLSettings(ctx context.Context) (SAMLSettings, error) {
	call := c.read("GET", samlPath)

	found, err := doObject[SAMLSettings](ctx, c, call)
	if err == nil && found.ID == 0 {
		return found, &transport.Error{
			Platform: "Chatlake", Method: call.Method, Path: call.Path, Address: call.Address(), Status: http.StatusOK, Reason: transport.NotFound,
			IsOwn: true, Message: "the account has no SAML settings",
		}
	}

	return found, err
}

// SetSAMLSettings changes fields of the settings, and makes them if the account has none.
func (c *Client) SetSAMLSettings(ctx context.Context, request SAMLRequest) (SAMLSettings, error) {
	return doObject[SAMLSettings](ctx, c, c.write("PATCH", samlPath).WithJSON(wrapped("saml_settings", request)))
}

// DeleteSAMLSettings deletes them. The server does not say whether there were any.
func (c *Client) DeleteSAMLSettings(ctx context.Context) error {
	return transport.Run(ctx, c.sender, c.write("DELETE", samlPath))
}
