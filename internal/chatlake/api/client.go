// Package api is the client of Chatlake, and so of every Chatwoot server.
package api

import (
	"net/http"
	"net/url"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Settings are the provider block's.
type Settings struct {
	BaseURL        *url.URL
	APIAccessToken string
	AccountID      string
	// Transport is what is the same for every platform.
	Transport transport.Config
}

// Client talks to one account.
type Client struct {
	Settings

	sender transport.Sender
}

// New builds a client. It makes no call.
func New(s Settings) *Client {
	c := s.Transport
	c.Platform, c.Base = "Chatlake", s.BaseURL
	// With hyphens: proxies drop header names with underscores, and the server takes both.
	c.Sign = transport.SignWith(http.Header{"Api-Access-Token": {s.APIAccessToken}})
	c.Redact = []string{
		"password", "access_token", "hmac_token", "secret", "pubsub_token", "auth_token", "bot_token",
		"provider_config", "imap_password", "smtp_password", "line_channel_secret", "line_channel_token",
	}
	return &Client{Settings: s, sender: transport.New(c)}
}
