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

// fromAPI takes over a webhook; of what is optional, only what is managed, or all after an import.
func (m *webhookData) fromAPI(found api.Webhook, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.URL = types.StringValue(found.URL)
	m.Name = account.Track(all, m.Name, tfvalue.StringOrNull(found.Name))
	m.Subscriptions = tfvalue.StringSet(found.Subscriptions)
	m.InboxID = account.Track(all, m.InboxID, account.IDOrNull(found.Inbox.ID))
	m.Secret = tfvalue.StringOrNull(found.Secret)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *webhookData) request(prior webhookData) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "url", prior.URL, m.URL)
	account.SendChange(fields, "name", prior.Name, m.Name)
	account.SendChange(fields, "subscriptions", prior.Subscriptions, m.Subscriptions)
	account.SendIDChange(fields, "inbox_id", prior.InboxID, m.InboxID)

	return fields
}
