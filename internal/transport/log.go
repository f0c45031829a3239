package transport

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// logged writes one line per attempt, and bodies where asked to. It sits outside sign, so credentials are not there to
// be logged; what it keeps out by name is secrets inside of bodies: those of the platform's list, and whatever is called
// like one.
type logged struct {
	next      Sender
	platform  string
	bodies    bool
	isSecret  func(object, name string) bool
	hidden    *secrets
	requestID func(http.Header) string
	observe   func(http.Header) map[string]any
}

// redaction returns a function that reports whether a field holds a secret: it is in the platform's list, alone or as a field of
// that object, or called like one.
func redaction(fields []string) func(object, name string) bool {
	set := make(map[string]bool, len(fields))
	for _, field := range fields {
		set[strings.ToLower(field)] = true
	}

	return func(object, name string) bool {
		return set[strings.ToLower(name)] || set[strings.ToLower(object+"."+name)] || secretName.MatchString(name)
	}
}

// LogWait tells what a call waits for, beyond answers to its requests.
func LogWait(ctx context.Context, what string, d time.Duration) {
	tflog.Info(ctx, "waiting for "+what, map[string]any{"wait": d.String()})
}

func (l *logged) Send(ctx context.Context, call *Call) (*Response, error) {
	start := time.Now()
	response, err := l.next.Send(ctx, call)

	own := secretsIn(call.Body, l.isSecret)
	fields := l.fields(call, response, time.Since(start))

	if err != nil {
		fields["error"] = printable(l.hidden.hide(err.Error(), own...), longestText)
		tflog.Debug(ctx, "request failed", l.hide(fields, own))

		return nil, err
	}

	tflog.Debug(ctx, "request", l.hide(fields, own))

	if l.bodies {
		tflog.Trace(ctx, "request and response bodies", l.hide(map[string]any{
			"platform": l.platform, "method": call.Method, "path": call.Path,
			"request_body": l.body(call.Body), "response_body": l.body(response.Body),
		}, own))
	}

	return response, nil
}

// fields returns what the log says about an attempt.
func (l *logged) fields(call *Call, response *Response, took time.Duration) map[string]any {
	fields := map[string]any{"platform": l.platform, "method": call.Method, "path": call.Path, "took_ms": took.Milliseconds()}
	if len(call.Query) > 0 {
		fields["query"] = call.Query.Encode()
	}

	if response == nil {
		return fields
	}

	fields["status"] = response.Status
	if l.requestID != nil {
		fields["request_id"] = l.requestID(response.Header)
	}

	if l.observe != nil {
		maps.Copy(fields, l.observe(response.Header))
	}

	return fields
}

// hide takes the known secrets out of every text.
func (l *logged) hide(fields map[string]any, own []string) map[string]any {
	for name, value := range fields {
		if text, ok := value.(string); ok {
			fields[name] = l.hidden.hide(text, own...)
		}
	}

	return fields
}

// body returns JSON without secrets. What is not JSON is not shown, because it may hold secrets that have no name.
func (l *logged) body(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}

	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return "(not JSON)"
	}

	clean, err := json.Marshal(l.clean("", value))
	if err != nil {
		return "(not JSON)"
	}

	return string(clean)
}

// clean takes the secrets out of a value that stands in a field, or in a list in it.
func (l *logged) clean(field string, value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, inner := range value {
			if l.isSecret(field, name) {
				value[name] = redacted
			} else {
				value[name] = l.clean(name, inner)
			}
		}
	case []any:
		for i, inner := range value {
			value[i] = l.clean(field, inner)
		}
	}

	return value
}
