package transport

import (
	"context"
	"net/http"
	"sync"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
)

// SignWith adds fixed headers: for platforms whose key does not change.
func SignWith(header http.Header) func(Sender) Sender {
	return func(next Sender) Sender { return &signed{next: next, header: header} }
}

type signed struct {
	next   Sender
	header http.Header
}

func (s *signed) Send(ctx context.Context, call *Call) (*Response, error) {
	return s.next.Send(ctx, call.signed(s.header))
}

// signed is a copy of the call with credentials: the layers above keep theirs without.
func (c *Call) signed(credentials http.Header) *Call {
	signed := *c

	signed.Header = c.Header.Clone()
	if signed.Header == nil {
		signed.Header = http.Header{}
	}

	for name, values := range credentials {
		signed.Header[name] = values
		signed.signature = append(signed.signature, name)
	}

	return &signed
}

// Token is a credential that the platform hands out and lets expire.
type Token struct {
	// Header is where calls carry it.
	Header string
	// Fetch asks the platform for one. What it sends does not pass the log.
	Fetch func(ctx context.Context, wire Sender) (string, error)
	// Refused says that an answer means "your token is not good (any more)".
	Refused func(response *Response) bool
}

// SignWithToken fetches the token when the first call needs it, keeps it in memory only, and renews it once for all
// calls that the platform refused because of it.
func SignWithToken(token Token) func(Sender) Sender {
	return func(next Sender) Sender { return &tokened{next: next, token: token} }
}

type tokened struct {
	next  Sender
	token Token
	group reads.Group[string, string]

	mu      sync.Mutex
	current string
}

func (t *tokened) Send(ctx context.Context, call *Call) (*Response, error) {
	token, err := t.get(ctx, "")
	if err != nil {
		return nil, err
	}

	response, err := t.send(ctx, call, token)
	if err != nil || !t.token.Refused(response) {
		return response, err
	}

	token, err = t.get(ctx, token)
	if err != nil {
		return nil, err
	}

	return t.send(ctx, call, token)
}

func (t *tokened) send(ctx context.Context, call *Call, token string) (*Response, error) {
	return t.next.Send(ctx, call.signed(http.Header{http.CanonicalHeaderKey(t.token.Header): {token}}))
}

// get returns the token, or a new one if the current one is the one that was refused.
func (t *tokened) get(ctx context.Context, refused string) (string, error) {
	token := t.held()
	if token != refused {
		return token, nil
	}

	return t.group.Do(ctx, refused, func(ctx context.Context) (string, error) {
		current := t.held()
		if current != refused {
			return current, nil
		}

		token, err := t.token.Fetch(ctx, t.next)
		if err != nil {
			failure := As(err)
			if failure != nil {
				failure.Unsent = true // What waits for the token was not sent.
			}

			return "", err
		}

		t.mu.Lock()
		defer t.mu.Unlock()

		t.current = token

		return token, nil
	})
}

func (t *tokened) held() string {
	t.mu.Lock()
	defer t.mu.Unlock()

	return t.current
}
