// Package apidiag turns failed calls into diagnostics for the person who reads them: what failed, on which object, what
// the platform said, and what to do next.
package apidiag

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
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

	if failure.Everywhere && !errors.Is(err, context.Canceled) {
		diags.Append(everywhere(failure))
		return
	}

	detail := Detail(err)
	if len(failure.Fields) == 0 {
		diags.AddError(summary, detail)
		return
	}

	for _, field := range slices.Sorted(maps.Keys(failure.Fields)) {
		reason := sentence(failure.Fields[field]) + "\n\n"
		if reason == sentence(failure.Message)+"\n\n" {
			reason = "" // It is in the detail.
		}

		diags.AddAttributeError(path.Root(field), summary, reason+detail)
	}
}

// everywhere reports what keeps every object of the platform from being read or created. It says nothing about the single
// object, so that it is the same text for all but for the request id: then it is shown once.
func everywhere(e *transport.Error) diag.Diagnostic {
	var refusal *transport.Refusal
	if errors.As(e, &refusal) {
		return diag.NewErrorDiagnostic(refusal.Summary, refusal.Detail)
	}

	summary := e.Platform + " cannot be reached"
	if e.Reason == transport.Unauthorized {
		summary = e.Platform + " refused the credential"
	}

	address := "Address: " + e.Base
	if e.Status != 0 {
		address += fmt.Sprintf(", HTTP status %d", e.Status)
	}

	if e.RequestID != "" {
		address += ", request id " + e.RequestID
	}

	return diag.NewErrorDiagnostic(summary, said(e)+"\n"+address+".\n\n"+advise(e))
}

// Detail says what the platform said, whether anything was done, and what to do next.
func Detail(err error) string {
	failure := transport.As(err)

	switch {
	case failure == nil && errors.Is(err, context.Canceled):
		return "The run was interrupted."
	case failure == nil && errors.Is(err, context.DeadlineExceeded):
		return "The time for this step ran out. Apply again; if it takes as long each time, set a longer one in timeouts."
	case failure == nil:
		return sentence(err.Error())
	case errors.Is(err, context.Canceled):
		return interrupted(failure)
	}

	parts := []string{said(failure) + "\n" + request(failure)}

	advice := advise(failure)
	if advice != "" {
		parts = append(parts, advice)
	}

	return strings.Join(parts, "\n\n")
}

// said says who said what: the platform, or this side about the platform.
func said(e *transport.Error) string {
	isOurs := e.IsOwn || e.Reason == transport.Unusable

	var refusal *transport.Refusal

	switch {
	case errors.As(e, &refusal):
		return "Nothing was sent to " + e.Platform + ": " + sentence(lowerFirst(refusal.Summary))
	case e.Unsent && e.Reason == transport.NotConnected:
		return fmt.Sprintf("Nothing was sent to %s: %s", e.Platform, sentence(cmp.Or(e.Message, reasonOf(e.Err))))
	case isOurs && e.Message != "":
		return fmt.Sprintf("%s: %s", e.Platform, sentence(e.Message))
	case e.Code != "" && e.Message != "":
		return fmt.Sprintf("%s answered %s: %s", e.Platform, e.Code, sentence(e.Message))
	case e.Message != "" && e.Status != 0:
		return fmt.Sprintf("%s answered: %s", e.Platform, sentence(e.Message))
	case e.Message != "":
		return fmt.Sprintf("%s: %s", e.Platform, sentence(e.Message))
	case e.Err != nil && e.Status != 0:
		return fmt.Sprintf("%s: %s", e.Platform, sentence(cause(e.Err)))
	case e.Err != nil && isOurs: // A redirect that was not followed.
		return fmt.Sprintf("%s: %s", e.Platform, sentence(cause(e.Err)))
	case e.Err != nil && e.Unsent && isDial(e.Err):
		return fmt.Sprintf("Nothing was sent to %s: %s", e.Platform, sentence(cause(e.Err)))
	case e.Err != nil && e.Unsent && e.Status == 0 && e.Reason == transport.Unavailable:
		return fmt.Sprintf("%s did not answer, and nothing was changed: %s", e.Platform, sentence(cause(e.Err)))
	case e.Err != nil && e.Unsent:
		return fmt.Sprintf("Nothing was sent to %s: %s", e.Platform, sentence(cause(e.Err)))
	case e.Err != nil:
		return fmt.Sprintf("%s did not answer: %s", e.Platform, sentence(cause(e.Err)))
	default:
		return fmt.Sprintf("%s gave no reason.", e.Platform)
	}
}

// cause says in words what went wrong on this side. Go names the addresses of both ends, and calls a break "read tcp".
func cause(err error) string {
	var (
		op    *net.OpError
		errno syscall.Errno
	)

	if errors.As(err, &op) && (op.Op == "read" || op.Op == "write") && errors.As(err, &errno) {
		return "the connection broke off (" + errno.Error() + ")"
	}

	return err.Error()
}

// isDial reports whether there was no connection.
func isDial(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func reasonOf(err error) string {
	if err == nil {
		return "no reason is known"
	}

	return err.Error()
}

// request identifies the request, for the logs and the support of the platform.
func request(e *transport.Error) string {
	var b strings.Builder

	fmt.Fprintf(&b, "Request: %s %s", e.Method, cmp.Or(e.Address, e.Path))

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

const (
	ok = 200
	// paymentRequired is the HTTP status for "the account's plan does not allow more of these".
	paymentRequired = 402
	// forbidden is the HTTP status for "this user may not do this".
	forbidden = 403
	// internalError is the first HTTP status that blames the platform.
	internalError = 500
)

// advise says what to do next.
func advise(e *transport.Error) string {
	block := strings.ToLower(e.Platform)

	var refusal *transport.Refusal

	switch {
	case errors.As(e, &refusal):
		return refusal.Detail
	case e.Lost && e.Advice != "":
		return "It is not known whether the platform has done this. " + e.Advice
	case e.Lost:
		return "It is not known whether the platform has done this: the object may exist. Look for it on the platform before you apply again, " +
			"and import it if it is there. If you do not, the next apply may make a second one, or the platform may say that it exists."
	case e.Advice != "":
		return e.Advice
	case e.Status == paymentRequired:
		return "The account's plan allows no more of these. Remove some, or raise the limit. Until then, applying again changes nothing."
	case e.Status == forbidden && e.Reason != transport.Unauthorized:
		return "The account's plan, or the role of the credential's user, does not allow this. Applying again changes nothing until that is changed."
	}

	switch e.Reason {
	case transport.Unauthorized:
		return e.CredentialAdvice
	case transport.Throttled:
		return "Too many requests were sent, and waiting did not help." + asked(e) +
			fmt.Sprintf(" Set requests_per_second for %s in the provider block, or run terraform with a lower -parallelism.", block)
	case transport.Exhausted:
		if e.RetryAfter > 0 {
			return fmt.Sprintf("The quota is used up until about %s. Apply again after that; nothing was changed by this request.",
				time.Now().Add(e.RetryAfter).UTC().Format(time.RFC3339))
		}

		return "The quota is used up. Apply again after it was reset; nothing was changed by this request."
	case transport.Unavailable:
		if e.Status == ok && e.Message != "" {
			return fmt.Sprintf("A platform under maintenance answers like this: apply again. If it stays, check that %s.base_url is the platform's own address and that no proxy or sign-in page is in between.", block)
		}

		return "This is usually temporary: apply again." + asked(e) + " If it stays, raise retry_timeout or request_timeout, or check the platform's status."
	case transport.Unusable:
		return fmt.Sprintf("Check that %s.base_url is the platform's own address and that no proxy or sign-in page is in between.", block)
	default:
		if e.Status >= internalError {
			return "This is a failure of the platform, not of the configuration: apply again. If it stays, give the request to the platform's support."
		}

		return ""
	}
}

// asked says how long the platform asked to wait, if that is longer than a run waits.
func asked(e *transport.Error) string {
	if e.RetryAfter == 0 {
		return ""
	}

	return fmt.Sprintf(" The platform asked to wait %s.", e.RetryAfter.Round(time.Second))
}

func interrupted(e *transport.Error) string {
	address := cmp.Or(e.Address, e.Path)
	if e.Lost {
		return fmt.Sprintf("The run was interrupted during %s %s, before the answer came. The object may exist: look for it on the platform before you apply again.", e.Method, address)
	}

	if e.Unsent {
		return fmt.Sprintf("The run was interrupted before %s %s was sent. Nothing was changed by it; apply again to go on.", e.Method, address)
	}

	return fmt.Sprintf("The run was interrupted during %s %s. Nothing was lost; apply again to go on.", e.Method, address)
}

// Lacking begins the summary of an error that says what a server, as it is, cannot have: it is too old, or of another edition.
const Lacking = "The server has no "

// sentence makes a platform's words end like one.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?:") {
		return s
	}

	return s + "."
}

// Taken reports that the key of a new object belongs to one that exists, with what to paste to manage that one. The key's
// value is not shown: the configuration may mark it as sensitive.
func Taken(diags *diag.Diagnostics, resourceType, key, id string) {
	diags.AddError(fmt.Sprintf("The %s already exists", noun.Of(resourceType)), fmt.Sprintf(
		"Another %[1]s on the platform has this %[2]s, and its id is %[3]s. Nothing was changed.\n\n"+
			"If another resource of this configuration manages it, remove one of the two, or give them different keys.\n\n"+
			"If not, paste this block beside the resource, put the address of the resource in place of %[4]s.example, and apply again. "+
			"If the resource has a line such as provider = chat, the block needs it too:\n\n"+
			"import {\n  to = %[4]s.example\n  id = %[3]q\n}\n\n"+
			"Or set adopt_existing = true, to adopt the object and update it in the same step.",
		noun.Of(resourceType), key, id, resourceType))
}

// Absent says that what an object needs, such as "inbox 7", is not there, and which answer says so.
func Absent(what string, err error) string {
	failure := transport.As(err)
	if failure == nil {
		return sentence("There is no " + what)
	}

	return fmt.Sprintf("%s has no %s, or it is of another account. Nothing was changed.\n%s", failure.Platform, what, request(failure))
}

// AddAbout does what Add does, for a request about an object that an attribute names. If the platform has no such object, the error is
// at the attribute, and names it.
func AddAbout(diags *diag.Diagnostics, at path.Path, action, object string, err error) {
	if transport.IsNotFound(err) {
		diags.AddAttributeError(at, "Unable to "+action, Absent(object, err))
		return
	}

	Add(diags, action, err)
}

// NotFound reports that a data source found nothing.
func NotFound(diags *diag.Diagnostics, object string) {
	diags.AddError(object+" does not exist", "The platform has no such object. Check the id or key, and that the provider is configured for the right account.")
}
