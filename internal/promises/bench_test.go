package promises_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"

	chatlakeapi "github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	imichatapi "github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
)

// remembered answers a request that was answered before from memory, so that only the client is measured.
type remembered struct {
	next http.RoundTripper

	mu      sync.Mutex
	answers map[string]remembrance
}

type remembrance struct {
	status int
	header http.Header
	body   []byte
}

func (r *remembered) RoundTrip(req *http.Request) (*http.Response, error) {
	var sent []byte

	if req.Body != nil {
		var err error

		sent, err = io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}

		req.Body = io.NopCloser(bytes.NewReader(sent))
	}

	key := req.Method + req.URL.String() + string(sent)

	r.mu.Lock()
	known, ok := r.answers[key]
	r.mu.Unlock()

	if !ok {
		response, err := r.next.RoundTrip(req)
		if err != nil {
			return nil, err
		}

		body, err := io.ReadAll(response.Body)
		if err != nil {
			return nil, err
		}

		known = remembrance{response.StatusCode, response.Header, body}

		r.mu.Lock()
		r.answers[key] = known
		r.mu.Unlock()
	}

	return &http.Response{
		StatusCode: known.status, Header: known.header, Body: io.NopCloser(bytes.NewReader(known.body)),
		ContentLength: int64(len(known.body)), Request: req,
	}, nil
}

// BenchmarkPage returns a page of each list, through the whole client: building the call, all layers, decoding.
func BenchmarkPage(b *testing.B) {
	pages := []struct {
		name string
		rows int
		open func(connection) collection
		read func(connection, []string) func(context.Context) (int, error)
	}{
		{"kommunicate users", 60, kommunicateUsers, func(c connection, ids []string) func(context.Context) (int, error) {
			client := c.kommunicate()

			return func(ctx context.Context) (int, error) {
				found, err := client.Users(ctx, ids)
				return len(found), err
			}
		}},
		{"chatlake contacts", 15, chatlakeContacts, func(c connection, _ []string) func(context.Context) (int, error) {
			client := c.chatlake()

			return func(ctx context.Context) (int, error) {
				found, err := client.Contacts(ctx, chatlakeapi.ContactsQuery{}, 15)
				return len(found), err
			}
		}},
		{"chatlake conversations", 25, chatlakeConversations, func(c connection, _ []string) func(context.Context) (int, error) {
			client := c.chatlake()

			return func(ctx context.Context) (int, error) {
				found, err := client.Conversations(ctx, chatlakeapi.ConversationsQuery{}, 25)
				return len(found), err
			}
		}},
		{"imichat chats", 10, imichatChats, func(c connection, _ []string) func(context.Context) (int, error) {
			client := c.imichat()

			return func(ctx context.Context) (n int, err error) {
				err = client.EachChat(ctx, func(*imichatapi.Chat) bool { n++; return n < 10 })
				return n, err
			}
		}},
	}
	for _, page := range pages {
		b.Run(page.name, func(b *testing.B) {
			w := server.New(sandbox.Options{})
			c := connect(b, w)
			objects := page.open(c)

			var ids []string

			for i := range page.rows {
				id, err := objects.make(b.Context(), fmt.Sprintf("object %d", i))
				if err != nil {
					b.Fatal(err)
				}

				ids = append(ids, id)
			}

			c.wire = &remembered{next: c.wire, answers: map[string]remembrance{}}
			read := page.read(c, ids)

			b.ReportAllocs()

			for b.Loop() {
				if n, err := read(b.Context()); err != nil || n != page.rows {
					b.Fatalf("%d rows, %v", n, err)
				}
			}
		})
	}
}
