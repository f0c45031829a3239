package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// server is what a client learned about the installation; it does not change while Terraform runs.
type server struct {
	mu       sync.Mutex
	version  *Version
	verified bool // The account exists, and the token's user is in it.
}

// Version is a release of the server.
type Version string

// AtLeast says whether the release has what came with another. A version that cannot be read counts as new.
func (v Version) AtLeast(other string) bool {
	have, ok := numbers(string(v))
	want, _ := numbers(other)

	return !ok || slices.Compare(have[:], want[:]) >= 0
}

func numbers(version string) ([3]int, bool) {
	var parsed [3]int

	version, _, _ = strings.Cut(strings.TrimPrefix(version, "v"), "-")
	for i, part := range strings.SplitN(version, ".", 3) {
		n, err := strconv.Atoi(part)
		if err != nil {
			return parsed, false
		}

		parsed[i] = n
	}

	return parsed, true
}

// Version asks which release the server runs, once per client.
//
// GET /api; see https://developers.chatwoot.com/api-reference/introduction
func (c *Client) Version(ctx context.Context) (Version, error) {
	c.server.mu.Lock()
	known := c.server.version
	c.server.mu.Unlock()

	if known != nil {
		return *known, nil
	}

	answer, err := transport.Do[struct {
		Version Version `json:"version"`
	}](ctx, c.sender, transport.Read("GET", "/api"))
	if err != nil {
		return "", err
	}

	c.server.mu.Lock()
	defer c.server.mu.Unlock()

	c.server.version = &answer.Version

	return answer.Version, nil
}

// has says whether the server has what came with a release. A server that does not tell is taken for a new one.
func (c *Client) has(ctx context.Context, since string) bool {
	version, err := c.Version(ctx)
	return err != nil || version.AtLeast(since)
}

// need explains a path that the server does not have by its age: feature, as in "deleting a conversation", came with
// the release since. Any other error, and none, stays as it is.
func (c *Client) need(ctx context.Context, err error, feature, since string) error {
	failure := transport.As(err)
	if failure == nil || failure.Status != http.StatusNotFound || failure.Reason != transport.Unusable || c.has(ctx, since) {
		return err
	}

	return c.tooOld(ctx, failure, feature, since)
}

// tooOld is the error for something that only a newer server can do.
func (c *Client) tooOld(ctx context.Context, failure *transport.Error, feature, since string) error {
	version, err := c.Version(ctx)
	if err != nil {
		return err
	}

	own := transport.Error{Platform: "Chatlake"}
	if failure != nil {
		own = *failure
	}

	own.Reason = transport.Invalid
	own.Message = fmt.Sprintf("%s needs version %s of the server or a newer one, and this one is %s", feature, since, version)

	return &own
}

// checkAccount says that the account is not the token's, if that is so. What it cannot find out it does not claim.
func (c *Client) checkAccount(ctx context.Context, next transport.Sender) error {
	c.server.mu.Lock()
	verified := c.server.verified
	c.server.mu.Unlock()

	if verified {
		return nil
	}

	call := transport.Read("GET", "/api/v1/profile")

	profile, err := transport.Do[struct {
		Accounts []struct {
			ID ID `json:"id"`
		} `json:"accounts"`
	}](ctx, next, call)
	if err != nil || len(profile.Accounts) == 0 {
		return nil // A bot has no profile: then the first answer stands.
	}

	for _, account := range profile.Accounts {
		if account.ID.String() == c.AccountID {
			c.server.mu.Lock()
			defer c.server.mu.Unlock()

			c.server.verified = true

			return nil
		}
	}

	return &transport.Error{
		Platform: "Chatlake", Method: call.Method, Path: call.Path, Status: http.StatusOK, Reason: transport.Unauthorized,
		Message: fmt.Sprintf("account %s does not exist, or the token's user is not in it", c.AccountID),
	}
}

// Require refuses what the server is too old for, before it ignores it: feature, as in "csat_config of an inbox", came
// with the release since.
func (c *Client) Require(ctx context.Context, feature, since string) error {
	if c.has(ctx, since) {
		return nil
	}

	return c.tooOld(ctx, nil, feature, since)
}
