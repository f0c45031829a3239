// Package api is the client of Kommunicate's Platform API and of the chat backend beneath it.
package api

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const platform = "Kommunicate"

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

	users        *reads.Batch[string, User]
	lastMessages *reads.Batch[string, User] // The same, with the time of each user's last message.
	byID         *reads.Batch[string, Conversation]
	byClientID   *reads.Batch[string, Conversation]
	seenByID     *reads.Batch[string, Conversation] // The same as byID and byClientID, as the acting user sees them.
	seenByClient *reads.Batch[string, Conversation]

	// newKey makes the client's own key of an attachment.
	newKey func() string
	now    func() time.Time
	// keyWorks is set once a documented call went through.
	keyWorks atomic.Bool
	// single is set once group/details turned out not to be served.
	single atomic.Bool
}

// New builds a client. It makes no call.
func New(s Settings) *Client {
	t := s.Transport
	t.Platform, t.Base = platform, s.BaseURL
	t.Sign = transport.SignWith(http.Header{"Api-Key": {s.APIKey}})
	t.Classify = classify
	t.Redact = []string{"password", "token", "authToken", "deviceKey", "userKey", "encryptionKey", "brokerUrl"}
	c := &Client{Settings: s, sender: transport.New(t)}
	c.users, c.lastMessages = c.userBatch(false), c.userBatch(true)
	c.byID, c.byClientID = c.conversationBatch(idOf, ""), c.conversationBatch(clientIDOf, "")
	c.newKey, c.now = func() string { return strings.ToLower(rand.Text()[:8]) }, time.Now
	c.seenByID, c.seenByClient = c.conversationBatch(idOf, s.ActingUserID), c.conversationBatch(clientIDOf, s.ActingUserID)

	return c
}

// Actor is who acts on conversations: the given user, or the provider's.
func (c *Client) Actor(userID string) string {
	if userID != "" {
		return userID
	}

	return c.ActingUserID
}

// refused tells a key that the platform does not take from a path that it does not serve to this key. The paths that read
// conversations are in no page of the Platform API, so the one that reads users, which is, decides.
func (c *Client) refused(ctx context.Context, err error) error {
	if !isRefused(err) {
		return err
	}

	if !c.keyWorks.Load() {
		_, probe := c.details(ctx, []string{c.ActingUserID}, false)
		if isRefused(probe) {
			return err
		} else if probe != nil {
			return probe
		}

		c.keyWorks.Store(true)
	}
	// A refusal names the key as what to check, and the key is good.
	failure := *transport.As(err)
	failure.Reason = transport.Other
	failure.Message = "the API key is good, but this is not served to it: " + failure.Message

	return &refusedError{&failure}
}
