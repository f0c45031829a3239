// Package api is the client of Kommunicate's Platform API and of the chat backend beneath it.
package api

import (
	"net/http"
	"net/url"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Settings are the provider block's, with defaults filled in.
type Settings struct {
	// BaseURL is the gateway's address, ChatBaseURL the chat backend's.
	BaseURL, ChatBaseURL *url.URL
	APIKey               string
	// ActingUserID is who acts in calls on conversations, unless a resource names somebody else.
	ActingUserID string
	// ApplicationID lets users be registered; empty if not given.
	ApplicationID string
	// Defaults hold for conversations that do not say otherwise.
	Defaults ConversationDefaults
	// Transport is what is the same for every platform.
	Transport transport.Config
}

// ConversationDefaults are what the vendor's SDK calls default settings. They live in the provider, not on the platform.
type ConversationDefaults struct {
	Assignee, TeamID string
	AgentIDs, BotIDs []string
	SkipRouting      *bool
}

// Client talks to one Kommunicate application.
type Client struct {
	Settings

	sender transport.Sender
}

// New builds a client. It makes no call.
func New(s Settings) *Client {
	c := s.Transport
	c.Platform, c.Base = "Kommunicate", s.BaseURL
	c.Sign = transport.SignWith(http.Header{"Api-Key": {s.APIKey}})
	c.Redact = []string{"password", "token", "authToken", "deviceKey", "userKey"}
	return &Client{Settings: s, sender: transport.New(c)}
}
