package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// CaptainPreferencesRequest is what an update of Captain's preferences sends: for each key, a value, or null for the default. What
// it does not name stays, and the server drops keys that it does not know.
type CaptainPreferencesRequest struct {
	Models   Nullable[Object] `json:"captain_models,omitzero"`
	Features Nullable[Object] `json:"captain_features,omitzero"`
}

// UpdateCaptainPreferences changes what the account has chosen of Captain. Account tells what was set: the answer, only what holds.
//
// PATCH /captain/preferences is not on the vendor's pages.
func (c *Client) UpdateCaptainPreferences(ctx context.Context, request CaptainPreferencesRequest) error {
	return transport.Run(ctx, c.sender, c.write("PATCH", "/captain/preferences").WithJSON(request))
}
