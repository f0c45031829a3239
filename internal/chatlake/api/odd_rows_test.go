package api_test

import (
	"context"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// TestOddRows reads lists of which one row is of another shape: the others are read, and an error about the odd one quotes
// nothing of its neighbours.
func TestOddRows(t *testing.T) {
	for name, test := range map[string]struct {
		request, answer string
		list            func(context.Context, *api.Client) (int, error)
		odd             func(context.Context, *api.Client) error
	}{
		"automation rules": {
			"GET " + account + "/automation_rules", `{"payload":[{"id":1,"name":"private"},{"id":2,"name":{}}]}`,
			func(ctx context.Context, c *api.Client) (int, error) {
				found, err := c.AutomationRules(ctx)
				return len(found), err
			},
			func(ctx context.Context, c *api.Client) error {
				_, err := c.AutomationRule(ctx, 2)
				return err
			},
		},
		"macros": {
			"GET " + account + "/macros", `{"payload":[{"id":1,"name":"private"},{"id":2,"name":{}}]}`,
			func(ctx context.Context, c *api.Client) (int, error) {
				found, err := c.Macros(ctx)
				return len(found), err
			},
			func(ctx context.Context, c *api.Client) error {
				_, err := c.Macro(ctx, 2)
				return err
			},
		},
		"inboxes": {
			"GET " + account + "/inboxes", `{"payload":[{"id":1,"name":"private"},{"id":2,"name":{}}]}`,
			func(ctx context.Context, c *api.Client) (int, error) {
				found, err := c.Inboxes(ctx)
				return len(found), err
			},
			func(ctx context.Context, c *api.Client) error {
				_, err := c.Inbox(ctx, 2)
				return err
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := scripted(t, exchange{Request: test.request, Answer: test.answer})

			n, err := test.list(t.Context(), c)
			if n != 1 || err != nil {
				t.Errorf("%d rows, %v; want the one that can be read", n, err)
			}

			err = test.odd(t.Context(), c)
			if err == nil || strings.Contains(err.Error(), "private") {
				t.Errorf("the odd row: %v", err)
			}
		})
	}
}
