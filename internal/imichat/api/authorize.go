package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// tokenHeader carries the token: in the answer of authorize, and in every request after it.
const tokenHeader = "access_token"

// sign adds the token to calls. One that was given is not renewed: there is nothing to renew it with.
func (c *Client) sign() func(transport.Sender) transport.Sender {
	if c.AccessToken != "" {
		return transport.SignWith(http.Header{http.CanonicalHeaderKey(tokenHeader): {c.AccessToken}})
	}

	return transport.SignWithToken(transport.Token{
		Header: tokenHeader,
		Fetch:  c.authorize,
		Refused: func(response *transport.Response) bool {
			// An invalid token is status 400, an expired one 401. A token that another program's authorization ended is
			// invalid, so both are worth a new one.
			code := codeOf(response)
			return code == tokenInvalid || code == tokenExpired
		},
	})
}

// authorize exchanges the key for a token (https://docs.imi.chat/reference/authorize).
//
// Unverified: the header's name, which the page does not show; it and a prefix can be set in the provider block.
func (c *Client) authorize(ctx context.Context, wire transport.Sender) (string, error) {
	key := base64.StdEncoding.EncodeToString([]byte(c.APIKey + "@" + c.Domain))
	call := c.read(http.MethodGet, "/authorize").
		WithHeader("Content-Type", "application/json").
		WithHeader(c.AuthorizationHeader, c.AuthorizationPrefix+key)

	response, err := wire.Send(ctx, &call)
	if err != nil {
		return "", err
	}

	c.quota.observe(response.Header) // Below the log, so nobody else counts this one.
	failure := c.classify(&call, response)

	token := find(response.Header, tokenHeader)
	switch {
	case failure == nil && response.Status < 300 && token != "":
		return token, nil
	case failure == nil && response.Status < 300:
		failure = &transport.Error{
			Reason:  transport.Unusable,
			Message: "authorize answered without a token in the header access_token (a proxy may have dropped it, for its name has an underscore)",
		}
	case failure == nil:
		failure = &transport.Error{Reason: transport.ReasonOf(response.Status), Message: "authorize was refused without a reason"}
		if failure.Reason == transport.NotFound {
			failure.Reason = transport.Unusable
		}
	default:
		failure.Message = "authorize was refused: " + failure.Message
	}

	if failure.Reason == transport.Invalid {
		failure.Reason = transport.Unauthorized // Nothing but the credential was sent.
	}

	if failure.Reason == transport.Unauthorized {
		failure.Advice = "Check imichat.api_key and imichat.domain. If they are right, the tenant may expect the key in another header, whose name the vendor's " +
			"page does not show: see imichat.authorization_header and imichat.authorization_prefix."
	}

	failure.Status, failure.Header, failure.RequestID = response.Status, response.Header, requestID(response.Header)

	return "", failure
}

// find looks a header up in whatever case it came.
func find(header http.Header, name string) string {
	for key, values := range header {
		if strings.EqualFold(key, name) && len(values) > 0 {
			return values[0]
		}
	}

	return ""
}
