// Package api is the client of IMIchat, which is Webex Engage's REST API v3.1.
package api

import (
	"context"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Settings are those of the provider block, with defaults filled in.
type Settings struct {
	BaseURL *url.URL
	// APIKey and Domain are exchanged for a token, unless AccessToken is given.
	APIKey, Domain, AccessToken string
	// TeamID is the team of resources that name none.
	TeamID string
	// APIVersion is the first element of paths, such as v3.1.
	APIVersion string
	// AuthorizationHeader and AuthorizationPrefix say how the key is presented.
	AuthorizationHeader, AuthorizationPrefix string
	// UseTransferAPI lets another team transfer a chat instead of making a new one.
	UseTransferAPI bool
	// Now is the clock that dates messages without a timestamp. Nil is the real one.
	Now func() time.Time
	// Transport holds the settings that are the same for every platform.
	Transport transport.Config
}

// Client talks to one tenant.
type Client struct {
	Settings

	sender transport.Sender
	quota  quota

	// chats answers reads of single chats, by id.
	chats *reads.Pages[string, *Chat]
	// listOnly is set once the platform turned out not to have the call that reads one chat.
	listOnly atomic.Bool
	listing  latest // Answers reads by id where there is only the list.
	aliases  latest // Answers look-ups by alias.
	numbers  numbers
	// met holds the team and the channel of each chat that was met, by chat id.
	met facts
	// made holds the ids of the chats that this run created.
	made made
	// messagesInArray is set once the platform has accepted an appended message only inside of an array.
	messagesInArray atomic.Bool
}

// New builds a client. It makes no call.
func New(s Settings) *Client {
	if s.Now == nil {
		s.Now = time.Now
	}

	client := &Client{Settings: s}
	c := s.Transport
	c.Platform, c.Base = "IMIchat", s.BaseURL
	c.CredentialStatus = http.StatusUnauthorized
	c.CredentialAdvice = "Check imichat.api_key and imichat.domain, or imichat.access_token, and that the key is shared with the team."
	c.Redact = []string{"password", "access_token"}
	c.Classify, c.RequestID, c.Observe = client.classify, requestID, client.quota.observe
	c.Sign = client.sign()
	client.sender = transport.New(c)
	client.chats = &reads.Pages[string, *Chat]{
		One:  client.oneChat,
		Page: client.pagesOfChats,
		Key:  func(chat *Chat) string { return chat.ID },
		// Pages of ten: a thousand managed chats cost less than 0.15 requests each, and a few in a large tenant up to four.
		Ahead: 3,
	}

	return client
}

// now returns the time in the form that the platform sends and accepts.
func (c *Client) now() time.Time { return c.Now().UTC().Truncate(time.Millisecond) }

// read, write and create build calls to the API's version.
func (c *Client) read(method, path string, elements ...string) transport.Call {
	return transport.Read(method, "/%s"+path, append([]string{c.APIVersion}, elements...)...)
}

func (c *Client) write(method, path string, elements ...string) transport.Call {
	return transport.Write(method, "/%s"+path, append([]string{c.APIVersion}, elements...)...)
}

func (c *Client) create(method, path string, elements ...string) transport.Call {
	return transport.Create(method, "/%s"+path, append([]string{c.APIVersion}, elements...)...)
}

// inTeam adds the team that a call is about.
//
// Unverified: which calls need the header. Code 2010 shows that more than POST /chats check it, so it is sent wherever a
// team is known.
func inTeam(call transport.Call, team string) transport.Call {
	if team == "" {
		return call
	}

	return call.WithHeader("teamid", team)
}

// wrote forgets what was read of chats: after every write, whether or not it succeeded.
func (c *Client) wrote() {
	c.chats.Drop()
	c.listing.drop()
}

func requestID(header http.Header) string { return header.Get("trxid") }

// Quota returns the quota, and reports whether less than a tenth of the day's requests is left. It reports this once.
func (c *Client) Quota() (Quota, bool) { return c.quota.low() }

// send makes the round trip for calls whose answer is an envelope.
func (c *Client) send(ctx context.Context, call transport.Call) (*transport.Call, *transport.Response, error) {
	response, err := c.sender.Send(ctx, &call)
	return &call, response, err
}
