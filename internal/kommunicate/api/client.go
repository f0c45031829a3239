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
	// ActingUserID is the user who acts in calls on conversations, unless a resource names another one.
	ActingUserID string
	// ApplicationID lets users be registered. Empty if it is not configured.
	ApplicationID string
	// Defaults hold for conversations whose configuration does not say otherwise.
	Defaults ConversationDefaults
	// Transport holds the settings that every platform has.
	Transport transport.Config
}

// ConversationDefaults are the default settings of the vendor's SDK. They live in the provider, not on the platform.
type ConversationDefaults struct {
	Assignee, TeamID string
	AgentIDs, BotIDs []string
	SkipRouting      *bool
}

// Client talks to one Kommunicate application.
type Client struct {
	Settings

	sender transport.Sender

	users        *reads.Batch[string, userAnswer]
	lastMessages *reads.Batch[string, userAnswer] // The same, with the time of each user's last message.
	byID         *reads.Batch[string, Conversation]
	byClientID   *reads.Batch[string, Conversation]
	seenByID     *reads.Batch[string, Conversation] // The same as byID and byClientID, as the acting user sees them.
	seenByClient *reads.Batch[string, Conversation]
	existing     existing

	// newKey makes the client's own key of an attachment.
	newKey func() string
	now    func() time.Time
	// keyWorks is set as soon as a documented call has worked.
	keyWorks atomic.Bool
	// registerFails is set as soon as a registration has failed for another reason than its user.
	registerFails atomic.Bool
	// kept are the changes of users that a read has found to be as they were sent.
	kept kept
	// single is set as soon as group/details turned out not to be served.
	single atomic.Bool
}

// New returns a client. It makes no call.
func New(s Settings) *Client {
	t := s.Transport
	t.Platform, t.Base = platform, s.BaseURL
	t.Sign = transport.SignWith(http.Header{"Api-Key": {s.APIKey}})
	t.Classify = classify
	t.CredentialStatus = http.StatusUnauthorized
	t.CredentialAdvice = "Check kommunicate.api_key (Dashboard > Settings > Install) and that kommunicate.acting_user_id is an agent of the same application."
	t.Redact = []string{"password", "token", "authToken", "deviceKey", "userKey", "encryptionKey", "brokerUrl"}

	c := &Client{Settings: s, sender: transport.New(t)}
	c.users, c.lastMessages = c.userBatch(false), c.userBatch(true)
	c.byID, c.byClientID = c.conversationBatch(idOf, ""), c.conversationBatch(clientIDOf, "")
	c.seenByID, c.seenByClient = c.conversationBatch(idOf, s.ActingUserID), c.conversationBatch(clientIDOf, s.ActingUserID)
	c.newKey, c.now = newKey, time.Now

	return c
}

func newKey() string { return strings.ToLower(rand.Text()[:8]) }

// Actor returns the user who acts on a conversation: the given one, or the provider's.
func (c *Client) Actor(userID string) string {
	if userID != "" {
		return userID
	}

	return c.ActingUserID
}

// explainRefusal tells a key that the platform does not accept from a path that it does not serve to this key. No page of
// the Platform API lists the paths that read conversations, so the one that reads users, which is listed, decides.
func (c *Client) explainRefusal(ctx context.Context, err error) error {
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

	// The advice for a refusal is to check the key, and the key is good.
	failure := *transport.As(err)
	failure.Reason = transport.Other
	failure.Message = "the API key is good, but this is not served to it: " + failure.Message

	failure.Everywhere = false

	return &refusedError{&failure}
}
