package inbox

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// inboxSources are the data sources chatlake_inbox, which has more of an inbox, and chatlake_inboxes.
var inboxSources = lookup.Sources[api.Client, api.Inbox, inboxFound]{
	Type: "chatlake_inbox", Plural: "chatlake_inboxes", ListName: "inboxes",
	Description: "An inbox of any channel, by id or name. Agents see only inboxes of which they are members.",
	PluralDescription: "All inboxes of the account; with an agent's token, those of which the agent is a member. " +
		"Members, bots, templates of surveys and secrets of an inbox, the data source `chatlake_inbox` tells.",
	ListDescription: "The inboxes.",
	Attributes: map[string]schema.Attribute{
		"id":                            attribute.Found("The inbox's id."),
		"name":                          attribute.Found("What the inbox is called."),
		"channel_type":                  attribute.Found("The channel in the platform's words, such as `Channel::Api`, `Channel::WebWidget` or `Channel::FacebookPage`."),
		"channel_id":                    attribute.Found("The channel's id."),
		"avatar_url":                    attribute.Found("The address of the inbox's picture."),
		"greeting_enabled":              attribute.FoundFlag("Whether a conversation begins with the greeting."),
		"greeting_message":              attribute.Found("The greeting."),
		"enable_email_collect":          attribute.FoundFlag("Whether customers are asked for their address."),
		"csat_survey_enabled":           attribute.FoundFlag("Whether customers are asked how satisfied they are."),
		"enable_auto_assignment":        attribute.FoundFlag("Whether conversations are assigned without anybody's doing."),
		"working_hours_enabled":         attribute.FoundFlag("Whether the inbox has working hours."),
		"out_of_office_message":         attribute.Found("What customers are told outside working hours."),
		"timezone":                      attribute.Found("The time zone of the working hours."),
		"allow_messages_after_resolved": attribute.FoundFlag("Whether customers may write into a resolved conversation."),
		"lock_to_single_conversation":   attribute.FoundFlag("Whether a customer has one conversation in this inbox."),
		"sender_name_type":              attribute.Found("Which sender customers see in mails."),
		"business_name":                 attribute.Found("The business's name in mails."),
		"inbox_identifier":              attribute.Found("API channel: what customers' programs address the inbox by."),
		"webhook_url":                   attribute.Found("API channel: where the platform posts what happens in the inbox."),
		"website_token":                 attribute.Found("Web widget: what the site addresses the inbox by."),
		"website_url":                   attribute.Found("Web widget: the site that the widget is on."),
		"web_widget_script":             attribute.Found("Web widget: what to put into the site's pages."),
		"email":                         attribute.Found("E-mail channel: the inbox's address."),
		"forward_to_email":              attribute.Found("E-mail channel: where to forward mails to."),
		"medium":                        attribute.Found("Twilio channel: `sms` or `whatsapp`."),
		"messaging_service_sid":         attribute.Found("Twilio channel: the SID of the messaging service that sends, if the inbox has no number."),
		"phone_number":                  attribute.Found("WhatsApp, SMS and Twilio channels: the inbox's number."),
		"message_templates_json":        attribute.Found("WhatsApp, also at Twilio: the templates that the platform has fetched from the carrier, as JSON; null if there are none."),
		"voice_enabled":                 attribute.FoundFlag("WhatsApp and Twilio channels: whether calls are set up. Null where the server does not tell."),
		"inbound_calls_enabled":         attribute.FoundFlag("WhatsApp and Twilio channels: whether customers may call, if calls are set up."),
		"reauthorization_required":      attribute.FoundFlag("WhatsApp channel: whether the carrier refuses the key, so that the channel must be authorized again."),
		"callback_webhook_url":          attribute.Found("LINE, WhatsApp, SMS and Twilio channels: the address that the carrier calls."),
	},
	Keys: []lookup.Key[api.Inbox]{
		{
			Name: "id", Attribute: attribute.Lookup("The inbox's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(inbox api.Inbox) string { return inbox.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("What the inbox is called. It is an error if several are called so.", attribute.NotEmpty()),
			Of: func(inbox api.Inbox) string { return inbox.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.Inbox, error) {
		return client.Inboxes(ctx)
	},
	Model: func(inbox api.Inbox, _ string) inboxFound {
		var m inboxFound
		m.fromAPI(inbox)

		return m
	},
	Details: map[string]schema.Attribute{
		"member_ids":   attribute.FoundIDs("The ids of the agents who work in the inbox."),
		"agent_bot_id": attribute.Found("The id of the bot that answers first."),
		"csat_template": schema.SingleNestedAttribute{
			MarkdownDescription: "WhatsApp, also at Twilio: the template that asks customers for a rating; null if the inbox has none.", Computed: true,
			Attributes: map[string]schema.Attribute{
				"message":     attribute.Found(templateMessage + " It is what the survey of the inbox says, where the dashboard keeps it."),
				"button_text": attribute.Found(templateButton),
				"language":    attribute.Found(templateLanguage),
				"name":        attribute.Found(templateName),
				"template_id": attribute.Found(templateID),
				"status":      attribute.Found(templateStatus),
			},
		},
		"hmac_token": attribute.FoundSecret("The key to prove who contacts are. Only administrators see it."),
		"secret":     attribute.FoundSecret("The key that signs what is posted to `webhook_url`. Only administrators see it."),
	},
	Detailed: func(ctx context.Context, client *api.Client, inbox api.Inbox) (any, error) {
		members, err := client.InboxMembers(ctx, inbox.ID)
		if err != nil {
			return nil, err
		}

		bot, err := client.InboxAgentBot(ctx, inbox.ID)

		m := inboxDetails{
			MemberIDs: account.IDSet(members).SetValue, AgentBotID: account.IDOrNull(bot),
			HMACToken: tfvalue.StringOrNull(inbox.HMACToken), Secret: tfvalue.StringOrNull(inbox.Secret),
			CSATTemplate: types.ObjectNull(templateType.AttrTypes),
		}

		template := api.SurveyTemplateIn(inbox.CSATConfig)
		if template.IsThere() {
			template.Status, _ = client.SurveyTemplateStatus(ctx, inbox.ID) // A status that cannot be read is null.
			m.CSATTemplate = templateObject(surveyTextIn(inbox.CSATConfig), template)
		}

		m.fromAPI(inbox)

		return m, err
	},
}

// inboxDetails is what the singular data source tells.
type inboxDetails struct {
	inboxFound

	CSATTemplate types.Object `tfsdk:"csat_template"`
	MemberIDs    types.Set    `tfsdk:"member_ids"`
	AgentBotID   types.String `tfsdk:"agent_bot_id"`
	HMACToken    types.String `tfsdk:"hmac_token"`
	Secret       types.String `tfsdk:"secret"`
}

// inboxFound is what data sources tell of an inbox of any channel.
type inboxFound struct {
	inboxData

	ChannelType types.String `tfsdk:"channel_type"`
	AvatarURL   types.String `tfsdk:"avatar_url"`
	WebhookURL  types.String `tfsdk:"webhook_url"`
	WebsiteURL  types.String `tfsdk:"website_url"`
	Email       types.String `tfsdk:"email"`
	PhoneNumber types.String `tfsdk:"phone_number"`
	Medium      types.String `tfsdk:"medium"`
	ServiceSID  types.String `tfsdk:"messaging_service_sid"`
	Templates   types.String `tfsdk:"message_templates_json"`
	Voice       types.Bool   `tfsdk:"voice_enabled"`
	Calls       types.Bool   `tfsdk:"inbound_calls_enabled"`
	IsRefused   types.Bool   `tfsdk:"reauthorization_required"`
}

func (m *inboxFound) fromAPI(found api.Inbox) {
	m.inboxData.fromAPI(found, true)
	m.ChannelType = tfvalue.StringOrNull(found.ChannelType)
	m.AvatarURL = tfvalue.StringOrNull(found.AvatarURL)
	field := func(name string) types.String {
		value, _ := channelValue(found, name)
		text, _ := value.(string)

		return tfvalue.StringOrNull(text)
	}
	m.WebhookURL, m.WebsiteURL, m.Email, m.PhoneNumber = field("webhook_url"), field("website_url"), field("email"), field("phone_number")
	m.Medium, m.ServiceSID = field("medium"), field("messaging_service_sid")
	m.Templates = templatesOf(found)
	m.Voice, m.Calls, m.IsRefused = flagOf(found, "voice_enabled"), flagOf(found, "inbound_calls_enabled"), flagOf(found, "reauthorization_required")
}

// templatesOf returns the carrier's templates as JSON: WhatsApp's own, or those of Twilio, which are in an object.
func templatesOf(found api.Inbox) types.String {
	templates := found.Channel["message_templates"]

	atTwilio, ok := found.Channel["content_templates"].(map[string]any)
	if ok {
		templates = atTwilio["templates"]
	}

	rows, ok := templates.([]any)
	if !ok || len(rows) == 0 {
		return types.StringNull()
	}

	text, err := json.Marshal(rows)
	if err != nil { // What came as JSON can be written as JSON.
		return types.StringNull()
	}

	return types.StringValue(string(text))
}

func flagOf(found api.Inbox, name string) types.Bool {
	flag, ok := found.Channel[name].(bool)
	if !ok {
		return types.BoolNull()
	}

	return types.BoolValue(flag)
}
