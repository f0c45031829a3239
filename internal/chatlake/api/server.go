package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/permission"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// server is what a client learned about the installation; it does not change while Terraform runs.
type server struct {
	mu       sync.Mutex
	version  *release.Version
	reported map[string]bool // What was said once.
	user     ID              // The token's user; 0 until it is asked for.

	profile  reads.Group[string, standing]
	standing atomic.Int32 // A standing, once it is known.
}

// IsFirstReport reports whether this is the first call with the topic, so that a run says a thing once.
func (c *Client) IsFirstReport(topic string) bool {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()

	if c.server.reported[topic] {
		return false
	}

	if c.server.reported == nil {
		c.server.reported = map[string]bool{}
	}

	c.server.reported[topic] = true

	return true
}

// Version asks which release the server runs, once per client.
//
// GET /api; see https://developers.chatwoot.com/api-reference/introduction
func (c *Client) Version(ctx context.Context) (release.Version, error) {
	c.server.mu.Lock()
	known := c.server.version
	c.server.mu.Unlock()

	if known != nil {
		return *known, nil
	}

	answer, err := transport.Do[struct {
		Version release.Version `json:"version"`
	}](ctx, c.sender, transport.Read("GET", "/api"))
	if err != nil {
		return "", err
	}

	c.server.mu.Lock()
	defer c.server.mu.Unlock()

	c.server.version = &answer.Version

	return answer.Version, nil
}

// has reports whether the server has what came with a release. A server that does not tell is taken for a new one.
func (c *Client) has(ctx context.Context, since release.Version) bool {
	version, err := c.Version(ctx)
	return err != nil || version.AtLeast(since)
}

// need explains a path that the server does not have by its age: feature, as in "deleting a conversation", came with
// the release since. Any other error, and none, stays as it is.
func (c *Client) need(ctx context.Context, err error, feature string, since release.Version) error {
	if !isWithoutPath(err) || c.has(ctx, since) {
		return err
	}

	return c.tooOld(ctx, transport.As(err), feature, since)
}

// isWithoutPath reports whether the server has no such path, as the framework says that it is built on.
func isWithoutPath(err error) bool {
	failure := transport.As(err)
	return failure != nil && failure.Status == http.StatusNotFound && failure.Reason == transport.Unusable
}

// explainLack explains a path that the server does not have: it is older than the type that is there, or it is of the community
// edition. A server that does not tell its release may be something else, so that nothing is claimed about it.
func (c *Client) explainLack(ctx context.Context, call *transport.Call, failure *transport.Error) error {
	entry, ok := typeOf(call)
	if !ok || entry.Since == "" && entry.Edition == permission.Any {
		return failure
	}

	version, err := c.Version(ctx)

	switch {
	case err != nil:
		return failure
	case !version.AtLeast(entry.Since):
		return c.tooOld(ctx, failure, entry.One(), entry.Since)
	case entry.Edition == permission.Enterprise:
		own := *failure
		own.Reason, own.IsOwn = transport.Invalid, true
		own.Message = fmt.Sprintf("this server (%s) is of the community edition, and only the enterprise edition has %s", version, entry.One())
		own.Advice = "Take it out of the configuration, or run the vendor's default image, which is the enterprise edition, in place of one whose name ends in -ce. It needs no licence for this."

		return &lackError{&own}
	default:
		return failure
	}
}

// explainOff says what to do about a feature that the account does not have. Who may not do something gets 401, so that 403 is
// about nothing else where a type needs a feature.
func explainOff(call *transport.Call, err error) error {
	failure := transport.As(err)
	if failure == nil || failure.Status != http.StatusForbidden {
		return err
	}

	entry, ok := typeOf(call)
	if !ok || len(entry.Features) == 0 {
		return err
	}

	own := *failure
	own.Advice = adviseOnFeatures(entry)

	return &lackError{&own}
}

func adviseOnFeatures(entry permission.Type) string {
	return fmt.Sprintf("A super administrator of the server switches the feature %s on for the account, as chatlake_platform_account does. "+
		"If it was on before, what was made then is still there.", strings.Join(entry.Features, " or "))
}

// requireFeatures asks the account for the features of which a call needs one. It is for lists that are empty without. An account
// that tells no features is not suspected.
func (c *Client) requireFeatures(ctx context.Context, call transport.Call) error {
	entry, ok := typeOf(&call)
	if !ok || len(entry.Features) == 0 {
		return nil
	}

	account, err := c.Account(ctx)
	if err != nil || len(account.Features) == 0 {
		return err
	}

	if slices.ContainsFunc(entry.Features, func(name string) bool { return account.Features[name] == true }) {
		return nil
	}

	own := *refused(call, "the account does not have the feature "+strings.Join(entry.Features, " or ")+", without which the server shows an empty list")
	own.Advice = adviseOnFeatures(entry)

	return &lackError{&own}
}

// tooOld is the error for something that only a newer server can do.
func (c *Client) tooOld(ctx context.Context, failure *transport.Error, feature string, since release.Version) error {
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
	own.Advice = "Update the server, or take it out of the configuration."

	return &lackError{&own}
}

// lackError says that the server does not have something: it is too old, or of the wrong edition.
type lackError struct{ failure *transport.Error }

func (e *lackError) Error() string { return e.failure.Error() }
func (e *lackError) Unwrap() error { return e.failure }

// IsLacking reports whether the server, as it is, cannot have what was asked for.
func IsLacking(err error) bool {
	lack := new(lackError)
	return errors.As(err, &lack)
}

// standing is what the token's profile says about token and account.
type standing int32

const (
	unknownStanding standing = iota
	inAccount
	refusedToken
	otherAccount
)

// checkAccount explains a failure that the token or the account is the reason for. What it cannot find out it does not claim.
func (c *Client) checkAccount(ctx context.Context, next transport.Sender, call *transport.Call, failure *transport.Error) error {
	own := *failure
	own.Everywhere = call.Kind != transport.KindWrite

	switch c.standing(ctx, next) {
	case refusedToken:
		if failure.Reason == transport.Unauthorized {
			own.Advice = "Check chatlake.api_access_token (Profile settings > Access Token) and chatlake.account_id. The token has to be that of a user of the account, not of a bot."
			return &own
		}
	case otherAccount:
		own.Reason, own.IsOwn = transport.Unauthorized, true
		own.Message = fmt.Sprintf("account %s does not exist, or the token's user is not in it", c.AccountID)
		own.Advice = "Check chatlake.account_id. It is the number behind /app/accounts/ in the address of the dashboard."

		return &own
	case unknownStanding, inAccount:
	}

	return nil
}

// standing asks for the profile of the token's user, once if it tells. Those who need it at the same time wait for one answer.
func (c *Client) standing(ctx context.Context, next transport.Sender) standing {
	known := standing(c.server.standing.Load())
	if known != unknownStanding {
		return known
	}

	found, err := c.server.profile.Do(ctx, "", func(ctx context.Context) (standing, error) {
		found := c.askStanding(ctx, next)
		c.server.standing.Store(int32(found))

		return found, ctx.Err()
	})
	if err != nil {
		return unknownStanding
	}

	return found
}

func (c *Client) askStanding(ctx context.Context, next transport.Sender) standing {
	call := transport.Read("GET", "/api/v1/profile")

	profile, err := transport.Do[struct {
		Accounts []struct {
			ID ID `json:"id"`
		} `json:"accounts"`
	}](ctx, next, call)

	switch {
	case transport.IsUnauthorized(err):
		return refusedToken
	case err != nil || len(profile.Accounts) == 0:
		return unknownStanding
	}

	for _, account := range profile.Accounts {
		if account.ID.String() == c.AccountID {
			return inAccount
		}
	}

	return otherAccount
}

// Require refuses what the server is too old for, before it ignores it: feature, as in "csat_config of an inbox", came
// with the release since.
func (c *Client) Require(ctx context.Context, feature string, since release.Version) error {
	if c.has(ctx, since) {
		return nil
	}

	return c.tooOld(ctx, nil, feature, since)
}
