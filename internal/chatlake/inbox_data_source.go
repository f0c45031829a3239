package chatlake

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*inboxDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*inboxesDataSource)(nil)
)

func newInboxDataSource() datasource.DataSource { return &inboxDataSource{} }

func newInboxesDataSource() datasource.DataSource { return &inboxesDataSource{} }

type inboxDataSource struct{ configuredDataSource }

func (d *inboxDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_inbox"
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
}

func (m *inboxFound) fromAPI(found api.Inbox) {
	m.inboxData.fromAPI(found, true)
	m.ChannelType = tfvalue.StringOrNull(found.ChannelType)
	m.AvatarURL = tfvalue.StringOrNull(found.AvatarURL)
	field := func(name string) types.String {
		text, _ := found.Channel[name].(string)
		return tfvalue.StringOrNull(text)
	}
	m.WebhookURL, m.WebsiteURL, m.Email, m.PhoneNumber = field("webhook_url"), field("website_url"), field("email"), field("phone_number")
}

func inboxDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                            foundText("The inbox's id."),
		"name":                          foundText("What the inbox is called."),
		"channel_type":                  foundText("The channel in the platform's words, such as `Channel::Api`, `Channel::WebWidget` or `Channel::FacebookPage`."),
		"channel_id":                    foundText("The channel's id."),
		"avatar_url":                    foundText("The address of the inbox's picture."),
		"greeting_enabled":              foundFlag("Whether a conversation begins with the greeting."),
		"greeting_message":              foundText("The greeting."),
		"enable_email_collect":          foundFlag("Whether customers are asked for their address."),
		"csat_survey_enabled":           foundFlag("Whether customers are asked how satisfied they are."),
		"enable_auto_assignment":        foundFlag("Whether conversations are assigned without anybody's doing."),
		"working_hours_enabled":         foundFlag("Whether the inbox has working hours."),
		"out_of_office_message":         foundText("What customers are told outside working hours."),
		"timezone":                      foundText("The time zone of the working hours."),
		"allow_messages_after_resolved": foundFlag("Whether customers may write into a resolved conversation."),
		"lock_to_single_conversation":   foundFlag("Whether a customer has one conversation in this inbox."),
		"sender_name_type":              foundText("Which sender customers see in mails."),
		"business_name":                 foundText("The business's name in mails."),
		"inbox_identifier":              foundText("API channel: what customers' programs address the inbox by."),
		"webhook_url":                   foundText("API channel: where the platform posts what happens in the inbox."),
		"website_token":                 foundText("Web widget: what the site addresses the inbox by."),
		"website_url":                   foundText("Web widget: the site that the widget is on."),
		"web_widget_script":             foundText("Web widget: what to put into the site's pages."),
		"email":                         foundText("E-mail channel: the inbox's address."),
		"forward_to_email":              foundText("E-mail channel: where to forward mails to."),
		"phone_number":                  foundText("WhatsApp, SMS and Twilio channels: the inbox's number."),
		"callback_webhook_url":          foundText("LINE, WhatsApp, SMS and Twilio channels: the address that the carrier calls."),
	}
}

func (d *inboxDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := inboxDataAttributes()
	attributes["id"] = lookup("The inbox's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID())
	attributes["name"] = lookup("What the inbox is called. It is an error if several are called so.", attribute.NotEmpty())
	attributes["member_ids"] = foundIDs("The ids of the agents who work in the inbox.")
	attributes["agent_bot_id"] = foundText("The id of the bot that answers first.")
	attributes["hmac_token"] = foundSecret("The key to prove who contacts are. Only administrators see it.")
	attributes["secret"] = foundSecret("The key that signs what is posted to `webhook_url`. Only administrators see it.")
	resp.Schema = schema.Schema{MarkdownDescription: "An inbox of any channel, by id or name. Agents see only inboxes of which they are members.", Attributes: attributes}
}

func (d *inboxDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

func (d *inboxDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config struct {
		inboxFound

		MemberIDs  types.Set    `tfsdk:"member_ids"`
		AgentBotID types.String `tfsdk:"agent_bot_id"`
		HMACToken  types.String `tfsdk:"hmac_token"`
		Secret     types.String `tfsdk:"secret"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	inboxes, err := d.client.Inboxes(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read inboxes", err)
		return
	}

	found, ok := theOne(&resp.Diagnostics, asked{"inbox", config.ID, config.Name, "name"}, inboxes, func(one api.Inbox) (api.ID, string) { return one.ID, one.Name })
	if !ok {
		return
	}

	members, err := d.client.InboxMembers(ctx, found.ID)
	apidiag.Add(&resp.Diagnostics, "read the members of inbox "+found.ID.String(), err)
	bot, err := d.client.InboxAgentBot(ctx, found.ID)
	apidiag.Add(&resp.Diagnostics, "read the bot of inbox "+found.ID.String(), err)
	config.fromAPI(found)
	config.MemberIDs, config.AgentBotID = idSet(members), idOrNull(bot)
	config.HMACToken, config.Secret = tfvalue.StringOrNull(found.HMACToken), tfvalue.StringOrNull(found.Secret)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

type inboxesDataSource struct{ configuredDataSource }

func (d *inboxesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_inboxes"
}

func (d *inboxesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All inboxes of the account; with an agent's token, those of which the agent is a member. " +
			"Members, bots and secrets of an inbox, the data source `chatlake_inbox` tells.",
		Attributes: map[string]schema.Attribute{"inboxes": foundList("The inboxes.", inboxDataAttributes())},
	}
}

func (d *inboxesDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	inboxes, err := d.client.Inboxes(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read inboxes", err)
		return
	}

	all := struct {
		Inboxes []inboxFound `tfsdk:"inboxes"`
	}{make([]inboxFound, len(inboxes))}
	for i, inbox := range inboxes {
		all.Inboxes[i].fromAPI(inbox)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
