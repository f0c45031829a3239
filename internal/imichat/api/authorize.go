package api

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
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
		return "", named(err, &call)
	}

	c.quota.observe(response.Header) // The layers that observe other answers do not see this one.

	token := find(response.Header, tokenHeader)
	failure := c.classify(&call, response)

	if failure == nil && response.Status < http.StatusMultipleChoices && token != "" {
		return token, nil
	}

	failure = c.refusedKey(response, failure)
	failure.Status, failure.Header, failure.RequestID = response.Status, response.Header, requestID(response.Header)

	return "", named(failure, &call)
}

// refusedKey explains an answer of authorize that holds no token.
func (c *Client) refusedKey(response *transport.Response, failure *transport.Error) *transport.Error {
	switch {
	case failure == nil && response.Status < http.StatusMultipleChoices:
		failure = &transport.Error{
			Reason:  transport.Unusable,
			Message: "authorize answered without a token in the header access_token (a proxy may have dropped it, for its name has an underscore)",
		}
	case failure == nil:
		failure = &transport.Error{Reason: transport.ReasonOf(response.Status), Message: "the request for an access token was refused" + reasonIn(response.Body)}
		if failure.Reason == transport.NotFound {
			failure.Reason = transport.Unusable
		}
	default:
		failure.Message = "the request for an access token was refused: " + failure.Message
	}

	if failure.Reason == transport.Invalid {
		failure.Reason = transport.Unauthorized // Nothing but the credential was sent.
	}

	if failure.Reason == transport.Unauthorized {
		failure.Everywhere = true
		failure.Advice = "Check imichat.api_key and imichat.domain. If they are right, the tenant may expect the key in another header, whose name the vendor's " +
			"page does not show: see imichat.authorization_header and imichat.authorization_prefix."
	}

	if LooksLikeEngageV1(c.BaseURL) && failure.Reason != transport.Unavailable {
		failure.Advice = EngageV1Advice
	}

	return failure
}

// named gives a failure the request that failed, which is not the one that waits for the token.
func named(err error, call *transport.Call) error {
	failure := transport.As(err)
	if failure == nil {
		return err
	}

	failure.Method, failure.Path = call.Method, call.Path

	return failure
}

// reasonIn quotes the message of a refusal that is not in the platform's envelope: that of a gateway, or of another API.
func reasonIn(body []byte) string {
	var said struct {
		Message          wirejson.Loose `json:"message"`
		ErrorDescription wirejson.Loose `json:"error_description"`
		Error            wirejson.Loose `json:"error"`
	}

	err := json.Unmarshal(body, &said)
	message := cmp.Or(said.Message, said.ErrorDescription, said.Error)

	if err != nil || message == "" {
		return ", and no reason was given"
	}

	return ": " + strings.ToValidUTF8(string(message), "")
}

// EngageV1Advice is what to do about a base address of another API.
const EngageV1Advice = "imichat.base_url looks like an address of Webex Engage API v1, which signs in with OAuth and has other paths. " +
	"This provider speaks the REST API v3.1. Ask the vendor for the tenant's address of API v3.1, such as https://<sub-domain>.imi.chat."

// LooksLikeEngageV1 reports whether an address belongs to the vendor's newer API, which this client does not speak. It
// is not known that API v3.1 is not served there too, so this is a reason to warn and not to refuse.
//
// Unverified: the hosts, which come from the vendor's tables of ports and allow lists.
func LooksLikeEngageV1(base *url.URL) bool {
	if base == nil {
		return false
	}

	if strings.HasSuffix(strings.TrimRight(base.Path, "/"), "/api/v1") {
		return true
	}

	host := "." + strings.ToLower(base.Hostname())
	for _, domain := range []string{".webexengage.com", ".ciscoccservice.com", ".imiengage.io", ".imiengage.com", ".imiengage.com.au", ".imiengage.net", ".imichat.us"} {
		if strings.HasSuffix(host, domain) {
			return true
		}
	}

	return false
}

// find returns a header, whatever the case of its name.
func find(header http.Header, name string) string {
	for key, values := range header {
		if strings.EqualFold(key, name) && len(values) > 0 {
			return values[0]
		}
	}

	return ""
}
