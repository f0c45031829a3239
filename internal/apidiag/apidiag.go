// Package apidiag turns failed calls into diagnostics for the person who reads them: what failed, on which object, what
// the platform said, and what to do next.
package apidiag

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Add reports that an action failed: "create contact", "read conversation 42". Messages on single fields go to the
// attributes of the same name. It does nothing for a nil error.
func Add(diags *diag.Diagnostics, action string, err error) {
	if err == nil {
		return
	}

	summary := "Unable to " + action

	failure := transport.As(err)
	if failure == nil {
		diags.AddError(summary, sentence(err.Error()))
		return
	}

	detail := Detail(err)
	if len(failure.Fields) == 0 {
		diags.AddError(summary, detail)
		return
	}

	for _, field := range slices.Sorted(maps.Keys(failure.Fields)) {
		diags.AddAttributeError(path.Root(field), summary, sentence(failure.Fields[field])+"\n\n"+detail)
	}
}

// Detail says what the platform said and what to do next.
func Detail(err error) string {
	failure := transport.As(err)
	if failure == nil {
		return sentence(err.Error())
	}

	if errors.Is(err, context.Canceled) {
		return interrupted(failure)
	}

	parts := []string{said(failure)}

	advice := advise(failure)
	if advice != "" {
		parts = append(parts, advice)
	}

	return strings.Join(parts, "\n\n")
}

// said quotes the platform and identifies the request.
func said(e *transport.Error) string {
	var b strings.Builder

	switch {
	case e.Code != "" && e.Message != "":
		fmt.Fprintf(&b, "%s answered %s: %s", e.Platform, e.Code, sentence(e.Message))
	case e.Message != "" && e.Status != 0:
		fmt.Fprintf(&b, "%s answered: %s", e.Platform, sentence(e.Message))
	case e.Message != "":
		fmt.Fprintf(&b, "%s: %s", e.Platform, sentence(e.Message))
	case e.Err != nil && e.Status != 0:
		fmt.Fprintf(&b, "%s: %s", e.Platform, sentence(e.Err.Error()))
	case e.Err != nil && e.Unsent:
		fmt.Fprintf(&b, "%s could not be asked: %s", e.Platform, sentence(e.Err.Error()))
	case e.Err != nil:
		fmt.Fprintf(&b, "%s did not answer: %s", e.Platform, sentence(e.Err.Error()))
	default:
		fmt.Fprintf(&b, "%s gave no reason.", e.Platform)
	}

	fmt.Fprintf(&b, "\nRequest: %s %s", e.Method, e.Path)

	if e.Status != 0 {
		fmt.Fprintf(&b, ", HTTP status %d", e.Status)
	}

	if e.RequestID != "" {
		fmt.Fprintf(&b, ", request id %s", e.RequestID)
	}

	if e.Attempts > 1 {
		fmt.Fprintf(&b, ", sent %d times", e.Attempts)
	}

	return b.String() + "."
}

// credentials are what a person checks when a platform refuses.
var credentials = map[string]string{
	"Kommunicate": "Check kommunicate.api_key (Dashboard > Settings > Install) and that kommunicate.acting_user_id is an agent of the same application.",
	"Chatlake":    "Check chatlake.api_access_token (Profile settings > Access Token), chatlake.account_id, and that the token's user is an administrator: agents may not do everything.",
	"IMIchat":     "Check imichat.api_key and imichat.domain, or imichat.access_token, and that the key is shared with the team.",
}

const (
	ok = 200
	// paymentRequired is the HTTP status for "your plan does not allow more of these".
	paymentRequired = 402
	// forbidden is the HTTP status for "you may not do this", whoever you are.
	forbidden = 403
	// internalError is the first HTTP status that blames the platform.
	internalError = 500
)

// advise says what to do next.
func advise(e *transport.Error) string {
	if e.Lost {
		return "It is not known whether this took effect: the object may exist all the same. Look for it on the platform before you apply again, " +
			"and import it if it is there; otherwise a second one may be made."
	}

	if e.Advice != "" {
		return e.Advice
	}

	if e.Status == paymentRequired {
		return "The account's plan allows no more of these: remove some or raise the limit. Until then, applying again changes nothing."
	}

	if e.Status == forbidden && e.Reason != transport.Unauthorized {
		return "The account's plan, or the role of the credential's user, does not allow this. Applying again changes nothing until that is changed."
	}

	switch e.Reason {
	case transport.Unauthorized:
		return credentials[e.Platform]
	case transport.Throttled:
		return fmt.Sprintf("Too many requests, also after waiting. Set requests_per_second for %s in the provider block, or run terraform with a lower -parallelism.", strings.ToLower(e.Platform))
	case transport.Exhausted:
		if e.RetryAfter > 0 {
			return fmt.Sprintf("The quota is used up until about %s. Apply again after that; nothing was changed by this request.",
				time.Now().Add(e.RetryAfter).UTC().Format(time.RFC3339))
		}

		return "The quota is used up. Apply again after it was reset; nothing was changed by this request."
	case transport.Unavailable:
		if e.Status == ok && e.Message != "" {
			return fmt.Sprintf("A platform under maintenance answers like this: apply again. If it stays, check that %s.base_url is the platform's own address and that no proxy or sign-in page is in between.", strings.ToLower(e.Platform))
		}

		return "This is usually temporary: apply again. If it stays, raise max_retries or request_timeout, or check the platform's status."
	case transport.Unusable:
		return fmt.Sprintf("Check that %s.base_url is the platform's own address and that no proxy or sign-in page is in between.", strings.ToLower(e.Platform))
	default:
		if e.Status >= internalError {
			return "This is a failure of the platform, not of the configuration: apply again. If it stays, give the request to the platform's support."
		}

		return ""
	}
}

func interrupted(e *transport.Error) string {
	if e.Lost {
		return fmt.Sprintf("The run was interrupted during %s %s, before the answer came. The object may exist: look for it on the platform before you apply again.", e.Method, e.Path)
	}

	return fmt.Sprintf("The run was interrupted during %s %s. Nothing was lost; apply again to go on.", e.Method, e.Path)
}

// sentence makes a platform's words end like one.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?:") {
		return s
	}

	return s + "."
}

// Noun returns what a resource or data source is about: "canned response" for chatlake_canned_response.
func Noun(typeName string) string {
	_, noun, found := strings.Cut(typeName, "_")
	if !found {
		noun = typeName
	}

	return strings.ReplaceAll(noun, "_", " ")
}

// Taken reports that the key of a new object belongs to one that exists, with what to paste to manage that one.
func Taken(diags *diag.Diagnostics, resourceType, key, value, id string) {
	noun := Noun(resourceType)
	diags.AddError(fmt.Sprintf("The %s already exists", noun), fmt.Sprintf(
		"There is a %[1]s with %[2]s %[3]q, and its id is %[4]s. Nothing was changed.\n\n"+
			"To manage it, paste this beside the resource, with the resource's own name for \"example\", and apply again:\n\n"+
			"import {\n  to = %[5]s.example\n  id = %[4]q\n}\n\n"+
			"Or set adopt_existing = true to take it over and update it in the same step.",
		noun, key, value, id, resourceType))
}

// NotFound reports that a data source found nothing.
func NotFound(diags *diag.Diagnostics, object string) {
	diags.AddError(object+" does not exist", "The platform has none. Check the id or key, and that the provider is configured for the right account.")
}
