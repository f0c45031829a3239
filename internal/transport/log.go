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
	redact    map[string]bool
	requestID func(http.Header) string
	observe   func(http.Header) map[string]any
}

func redaction(fields []string) map[string]bool {
	set := make(map[string]bool, len(fields))
	for _, field := range fields {
		set[strings.ToLower(field)] = true
	}

	return set
}

func (l *logged) Send(ctx context.Context, call *Call) (*Response, error) {
	start := time.Now()
	response, err := l.next.Send(ctx, call)

	fields := map[string]any{
		"platform": l.platform, "method": call.Method, "path": call.Path, "took_ms": time.Since(start).Milliseconds(),
	}
	if len(call.Query) > 0 {
		fields["query"] = call.Query.Encode()
	}

	if err != nil {
		fields["error"] = err.Error()
		tflog.Debug(ctx, "request failed", fields)

		return nil, err
	}

	fields["status"] = response.Status
	if l.requestID != nil {
		fields["request_id"] = l.requestID(response.Header)
	}

	if l.observe != nil {
		maps.Copy(fields, l.observe(response.Header))
	}

	tflog.Debug(ctx, "request", fields)

	if l.bodies {
		tflog.Trace(ctx, "request and response bodies", map[string]any{
			"platform": l.platform, "method": call.Method, "path": call.Path,
			"request_body": l.body(call.Body), "response_body": l.body(response.Body),
		})
	}

	return response, nil
}

// body returns JSON without secrets. What is not JSON is not shown: nobody could say what is secret in it.
func (l *logged) body(raw []byte) any {
	if len(raw) == 0 {
		return ""
	}

	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return "(not JSON)"
	}

	clean, err := json.Marshal(l.clean(value))
	if err != nil {
		return "(not JSON)"
	}

	return string(clean)
}

func (l *logged) clean(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, inner := range value {
			if l.redact[strings.ToLower(name)] || secretName.MatchString(name) {
				value[name] = "(redacted)"
			} else {
				value[name] = l.clean(inner)
			}
		}
	case []any:
		for i, inner := range value {
			value[i] = l.clean(inner)
		}
	}

	return value
}
