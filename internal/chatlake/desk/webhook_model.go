package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// webhookModel is a webhook in a configuration and in state.
type webhookModel struct {
	webhookData

	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// webhookData is what the platform has of a webhook.
type webhookData struct {
	ID            types.String `tfsdk:"id"`
	URL           types.String `tfsdk:"url"`
	Name          types.String `tfsdk:"name"`
	Subscriptions types.Set    `tfsdk:"subscriptions"`
	InboxID       types.String `tfsdk:"inbox_id"`
	Secret        types.String `tfsdk:"secret"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *webhookData) fromAPI(found api.Webhook, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.URL = types.StringValue(found.URL)
	m.Name = account.Track(everything, m.Name, tfvalue.StringOrNull(found.Name))
	m.Subscriptions = tfvalue.StringSet(found.Subscriptions)
	m.InboxID = account.Track(everything, m.InboxID, account.IDOrNull(found.InboxID()))
	m.Secret = tfvalue.StringOrNull(found.Secret)
}

// changeOf returns the request that makes a webhook into the planned one. What the plan does not name stays.
func (m *webhookData) changeOf(found api.Webhook) api.WebhookRequest {
	prior := *m
	prior.fromAPI(found, false)

	return m.changeFrom(prior)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a webhook.
// The platform cannot hold an empty list of events.
func (m *webhookData) changeFrom(prior webhookData) api.WebhookRequest {
	var subscriptions api.Nullable[[]string]
	if !tfvalue.IsEmpty(m.Subscriptions) {
		subscriptions = account.TextsChange(prior.Subscriptions, m.Subscriptions)
	}

	return api.WebhookRequest{
		URL:           account.TextChange(prior.URL, m.URL),
		Name:          account.TextChange(prior.Name, m.Name),
		Subscriptions: subscriptions,
		InboxID:       account.IDChange(prior.InboxID, m.InboxID),
	}
}
