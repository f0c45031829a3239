package inbox

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	replyTimes     = []string{"in_a_few_minutes", "in_a_few_hours", "in_a_day"}
	featureFlags   = []string{"attachments", "emoji_picker", "end_conversation", "use_inbox_avatar_for_bot", "allow_mobile_webview"}
	onlyAPI        = []string{"api"}
	onlyWidget     = []string{"web_widget"}
	onlyEmail      = []string{"email"}
	onlyLine       = []string{"line"}
	phoneChannels  = []string{"whatsapp", "sms"}
	twilioChannels = []string{"twilio_sms", "twilio_whatsapp"}
	numberChannels = []string{"whatsapp", "sms", "twilio_sms", "twilio_whatsapp"}
	widgetAndAPI   = []string{"api", "web_widget"}
	providerFields = []string{"email", "whatsapp"}
)

// channelFields are all fields of all types of channel, once each.
var channelFields = []channelField{
	{name: "webhook_url", in: onlyAPI, attribute: attribute.OptionalText("`api`: where the platform posts what happens in the inbox.", 2048, attribute.URL())},
	{name: "hmac_mandatory", in: widgetAndAPI, byDefault: types.BoolValue(false), attribute: attribute.FollowedFlag("`api`, `web_widget`: whether contacts must prove who they are with `hmac_token`. The platform's default is `false`.")},
	{
		name: "additional_attributes", in: onlyAPI, clear: map[string]any{}, since: "2.6.0",
		attribute: account.JSONObjectAttribute("`api`: any object; what is not in it is removed. `agent_reply_time_window` is how many hours agents may answer. Needs version 2.6.0 of the server."),
	},

	{name: "website_url", in: onlyWidget, needed: true, attribute: attribute.OptionalText("`web_widget`, required: the site that the widget is on.", account.MaxString)},
	{name: "widget_color", in: onlyWidget, byDefault: types.StringValue("#1f93ff"), attribute: attribute.Followed("`web_widget`: the widget's colour. The platform's default is `#1f93ff`.", stringvalidator.UTF8LengthAtMost(account.MaxString))},
	{name: "welcome_title", in: onlyWidget, attribute: attribute.OptionalText("`web_widget`: the greeting's title.", account.MaxString)},
	{name: "welcome_tagline", in: onlyWidget, attribute: attribute.OptionalText("`web_widget`: the line below the title.", account.MaxString)},
	{
		name: "reply_time", in: onlyWidget, byDefault: types.StringValue(replyTimes[0]),
		attribute: attribute.Followed("`web_widget`: when customers may expect an answer: "+attribute.Choices(replyTimes...)+". The platform's default is the first.", attribute.Known(replyTimes...)),
	},
	{name: "pre_chat_form_enabled", in: onlyWidget, byDefault: types.BoolValue(false), attribute: attribute.FollowedFlag("`web_widget`: whether customers fill in a form first. The platform's default is `false`.")},
	{
		name: "pre_chat_form_options", in: onlyWidget, clear: map[string]any{}, initial: newForm,
		attribute: preChatForm(),
	},
	{name: "continuity_via_email", in: onlyWidget, byDefault: types.BoolValue(true), attribute: attribute.FollowedFlag("`web_widget`: whether a conversation goes on by e-mail when the customer has left. The platform's default is `true`.")},
	{name: "allowed_domains", in: onlyWidget, clear: "", since: "4.6.0", attribute: attribute.OptionalText("`web_widget`: the sites that may show the widget, separated by commas; any, unless set. Needs version 4.6.0 of the server.", account.MaxText)},
	{name: "selected_feature_flags", in: onlyWidget, byDefault: tfvalue.StringSet(featureFlags[:3]), attribute: featureFlagsAttribute()},

	{name: "email", in: onlyEmail, needed: true, attribute: attribute.OptionalText("`email`, required: the inbox's address. No other inbox of the installation may have it.", account.MaxString, attribute.Email())},
	{name: "imap_enabled", in: onlyEmail, byDefault: types.BoolValue(false), attribute: attribute.FollowedFlag("`email`: whether mail is fetched by IMAP. The platform tries the connection when the inbox is updated. Its default is `false`.")},
	{name: "imap_address", in: onlyEmail, clear: "", attribute: attribute.OptionalText("`email`: the IMAP server.", account.MaxString)},
	{name: "imap_port", in: onlyEmail, clear: 0, attribute: portAttribute("`email`: the IMAP server's port.")},
	{name: "imap_login", in: onlyEmail, clear: "", attribute: attribute.OptionalText("`email`: the user at the IMAP server.", account.MaxString)},
	{name: "imap_password", in: onlyEmail, secret: true, attribute: secretText("`email`: the password at the IMAP server.")},
	{name: "imap_enable_ssl", in: onlyEmail, byDefault: types.BoolValue(true), attribute: attribute.FollowedFlag("`email`: whether IMAP is encrypted. The platform's default is `true`.")},
	{name: "imap_authentication", in: onlyEmail, attribute: attribute.Followed("`email`: how IMAP signs in. The platform's default is `plain`.", stringvalidator.UTF8LengthAtMost(account.MaxString))},
	{name: "smtp_enabled", in: onlyEmail, byDefault: types.BoolValue(false), attribute: attribute.FollowedFlag("`email`: whether mail is sent by SMTP. The platform tries the connection when the inbox is updated. Its default is `false`.")},
	{name: "smtp_address", in: onlyEmail, clear: "", attribute: attribute.OptionalText("`email`: the SMTP server.", account.MaxString)},
	{name: "smtp_port", in: onlyEmail, clear: 0, attribute: portAttribute("`email`: the SMTP server's port.")},
	{name: "smtp_login", in: onlyEmail, clear: "", attribute: attribute.OptionalText("`email`: the user at the SMTP server.", account.MaxString)},
	{name: "smtp_password", in: onlyEmail, secret: true, attribute: secretText("`email`: the password at the SMTP server.")},
	{name: "smtp_domain", in: onlyEmail, clear: "", attribute: attribute.OptionalText("`email`: the domain that is told to the SMTP server.", account.MaxString)},
	{name: "smtp_enable_starttls_auto", in: onlyEmail, byDefault: types.BoolValue(true), attribute: attribute.FollowedFlag("`email`: whether SMTP is encrypted as soon as the server offers it. The platform's default is `true`.")},
	{name: "smtp_enable_ssl_tls", in: onlyEmail, byDefault: types.BoolValue(false), attribute: attribute.FollowedFlag("`email`: whether SMTP is encrypted from the start. The platform's default is `false`.")},
	{name: "smtp_openssl_verify_mode", in: onlyEmail, byDefault: types.StringValue("none"), attribute: attribute.Followed("`email`: how the SMTP server's certificate is checked. The platform's default is `none`.", stringvalidator.UTF8LengthAtMost(account.MaxString))},
	{name: "smtp_authentication", in: onlyEmail, byDefault: types.StringValue("login"), attribute: attribute.Followed("`email`: how SMTP signs in. The platform's default is `login`.", stringvalidator.UTF8LengthAtMost(account.MaxString))},
	{name: "verified_for_sending", in: onlyEmail, unread: true, attribute: schema.BoolAttribute{MarkdownDescription: "`email`: whether the address is verified for sending. The platform does not tell, so a change made elsewhere is not found.", Optional: true}, clear: false},

	{name: "line_channel_id", in: onlyLine, needed: true, attribute: attribute.OptionalText("`line`, required: the id of the LINE channel. No other inbox of the installation may have it.", account.MaxString)},
	{name: "line_channel_secret", in: onlyLine, needed: true, secret: true, attribute: secretText("`line`, required: the LINE channel's secret.")},
	{name: "line_channel_token", in: onlyLine, needed: true, secret: true, attribute: secretText("`line`, required: the LINE channel's access token.")},

	{name: "bot_token", in: []string{"telegram"}, needed: true, secret: true, attribute: secretText("`telegram`, required: the bot's token, which the platform checks with Telegram.")},

	{
		name: "phone_number", in: numberChannels, needed: true, oneOf: twilioChannels,
		attribute: fixedIn(twilioChannels, attribute.OptionalText("`whatsapp`, `sms`, required; `twilio_sms`, `twilio_whatsapp`, unless `messaging_service_sid` is set: the inbox's number in E.164 form. "+
			"No other inbox of the installation may have it. At Twilio, another number is another inbox.", account.MaxString, attribute.E164())),
	},
	{
		name: "messaging_service_sid", in: twilioChannels, needed: true, oneOf: twilioChannels,
		attribute: fixedIn(twilioChannels, attribute.OptionalText("`twilio_sms`, `twilio_whatsapp`, in place of `phone_number`: the SID of the messaging service that sends. "+
			"No other inbox of the installation may have it. Another service is another inbox.", account.MaxString)),
	},
	{
		name: "account_sid", in: twilioChannels, needed: true,
		attribute: attribute.OptionalText("`twilio_sms`, `twilio_whatsapp`, required: the SID of the account at Twilio. Only administrators see it.", account.MaxString),
	},
	{
		name: "auth_token", in: twilioChannels, needed: true, secret: true,
		attribute: secretText("`twilio_sms`, `twilio_whatsapp`, required: the account's token, or the secret of the API key in `api_key_sid`. The platform tries it with Twilio when the inbox is made, and not when it is changed."),
	},
	{
		name: "api_key_sid", in: twilioChannels,
		attribute: fixedIn([]string{"twilio_whatsapp"}, attribute.OptionalText("`twilio_sms`, `twilio_whatsapp`: the SID of an API key to sign in with. Only administrators see it. "+
			"In an inbox of the type `twilio_whatsapp` it cannot be changed: another one is another inbox.", account.MaxString)),
	},
	{
		name: "provider", in: providerFields, byDefault: types.StringValue("default"), noneIn: onlyEmail,
		attribute: attribute.Followed("`whatsapp`: who carries the messages, `default` (360dialog, the platform's default) or `whatsapp_cloud`. `email`: the mail provider's name.", stringvalidator.UTF8LengthAtMost(account.MaxString)),
	},
	{name: "provider_config", in: phoneChannels, secret: true, attribute: schema.MapAttribute{
		MarkdownDescription: "`whatsapp`, `sms`: the carrier's settings, such as `api_key`, `phone_number_id` and `business_account_id`. The platform checks those of `whatsapp`. " + secretNote,
		ElementType:         types.StringType, Optional: true, Sensitive: true, WriteOnly: true,
		Validators: []validator.Map{mapvalidator.NoNullValues()},
	}},
}

const secretNote = "Write-only: it is in no plan and no state. To send a new one, change the version beside it."

func secretText(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " " + secretNote,
		Optional:            true, Sensitive: true, WriteOnly: true,
		Validators: []validator.String{stringvalidator.UTF8LengthAtMost(account.MaxString)},
	}
}

func secretVersion(of string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: "Any text; a change sends `" + of + "` again.", Optional: true}
}

func portAttribute(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Optional: true, Validators: []validator.Int64{int64validator.Between(1, 65535)}}
}

func featureFlagsAttribute() schema.SetAttribute {
	return schema.SetAttribute{
		MarkdownDescription: "`web_widget`: what the widget offers, of " + attribute.Choices(featureFlags...) + ". The platform's default is the first three; " +
			"`allow_mobile_webview` needs version 4.12.0.",
		ElementType: types.StringType, Optional: true, Computed: true,
		Validators:    []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attribute.Known(featureFlags...))},
		PlanModifiers: []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
	}
}
