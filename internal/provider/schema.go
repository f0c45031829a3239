package provider

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
)

// providerModel is the provider block.
type providerModel struct {
	RequestTimeout types.String `tfsdk:"request_timeout"`
	RetryTimeout   types.String `tfsdk:"retry_timeout"`
	MaxRetries     types.Int64  `tfsdk:"max_retries"`
	Kommunicate    types.Object `tfsdk:"kommunicate"`
	Chatlake       types.Object `tfsdk:"chatlake"`
	IMIchat        types.Object `tfsdk:"imichat"`
}

type kommunicateModel struct {
	networkModel

	APIKey            types.String  `tfsdk:"api_key"`
	ActingUserID      types.String  `tfsdk:"acting_user_id"`
	BaseURL           types.String  `tfsdk:"base_url"`
	ChatBaseURL       types.String  `tfsdk:"chat_base_url"`
	ApplicationID     types.String  `tfsdk:"application_id"`
	RequestsPerSecond types.Float64 `tfsdk:"requests_per_second"`
	Defaults          types.Object  `tfsdk:"conversation_defaults"`
}

type defaultsModel struct {
	Assignee    types.String `tfsdk:"assignee"`
	TeamID      types.String `tfsdk:"team_id"`
	AgentIDs    types.Set    `tfsdk:"agent_ids"`
	BotIDs      types.Set    `tfsdk:"bot_ids"`
	SkipRouting types.Bool   `tfsdk:"skip_routing"`
}

type chatlakeModel struct {
	networkModel

	BaseURL             types.String  `tfsdk:"base_url"`
	APIAccessToken      types.String  `tfsdk:"api_access_token"`
	AccountID           types.String  `tfsdk:"account_id"`
	PlatformAccessToken types.String  `tfsdk:"platform_access_token"`
	RequestsPerSecond   types.Float64 `tfsdk:"requests_per_second"`
}

type imichatModel struct {
	networkModel

	BaseURL             types.String  `tfsdk:"base_url"`
	APIKey              types.String  `tfsdk:"api_key"`
	Domain              types.String  `tfsdk:"domain"`
	AccessToken         types.String  `tfsdk:"access_token"`
	TeamID              types.String  `tfsdk:"team_id"`
	APIVersion          types.String  `tfsdk:"api_version"`
	AuthorizationHeader types.String  `tfsdk:"authorization_header"`
	AuthorizationPrefix types.String  `tfsdk:"authorization_prefix"`
	UseTransferAPI      types.Bool    `tfsdk:"use_transfer_api"`
	RequestsPerSecond   types.Float64 `tfsdk:"requests_per_second"`
}

// Schema describes the provider block.
func (p *chatProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Declares what lives on customer-chat platforms. Each platform has a block of its own, and each setting can come from the environment instead; configuration beats environment. A platform that is not configured costs nothing.",
		Attributes: map[string]schema.Attribute{
			"request_timeout": schema.StringAttribute{
				MarkdownDescription: "How long one attempt of a request may take, as a duration such as `30s`. Default `30s`; environment `CHAT_REQUEST_TIMEOUT`.",
				Optional:            true,
				Validators:          []validator.String{durationValidator{}},
			},
			"retry_timeout": schema.StringAttribute{
				MarkdownDescription: "For how long a request is repeated when the platform is busy or cannot be reached, as a duration such as `60s`. What the platform asks to wait comes on top. Default `60s`; environment `CHAT_RETRY_TIMEOUT`.",
				Optional:            true,
				Validators:          []validator.String{durationValidator{}},
			},
			"max_retries": schema.Int64Attribute{
				MarkdownDescription: "How often a request is repeated at most within `retry_timeout`, from 0 to 20. What creates something is repeated only when it certainly had no effect, or when a look-up by its key then found nothing. Default: as often as the time allows; environment `CHAT_MAX_RETRIES`.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.Between(0, mostRetries)},
			},
			"kommunicate": kommunicateBlock(),
			"chatlake":    chatlakeBlock(),
			"imichat":     imichatBlock(),
		},
	}
}

func kommunicateBlock() schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "A [Kommunicate](https://docs.kommunicate.io/docs/api-authentication) application.",
		Optional:            true,
		Attributes: withNetwork("kommunicate", "KOMMUNICATE", map[string]schema.Attribute{
			"api_key":             secret("API key, from Dashboard > Settings > Install.", "KOMMUNICATE_API_KEY"),
			"acting_user_id":      text("User id of the agent who acts in calls on conversations (the `Of-User-Id` header).", "KOMMUNICATE_ACTING_USER_ID", ""),
			"base_url":            address("Address of the Platform API.", "KOMMUNICATE_BASE_URL", kommunicateBaseURL),
			"chat_base_url":       address("Address of the chat backend, for attachments and for registering users.", "KOMMUNICATE_CHAT_BASE_URL", kommunicateChatBaseURL),
			"application_id":      text("Application id (App ID). With it, users can be registered where the platform does not let an API key create them, and state of another application is refused before anything is read or changed.", "KOMMUNICATE_APPLICATION_ID", ""),
			"requests_per_second": pace("KOMMUNICATE_REQUESTS_PER_SECOND"),
			"conversation_defaults": schema.SingleNestedAttribute{
				MarkdownDescription: "What holds for every `kommunicate_conversation` that does not say otherwise. The platform does not store these.",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"assignee":     schema.StringAttribute{MarkdownDescription: "User id of the agent or bot that conversations are assigned to.", Optional: true},
					"team_id":      schema.StringAttribute{MarkdownDescription: "Id of the team that conversations belong to.", Optional: true},
					"agent_ids":    schema.SetAttribute{MarkdownDescription: "User ids of agents that are members of every conversation.", Optional: true, ElementType: types.StringType},
					"bot_ids":      schema.SetAttribute{MarkdownDescription: "Ids of bots that are members of every conversation.", Optional: true, ElementType: types.StringType},
					"skip_routing": schema.BoolAttribute{MarkdownDescription: "Whether the account's conversation rules are not applied.", Optional: true},
				},
			},
		}),
	}
}

func chatlakeBlock() schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "A Chatlake account, or an account of any [Chatwoot](https://developers.chatwoot.com/api-reference/introduction) server.",
		Optional:            true,
		Attributes: withNetwork("chatlake", "CHATLAKE", map[string]schema.Attribute{
			"base_url":         address("Address of the server.", "CHATLAKE_BASE_URL", ""),
			"api_access_token": secret("Access token of a user, from Profile settings > Access Token. An administrator's is needed for most objects.", "CHATLAKE_API_ACCESS_TOKEN"),
			"account_id":       text("Id of the account.", "CHATLAKE_ACCOUNT_ID", "", attribute.IntegerID()),
			"platform_access_token": secret("Access token of a platform app, which a super administrator makes (Super Admin Console > Platform Apps). "+
				"Only the `chatlake_platform_*` types use it, and they need neither `api_access_token` nor `account_id`.", "CHATLAKE_PLATFORM_ACCESS_TOKEN"),
			"requests_per_second": pace("CHATLAKE_REQUESTS_PER_SECOND"),
		}),
	}
}

func imichatBlock() schema.Attribute {
	accessToken := secret("Access token, instead of `api_key` and `domain`. It is not renewed.", "IMICHAT_ACCESS_TOKEN")
	accessToken.Validators = []validator.String{attribute.NotWith(path.MatchRoot("imichat").AtName("api_key"), path.MatchRoot("imichat").AtName("domain"))}

	return schema.SingleNestedAttribute{
		MarkdownDescription: "An [IMIchat](https://docs.imi.chat/reference/create-chat) (Webex Engage) tenant.",
		Optional:            true,
		Attributes: withNetwork("imichat", "IMICHAT", map[string]schema.Attribute{
			"base_url":             address("Address of the REST API v3.1, without the version. Webex Engage API v1 (hosts such as `api-us-site-1.imiengage.io`, paths below `/api/v1`, OAuth) is another API, which this provider does not speak.", "IMICHAT_BASE_URL", ""),
			"api_key":              secret("API key, from Admin Console > Assets > API keys. It must be shared with the teams.", "IMICHAT_API_KEY"),
			"domain":               text("The tenant's domain name.", "IMICHAT_DOMAIN", ""),
			"access_token":         accessToken,
			"team_id":              text("Id of the team of objects that name none.", "IMICHAT_TEAM_ID", "", attribute.IntegerID()),
			"api_version":          plain("Version of the API.", imichatAPIVersion),
			"authorization_header": plain("Header that carries the key when the token is asked for. The vendor's page does not name it.", imichatAuthorizationHeader),
			"authorization_prefix": plain("What stands before the key in that header, such as `Basic `.", ""),
			"use_transfer_api": schema.BoolAttribute{
				MarkdownDescription: described("Whether another `team_id` of an `imichat_chat` transfers the chat instead of making a new one, by the vendor's [transfer call](https://docs.imi.chat/reference/transfer-api-private-beta), a private beta that the vendor enables for each customer. Default `false`.", "IMICHAT_USE_TRANSFER_API", ""),
				Optional:            true,
			},
			"requests_per_second": pace("IMICHAT_REQUESTS_PER_SECOND"),
		}),
	}
}

const (
	mostRetries = 20
	leastPace   = 0.01
)

var headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

func described(description, environment, fallback string) string {
	if fallback != "" {
		description += " Default `" + fallback + "`."
	}

	if environment != "" {
		description += " Environment `" + environment + "`."
	}

	return description
}

func text(description, environment, fallback string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: described(description, environment, fallback),
		Optional:            true,
		Validators:          attribute.OrEmpty(validators...),
	}
}

func secret(description, environment string) schema.StringAttribute {
	attribute := text(description, environment, "")
	attribute.Sensitive = true

	return attribute
}

func address(description, environment, fallback string) schema.StringAttribute {
	return text(description+" Plain `http://` is taken for addresses of this machine only, unless `allow_http` is set.", environment, fallback)
}

func plain(description, fallback string) schema.StringAttribute {
	if fallback == "" {
		description += " Default empty."
	}

	return schema.StringAttribute{MarkdownDescription: described(description, "", fallback), Optional: true}
}

func pace(environment string) schema.Float64Attribute {
	return schema.Float64Attribute{
		MarkdownDescription: described("How many requests are sent to this platform per second at most. Default: no limit.", environment, ""),
		Optional:            true,
		Validators:          []validator.Float64{float64validator.AtLeast(leastPace)},
	}
}
