package api

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// NotificationSettings say what the token's user is told of in the account.
type NotificationSettings struct {
	UserID        ID             `json:"user_id"`
	AllEmail      wirejson.Texts `json:"all_email_flags"`
	AllPush       wirejson.Texts `json:"all_push_flags"`
	SelectedEmail wirejson.Texts `json:"selected_email_flags"`
	SelectedPush  wirejson.Texts `json:"selected_push_flags"`
}

func (s NotificationSettings) identity() ID { return s.UserID }

// NotificationSettingsChange is what an update changes. What is not set stays as it is.
type NotificationSettingsChange struct{ Email, Push Nullable[[]string] }

// NotificationSettings reads the settings of the token's user.
func (c *Client) NotificationSettings(ctx context.Context) (NotificationSettings, error) {
	return doObject[NotificationSettings](ctx, c, c.read("GET", "/notification_settings"))
}

// UpdateNotificationSettings changes the settings. The server empties a list that is not sent, so both are sent. It crashes over a flag
// that it does not know, and tells which ones it knows: others are refused here.
func (c *Client) UpdateNotificationSettings(ctx context.Context, change NotificationSettingsChange) (NotificationSettings, error) {
	found, err := c.NotificationSettings(ctx)
	if err != nil {
		return found, err
	}

	request := map[string][]string{"selected_email_flags": {}, "selected_push_flags": {}}
	call := c.write("PATCH", "/notification_settings")

	for _, list := range []struct {
		name       string
		wanted     *[]string
		has, known []string
	}{
		{"selected_email_flags", change.Email.Value(), found.SelectedEmail, found.AllEmail},
		{"selected_push_flags", change.Push.Value(), found.SelectedPush, found.AllPush},
	} {
		flags := list.has
		if list.wanted != nil {
			flags = *list.wanted
		}

		for _, flag := range flags {
			if len(list.known) > 0 && !slices.Contains(list.known, flag) {
				failure := refused(call, "the server does not know the flag "+strconv.Quote(flag))
				failure.Fields = map[string]string{list.name: "it knows " + strings.Join(list.known, ", ")}

				return found, failure
			}
		}

		request[list.name] = append(request[list.name], flags...)
	}

	return doObject[NotificationSettings](ctx, c, call.WithJSON(wrapped("notification_settings", request)))
}
