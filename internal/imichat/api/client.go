// Package api is the client of IMIchat, which is Webex Engage's REST API v3.1.
package api

import (
	"net/url"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Settings are the provider block's, with defaults filled in.
type Settings struct {
	BaseURL *url.URL
	// APIKey and Domain are exchanged for a token, unless AccessToken is given.
	APIKey, Domain, AccessToken string
	// TeamID is the team of resources that name none.
	TeamID string
	// APIVersion and SearchAPIVersion are the first elements of paths, such as v3.1.
	APIVersion, SearchAPIVersion string
	// AuthorizationHeader and AuthorizationPrefix are how the key is presented.
	AuthorizationHeader, AuthorizationPrefix string
	// Transport is what is the same for every platform.
	Transport transport.Config
}

// Client talks to one tenant.
type Client struct {
	Settings

	sender transport.Sender
}

// New builds a client. It makes no call.
func New(s Settings) *Client {
	c := s.Transport
	c.Platform, c.Base = "IMIchat", s.BaseURL
	c.Redact = []string{"password", "access_token"}
	return &Client{Settings: s, sender: transport.New(c)}
}
