package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// slow is a platform that takes about 100 ms per request, and counts them.
type slow struct {
	mu       sync.Mutex
	requests int
	users    map[string]bool
	groups   map[string]string // By client group id.
}

func (s *slow) RoundTrip(r *http.Request) (*http.Response, error) {
	time.Sleep(100*time.Millisecond + rand.N(8*time.Millisecond)) //nolint:gosec // Jitter.
	s.mu.Lock()
	defer s.mu.Unlock()

	s.requests++

	var body struct {
		UserID        string   `json:"userId"`
		UserIDList    []string `json:"userIdList"`
		ClientGroupID string   `json:"clientGroupId"`
	}
	if r.Body != nil {
		_ = json.NewDecoder(r.Body).Decode(&body)
	}

	query := r.URL.Query()
	row := func(key string) string {
		return fmt.Sprintf(`{"id":%s,"clientGroupId":%q,"membersId":["a"],"metadata":{},"createdAtTime":1}`, s.groups[key], key)
	}
	answer := success

	path := r.URL.Path
	switch {
	case strings.HasSuffix(path, "/detail"):
		var found []string

		for _, id := range body.UserIDList {
			if s.users[id] {
				found = append(found, fmt.Sprintf(`{"userId":%q}`, id))
			}
		}

		answer = "[" + strings.Join(found, ",") + "]"
	case strings.HasSuffix(path, "/register/client"):
		s.users[body.UserID] = true
		answer = `{"message":"REGISTERED"}`
	case strings.HasSuffix(path, "/v2/create"):
		s.users[body.UserID] = true
	case strings.HasSuffix(path, "/conversation"):
		s.groups[body.ClientGroupID] = fmt.Sprint(len(s.groups) + 1)
		answer = row(body.ClientGroupID)
	case strings.HasSuffix(path, "/v2/info"), strings.HasSuffix(path, "/group/details"):
		var found []string

		for key, id := range s.groups {
			for _, name := range []string{"clientGroupIds", "clientGroupId", "groupIds", "groupId"} {
				for _, asked := range query[name] {
					if asked == key || asked == id {
						found = append(found, row(key))
					}
				}
			}
		}

		answer = "[" + strings.Join(found, ",") + "]"
		if strings.HasSuffix(path, "/v2/info") {
			answer = failure("AL-G-01", "group not found")
			if len(found) == 1 {
				answer = found[0]
			}
		}
	}

	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(answer)), Request: r}, nil
}

// abreast does the work for n objects, ten at a time as Terraform does, and says how many requests each object cost.
func abreast(t *testing.T, n int, work func(ctx context.Context, c *api.Client, key string) error, prepare func(*slow)) float64 {
	t.Helper()

	s := &slow{users: map[string]bool{}, groups: map[string]string{}}
	if prepare != nil {
		prepare(s)
	}

	synctest.Test(t, func(t *testing.T) {
		c := api.New(api.Settings{
			BaseURL: &url.URL{Scheme: "https", Host: "s.example"}, ChatBaseURL: &url.URL{Scheme: "https", Host: "c.example"}, ApplicationID: "app", APIKey: "key", ActingUserID: "owner",
			Transport: transport.Config{HTTP: s, Timeout: time.Minute},
		})
		keys := make(chan string)

		var workers sync.WaitGroup
		for range 10 {
			workers.Go(func() {
				for key := range keys {
					if err := work(t.Context(), c, key); err != nil {
						t.Error(err)
					}
				}
			})
		}

		for i := range n {
			keys <- fmt.Sprint("k", i)
		}

		close(keys)
		workers.Wait()
	})

	return float64(s.requests) / float64(n)
}

// TestRequestsPerObject counts, under a clock that does not depend on the machine, what objects cost when Terraform works
// on many of them.
func TestRequestsPerObject(t *testing.T) {
	const n = 300

	existing := func(s *slow) {
		for i := range n {
			s.users[fmt.Sprint("k", i)] = true
			s.groups[fmt.Sprint("k", i)] = fmt.Sprint(i + 1)
		}
	}
	for name, c := range map[string]struct {
		most    float64
		prepare func(*slow)
		work    func(ctx context.Context, c *api.Client, key string) error
	}{
		"register users": {1.3, nil, func(ctx context.Context, c *api.Client, key string) error {
			if isNew, err := c.RegisterUser(ctx, api.UserRequest{UserID: key}); err != nil || !isNew {
				return fmt.Errorf("new: %t, %w", isNew, err)
			}

			_, err := c.UserAfterWrite(ctx, key)

			return err
		}},
		"check the conversation of messages": {0.05, existing, func(ctx context.Context, c *api.Client, _ string) error {
			return c.CheckConversation(ctx, "1")
		}},
		"create users": {2.5, nil, func(ctx context.Context, c *api.Client, key string) error {
			if _, err := c.User(ctx, key); !transport.IsNotFound(err) {
				return fmt.Errorf("looked up: %w", err)
			}

			if err := c.CreateUser(ctx, api.UserRequest{UserID: key}); err != nil {
				return err
			}

			_, err := c.User(ctx, key)

			return err
		}},
		"create conversations": {2.5, nil, func(ctx context.Context, c *api.Client, key string) error {
			if _, err := c.LookUpConversation(ctx, key); !transport.IsNotFound(err) {
				return fmt.Errorf("looked up: %w", err)
			}

			made, _, err := c.CreateConversation(ctx, api.ConversationRequest{GroupName: key, ClientGroupID: key, GroupMemberList: []string{"a"}})
			if err != nil {
				return err
			}

			_, err = c.Conversation(ctx, string(made.ID))

			return err
		}},
		"refresh users": {0.15, existing, func(ctx context.Context, c *api.Client, key string) error {
			_, err := c.User(ctx, key)
			return err
		}},
		"refresh conversations": {0.15, existing, func(ctx context.Context, c *api.Client, key string) error {
			_, err := c.ConversationByClientID(ctx, key)
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got := abreast(t, n, c.work, c.prepare)
			if got > c.most {
				t.Errorf("%.2f requests per object, and %.2f are allowed", got, c.most)
			} else {
				t.Logf("%.2f requests per object", got)
			}
		})
	}
}
