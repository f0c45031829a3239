// Package api is the client of Chatlake, and so of every Chatwoot server.
package api

import (
	"context"
	"net/http"
	"net/url"
	"sync/atomic"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Settings are the provider block's.
type Settings struct {
	BaseURL        *url.URL
	APIAccessToken string
	AccountID      string
	// PlatformAccessToken is the token of a platform app, for the API above the accounts. PlatformRefuse is why nothing can
	// be sent there; nil if it can.
	PlatformAccessToken string
	PlatformRefuse      error
	// Transport is what is the same for every platform.
	Transport transport.Config
}

// Client talks to one account.
type Client struct {
	Settings

	// Platform is the API above the accounts.
	Platform *Platform

	sender transport.Sender
	server server
	shelf  shelf

	contacts      *reads.Pages[ID, Contact]
	conversations *reads.Pages[ID, Conversation]
	messages      *reads.Batch[messageKey, answer[Message]]
	windows       windows
	notes         *reads.By[ID, *rowList[ContactNote]]
	writtenNotes  *reads.Batch[noteKey, answer[ContactNote]]
	articles      *parts[Article]
	categories    *parts[Category]
	sessions      sessions
	removedAgents removedAgents
	// opened are the conversations that this process has opened.
	opened idSet
	// empty are the conversations that had no message before this process.
	empty             idSet
	conversationLocks locks
	uploads           uploads
	sent              sentBefore
	// sessionLocks are of contacts who get a session.
	sessionLocks locks
	lists
	// oddPortals says that the list of help centers has a row that cannot be read.
	oddPortals atomic.Bool
}

// New builds a client. It makes no call.
func New(s Settings) *Client {
	t := s.Transport
	t.Platform, t.Base = "Chatlake", s.BaseURL

	t.Classify, t.RequestID = classify, requestID
	if t.Window == nil {
		t.Window = nextMinute
	}
	// With hyphens: proxies drop header names with underscores, and the server takes both.
	t.Sign = transport.SignWith(http.Header{"Api-Access-Token": {s.APIAccessToken}})
	t.CredentialAdvice = "Check chatlake.api_access_token (Profile settings > Access Token), chatlake.account_id, and that the token's user is an administrator: agents may not do everything."
	t.Redact = []string{
		"password", "access_token", "hmac_token", "secret", "pubsub_token", "auth_token", "bot_token",
		"provider_config", "imap_password", "smtp_password", "line_channel_secret", "line_channel_token",
		"webhook.url", "webhooks.url", "bot_config", "auth_config",
		"audited_changes",
	}
	c := &Client{Settings: s, Platform: newPlatform(t, s.PlatformAccessToken, s.PlatformRefuse)}
	c.sender = &accountCheck{next: transport.New(t), explain: c.checkAccount, lacks: c.explainLack}
	c.contacts, c.conversations, c.messages = c.newContacts(), c.newConversations(), c.newMessages()
	c.notes, c.writtenNotes = c.newContactNotes(), c.newWrittenNotes()
	c.articles, c.categories = newParts[Article](c, "/portals/%s/articles"), newParts[Category](c, "/portals/%s/categories")
	c.lists = newLists(c)

	return c
}

// accountPath is where an account's objects live.
const accountPath = "/api/v1/accounts/%s"

// read is a call inside the account that changes nothing. Each %s of the path takes one element, escaped.
func (c *Client) read(method, path string, elements ...string) transport.Call {
	return transport.Read(method, accountPath+path, c.within(elements)...).At(c.BaseURL)
}

// write is a call inside the account that may be repeated.
func (c *Client) write(method, path string, elements ...string) transport.Call {
	return transport.Write(method, accountPath+path, c.within(elements)...).At(c.BaseURL)
}

// create is a call inside the account that must not be repeated.
func (c *Client) create(method, path string, elements ...string) transport.Call { //nolint:unparam // As read and write are called.
	return transport.Create(method, accountPath+path, c.within(elements)...).At(c.BaseURL)
}

func (c *Client) within(elements []string) []string {
	return append([]string{c.AccountID}, elements...)
}

// accountCheck tells an object that does not exist from a wrong account, which the server answers with the same 404, and
// what the token's user may not read from a wrong token, which it answers with the same 401. It asks for the user's
// profile after the first of them. A path that the server does not have is explained by its age or its edition.
type accountCheck struct {
	next    transport.Sender
	explain func(ctx context.Context, next transport.Sender, call *transport.Call, failure *transport.Error) error
	lacks   func(ctx context.Context, call *transport.Call, failure *transport.Error) error
}

// Send passes the call on.
func (b *accountCheck) Send(ctx context.Context, call *transport.Call) (*transport.Response, error) {
	response, err := b.next.Send(ctx, call)
	if isWithoutPath(err) {
		return nil, b.lacks(ctx, call, transport.As(err))
	}

	err = explainOff(call, err)

	if transport.IsNotFound(err) || call.Kind == transport.KindRead && transport.IsUnauthorized(err) {
		wrong := b.explain(ctx, b.next, call, transport.As(err))
		if wrong != nil {
			return nil, wrong
		}
	}

	return response, err
}
