package api

import (
	"context"
	"fmt"

	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
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

		RequiredAttributes wirejson.Texts `json:"conversation_required_attributes"`
		// CaptainModels and CaptainFeatures are what was ever set. Null, and "" for a model, is the default again.
		CaptainModels   Object `json:"captain_models"`
		CaptainFeatures Object `json:"captain_features"`
	} `json:"settings"`
	// Features are those that are on, by their names.
	Features Object `json:"features"`
	// CustomAttributes may hold values of any type: the Platform API writes what it is given. The server tells no user_role.
	CustomAttributes struct {
		Industry       wirejson.Loose `json:"industry"`
		CompanySize    wirejson.Loose `json:"company_size"`
		Timezone       wirejson.Loose `json:"timezone"`
		ReferralSource wirejson.Loose `json:"referral_source"`
		Website        wirejson.Loose `json:"website"`
	} `json:"custom_attributes"`
}

func (a Account) identity() ID { return a.ID }

// AccountRequest is what an update of the account sends.
type AccountRequest struct {
	Name                     Nullable[string] `json:"name,omitzero"`
	Locale                   Nullable[string] `json:"locale,omitzero"`
	Domain                   Nullable[string] `json:"domain,omitzero"`
	SupportEmail             Nullable[string] `json:"support_email,omitzero"`
	AutoResolveAfter         Nullable[int64]  `json:"auto_resolve_after,omitzero"`
	AutoResolveMessage       Nullable[string] `json:"auto_resolve_message,omitzero"`
	AutoResolveIgnoreWaiting Nullable[bool]   `json:"auto_resolve_ignore_waiting,omitzero"`
	AutoResolveLabel         Nullable[string] `json:"auto_resolve_label,omitzero"`
	AudioTranscriptions      Nullable[bool]   `json:"audio_transcriptions,omitzero"`
	Industry                 Nullable[string] `json:"industry,omitzero"`
	CompanySize              Nullable[string] `json:"company_size,omitzero"`
	Timezone                 Nullable[string] `json:"timezone,omitzero"`
	ReferralSource           Nullable[string] `json:"referral_source,omitzero"`
	UserRole                 Nullable[string] `json:"user_role,omitzero"`
	Website                  Nullable[string] `json:"website,omitzero"`

	RequiredAttributes Nullable[[]string] `json:"conversation_required_attributes,omitzero"`
}

// Account reads the configured account.
//
// https://developers.chatwoot.com/api-reference/account/get-account-details
func (c *Client) Account(ctx context.Context) (Account, error) {
	return doObject[Account](ctx, c, c.read("GET", ""))
}

// UpdateAccount changes fields of the configured account. Settings are merged into those that there are. A server of the
// community edition says that it has taken required attributes, and has not.
//
// https://developers.chatwoot.com/api-reference/account/update-account
func (c *Client) UpdateAccount(ctx context.Context, request AccountRequest) (Account, error) {
	call := c.write("PATCH", "").WithJSON(request)

	updated, err := doObject[Account](ctx, c, call)

	required := request.RequiredAttributes.Value()
	if err == nil && required != nil && len(*required) > 0 && len(updated.Settings.RequiredAttributes) == 0 {
		err = refused(call, "the server has not taken conversation_required_attributes, and has taken the rest: only the enterprise edition has them")
	}

	locale := request.Locale.Value()
	if locale != nil {
		err = explainCrash(err, "locale", fmt.Sprintf("the server crashes over a language that it does not know: check whether it knows %q", *locale))
	}

	return updated, err
}
