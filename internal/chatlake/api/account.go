package api

import (
	"context"
)

// Account is the configured account.
type Account struct {
	ID           ID     `json:"id"`
	Name         string `json:"name"`
	Locale       string `json:"locale"`
	Domain       string `json:"domain"`
	SupportEmail string `json:"support_email"` // The installation's, where the account has none.
	Status       string `json:"status"`
	CreatedAt    Time   `json:"created_at"`
	Settings     struct {
		AutoResolveAfter         *int64  `json:"auto_resolve_after"`
		AutoResolveMessage       *string `json:"auto_resolve_message"`
		AutoResolveIgnoreWaiting *bool   `json:"auto_resolve_ignore_waiting"`
		AutoResolveLabel         *string `json:"auto_resolve_label"`
		AudioTranscriptions      *bool   `json:"audio_transcriptions"`
	} `json:"settings"`
	CustomAttributes struct {
		Industry       *string `json:"industry"`
		CompanySize    *string `json:"company_size"`
		Timezone       *string `json:"timezone"`
		ReferralSource *string `json:"referral_source"`
		UserRole       *string `json:"user_role"`
		Website        *string `json:"website"`
	} `json:"custom_attributes"`
}

func (a Account) identity() ID { return a.ID }

// Account reads the configured account.
//
// https://developers.chatwoot.com/api-reference/account/get-account-details
func (c *Client) Account(ctx context.Context) (Account, error) {
	return doObject[Account](ctx, c, c.read("GET", ""))
}

// UpdateAccount changes fields of the configured account. Settings are merged into those that there are.
//
// https://developers.chatwoot.com/api-reference/account/update-account
func (c *Client) UpdateAccount(ctx context.Context, fields Fields) (Account, error) {
	return doObject[Account](ctx, c, c.write("PATCH", "").WithJSON(fields))
}
