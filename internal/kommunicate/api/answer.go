package api

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// envelope is the form of most answers. The others hold what Response would hold.
type envelope struct {
	Status   string          `json:"status"`
	Response json.RawMessage `json:"response"`
	// Updated is set where a conversation existed before: the vendor's web client reads it.
	Updated bool `json:"updated"`
}

// do sends the call and decodes its answer, with or without an envelope: the vendor's page and its SDKs differ.
func do[T any](ctx context.Context, c *Client, call transport.Call) (T, envelope, error) {
	var value, none T

	response, err := c.sender.Send(ctx, &call)
	if err != nil {
		return none, envelope{}, err
	}

	var outer envelope

	inner := *response
	if json.Unmarshal(response.Body, &outer) == nil && outer.Response != nil {
		inner.Body = outer.Response
	} else if outer.Status != "" {
		return none, outer, transport.Malformed(&call, response, "the answer holds no data")
	}

	if err := transport.Decode(&call, &inner, &value); err != nil {
		return none, outer, err
	}

	if checked, ok := any(value).(interface{ Check() error }); ok {
		if err := checked.Check(); err != nil {
			return none, outer, transport.Malformed(&call, response, err.Error())
		}
	}

	return value, outer, nil
}

// run sends a call that answers only whether it worked: in an envelope, or with the word success.
func run(ctx context.Context, c *Client, call transport.Call) error {
	response, err := c.sender.Send(ctx, &call)
	if err != nil {
		return err
	}

	var outer envelope

	word := strings.Trim(string(bytes.TrimSpace(response.Body)), `"`)
	if word == "success" || json.Unmarshal(response.Body, &outer) == nil && outer.Status == "success" {
		return nil
	}

	return transport.Malformed(&call, response, "the answer does not say that the call worked")
}

const (
	firstPause = 100 * time.Millisecond
	// longestPause bounds the waiting for an object that was just made to three seconds in all.
	longestPause = 1600 * time.Millisecond
)

// readBack reads an object directly after a write, and again for some seconds while the platform does not find it: a
// write may take a moment to show.
func readBack[T any](ctx context.Context, read func(context.Context) (T, error)) (T, error) {
	for pause := firstPause; ; pause *= 2 {
		found, err := read(ctx)
		if !transport.IsNotFound(err) || pause > longestPause {
			return found, err
		}

		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return found, err
		}
	}
}

// good returns the rows of a list that can be read, and notes those that cannot. A list that is not there has none.
func good[T any](ctx context.Context, page string, list *wirejson.Rows[T]) []T {
	if list == nil {
		return nil
	}

	transport.LeaveOut(ctx, page, list.Odd...)

	return list.Good
}
