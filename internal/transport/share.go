package transport

import (
	"context"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
)

// share gives identical reads in flight one answer. It is outermost, so that those who share an answer also share its
// attempts and its place in the queue. A write ends the sharing: who reads after it must not get an answer that was
// asked for before.
type share struct {
	next   Sender
	config Config
	hidden *secrets
	// isSecret tells the fields of a body that hold secrets.
	isSecret func(object, name string) bool
	group    reads.Group[string, *Response]
}

func (s *share) Send(ctx context.Context, call *Call) (*Response, error) {
	call.platform, call.requestOf, call.hidden, call.isSecret = s.config.Platform, s.config.RequestID, s.hidden, s.isSecret
	call.address = addressOf(s.config.Base, call)

	if call.Kind != KindRead {
		defer s.group.Drop()
		return s.next.Send(ctx, call)
	}

	var key strings.Builder
	key.WriteString(call.Method)

	if call.Base != nil {
		key.WriteString(call.Base.String())
	}

	key.WriteString(call.Path + "?" + call.Query.Encode() + "\n")

	for name, values := range call.Header {
		if name != "Content-Type" {
			key.WriteString(name + ":" + strings.Join(values, ",") + "\n")
		}
	}

	key.Write(call.Body)

	return s.group.Do(ctx, key.String(), func(ctx context.Context) (*Response, error) {
		return s.next.Send(ctx, call)
	})
}
