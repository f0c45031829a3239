package chatlake

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

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

// fromAPI takes over a webhook; of what is optional, only what is managed, or all after an import.
func (m *webhookData) fromAPI(found api.Webhook, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.URL = types.StringValue(found.URL)
	m.Name = kept(all, m.Name, tfvalue.StringOrNull(found.Name))
	m.Subscriptions = tfvalue.StringSet(found.Subscriptions)
	m.InboxID = kept(all, m.InboxID, idOrNull(found.Inbox.ID))
	m.Secret = tfvalue.StringOrNull(found.Secret)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *webhookData) request(prior webhookData) api.Fields {
	fields := api.Fields{}
	send(fields, "url", prior.URL, m.URL)
	send(fields, "name", prior.Name, m.Name)
	send(fields, "subscriptions", prior.Subscriptions, m.Subscriptions)
	sendID(fields, "inbox_id", prior.InboxID, m.InboxID)

	return fields
}
