package provider

import (
	"context"
	"fmt"
	"math"
	"net"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	chatlakeapi "github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	imichatapi "github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	kommunicateapi "github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const (
	kommunicateBaseURL         = "https://services.kommunicate.io"
	kommunicateChatBaseURL     = "https://chat.kommunicate.io"
	imichatAPIVersion          = "v3.1"
	imichatAuthorizationHeader = "Authorization"
	defaultTimeout             = "30s"
	defaultRetryTimeout        = "60s"
	// unlimited is the number of retries that only retry_timeout limits.
	unlimited = -1
)

// clients is what Configure hands to the rooms. Each platform's problems wait for the first object that needs it.
type clients struct {
	kommunicate *configured[kommunicateapi.Client]
	chatlake    *configured[chatlakeapi.Client]
	imichat     *configured[imichatapi.Client]
	claims      ownership.Claims
}

type configured[C any] struct {
	client   *C
	problems diag.Diagnostics
	isTold   atomic.Bool
}

// forObject returns the client and what is wrong with it. Each object that needs the client meets the errors; warnings are
// told once.
func (c *configured[C]) forObject() (*C, diag.Diagnostics) {
	if c.isTold.Swap(true) {
		return c.client, c.problems.Errors()
	}

	return c.client, c.problems
}

func (c *clients) Kommunicate() (*kommunicateapi.Client, diag.Diagnostics) {
	return c.kommunicate.forObject()
}

func (c *clients) Chatlake() (*chatlakeapi.Client, diag.Diagnostics) {
	return c.chatlake.forObject()
}

func (c *clients) IMIchat() (*imichatapi.Client, diag.Diagnostics) {
	return c.imichat.forObject()
}

// Claims returns the objects that this run has made its own.
func (c *clients) Claims() *ownership.Claims { return &c.claims }

// clients builds every platform's client. Problems of a block that is there are the provider's; those of a platform that
// only the environment could configure are kept for the objects that need it.
func (m *providerModel) clients(ctx context.Context, version string, waiting *transport.Waiting, diags *diag.Diagnostics) *clients {
	general := settings{diags: diags}
	common := transport.Config{
		UserAgent:    "terraform-provider-chat/" + version,
		Timeout:      general.duration(m.RequestTimeout, "request_timeout", "CHAT_REQUEST_TIMEOUT", defaultTimeout),
		RetryTimeout: general.duration(m.RetryTimeout, "retry_timeout", "CHAT_RETRY_TIMEOUT", defaultRetryTimeout),
		MaxRetries:   general.integer(m.MaxRetries, "max_retries", "CHAT_MAX_RETRIES", unlimited),
		Waiting:      waiting,
		Log:          logging(),
		LogBodies:    tracing(),
	}

	if len(general.unknown) > 0 {
		common.Refuse = general.refusal()
	}

	isBare := m.Kommunicate.IsNull() && m.Chatlake.IsNull() && m.IMIchat.IsNull() && m.RequestTimeout.IsNull() && m.RetryTimeout.IsNull() && m.MaxRetries.IsNull()

	return &clients{
		kommunicate: build(ctx, m.Kommunicate, "kommunicate", isBare, common, diags, (*kommunicateModel).client),
		chatlake:    build(ctx, m.Chatlake, "chatlake", isBare, common, diags, (*chatlakeModel).client),
		imichat:     build(ctx, m.IMIchat, "imichat", isBare, common, diags, (*imichatModel).client),
	}
}

// build makes one platform's client from its block, or from the environment alone.
func build[M, C any](ctx context.Context, block types.Object, name string, isBare bool, common transport.Config, diags *diag.Diagnostics,
	client func(*M, context.Context, *settings, transport.Config) *C,
) *configured[C] {
	var problems diag.Diagnostics

	s := &settings{platform: name, block: path.Root(name), diags: &problems, absent: block.IsNull(), isBare: isBare}
	model := new(M)
	s.object(ctx, "the whole block", block, model)

	built := &configured[C]{client: client(model, ctx, s, common)}
	if block.IsUnknown() {
		return built // Its client refuses every call; what is missing from it cannot be told yet.
	}

	if s.absent {
		built.problems = problems
	} else {
		diags.Append(problems...)
	}

	return built
}

func (m *kommunicateModel) client(ctx context.Context, s *settings, c transport.Config) *kommunicateapi.Client {
	c.Network = s.network(ctx, &m.networkModel)
	c.RequestsPerSecond = s.number(m.RequestsPerSecond, "requests_per_second")
	settings := kommunicateapi.Settings{
		APIKey:        s.required(m.APIKey, "api_key", "API key"),
		ActingUserID:  s.required(m.ActingUserID, "acting_user_id", "acting user id"),
		BaseURL:       s.address(m.BaseURL, m.AllowHTTP, "base_url", kommunicateBaseURL),
		ChatBaseURL:   s.address(m.ChatBaseURL, m.AllowHTTP, "chat_base_url", kommunicateChatBaseURL),
		ApplicationID: s.environ(m.ApplicationID, "application_id", ""),
	}
	settings.Defaults = m.defaults(ctx, s)
	s.secret(settings.APIKey)
	settings.Transport = s.refuse(c)

	return kommunicateapi.New(settings)
}

func (m *kommunicateModel) defaults(ctx context.Context, s *settings) kommunicateapi.ConversationDefaults {
	var d defaultsModel
	s.object(ctx, "conversation_defaults", m.Defaults, &d)
	s.note("conversation_defaults", d.Assignee, d.TeamID, d.AgentIDs, d.BotIDs, d.SkipRouting)
	agents, problems := tfvalue.Strings(ctx, d.AgentIDs)
	s.diags.Append(problems...)
	bots, problems := tfvalue.Strings(ctx, d.BotIDs)
	s.diags.Append(problems...)

	return kommunicateapi.ConversationDefaults{
		Assignee: d.Assignee.ValueString(), TeamID: d.TeamID.ValueString(),
		AgentIDs: agents, BotIDs: bots, SkipRouting: tfvalue.BoolPtr(d.SkipRouting),
	}
}

func (m *chatlakeModel) client(ctx context.Context, s *settings, c transport.Config) *chatlakeapi.Client {
	c.Network = s.network(ctx, &m.networkModel)
	c.RequestsPerSecond = s.number(m.RequestsPerSecond, "requests_per_second")
	settings := chatlakeapi.Settings{BaseURL: s.address(m.BaseURL, m.AllowHTTP, "base_url", "")}

	// What is missing for the account does not matter to the API above the accounts, and the other way round.
	above := s.apart()
	settings.PlatformAccessToken = above.required(m.PlatformAccessToken, "platform_access_token", "platform access token")
	settings.PlatformRefuse = above.refuse(c).Refuse

	settings.APIAccessToken = s.required(m.APIAccessToken, "api_access_token", "API access token")
	settings.AccountID = s.id(m.AccountID, "account_id", s.required(m.AccountID, "account_id", "account id"))
	s.isSilent = settings.APIAccessToken == "" && settings.AccountID == "" && (settings.PlatformAccessToken != "" || m.PlatformAccessToken.IsUnknown())
	s.secret(settings.APIAccessToken, settings.PlatformAccessToken)
	settings.Transport = s.refuse(c)

	return chatlakeapi.New(settings)
}

func (m *imichatModel) client(ctx context.Context, s *settings, c transport.Config) *imichatapi.Client {
	c.Network = s.network(ctx, &m.networkModel)
	c.RequestsPerSecond = s.number(m.RequestsPerSecond, "requests_per_second")
	settings := imichatapi.Settings{
		BaseURL:             s.address(m.BaseURL, m.AllowHTTP, "base_url", ""),
		TeamID:              s.id(m.TeamID, "team_id", s.environ(m.TeamID, "team_id", "")),
		APIVersion:          s.text(m.APIVersion, "api_version", "", imichatAPIVersion),
		AuthorizationHeader: s.text(m.AuthorizationHeader, "authorization_header", "", imichatAuthorizationHeader),
		AuthorizationPrefix: s.untrimmed(m.AuthorizationPrefix, "authorization_prefix"),
		UseTransferAPI:      s.flag(m.UseTransferAPI, "use_transfer_api"),
	}
	// A key in the block beats a token in the environment, and the other way round.
	if tfvalue.IsEmpty(m.APIKey) && tfvalue.IsEmpty(m.Domain) {
		settings.AccessToken = s.environ(m.AccessToken, "access_token", "")
	}

	if settings.AccessToken == "" && !m.AccessToken.IsUnknown() {
		settings.APIKey = s.required(m.APIKey, "api_key", "API key")
		settings.Domain = s.required(m.Domain, "domain", "domain")
	}

	if imichatapi.LooksLikeEngageV1(settings.BaseURL) {
		s.diags.AddAttributeWarning(s.at("base_url"), "The address looks like another API", imichatapi.EngageV1Advice)
	}

	s.secret(settings.APIKey, settings.AccessToken)
	settings.Transport = s.refuse(c)

	return imichatapi.New(settings)
}

// settings reads one block: from configuration, else environment, else default.
type settings struct {
	platform string
	block    path.Path
	diags    *diag.Diagnostics
	absent   bool
	unknown  []string
	secrets  []string
	// lacks are the credentials and the address that are nowhere: without them nothing is sent.
	lacks []transport.Refusal
	// isBare is true if the whole provider block is empty.
	isBare bool
	// isSilent is true if what the block lacks is no reason for a warning.
	isSilent bool
}

// apart returns settings of the same block for a second client: it notes by itself what is unknown and what is lacking, on top
// of what was noted so far, and warns of nothing.
func (s *settings) apart() *settings {
	other := *s
	other.unknown, other.lacks, other.isSilent = slices.Clone(s.unknown), slices.Clone(s.lacks), true

	return &other
}

// text returns a setting, with the name of its environment variable. "" in the configuration means the same as null.
func (s *settings) text(v types.String, name, environment, fallback string) string {
	s.note(name, v)

	if v.ValueString() != "" {
		return s.clean(name, v.ValueString())
	}

	found := os.Getenv(environment)
	if environment != "" && found != "" && !v.IsUnknown() {
		return s.clean(name, found)
	}

	return fallback
}

// untrimmed is text for a setting whose space at the end counts, such as "Basic ".
func (s *settings) untrimmed(v types.String, name string) string {
	if s.text(v, name, "", "") == "" {
		return ""
	}

	return v.ValueString()
}

// id refuses an id that is no whole number. The block's validators have seen the one of the configuration.
func (s *settings) id(v types.String, name, value string) string {
	if value != "" && v.ValueString() == "" && !integerID.MatchString(value) {
		s.complain(name, "Invalid "+s.variable(name), "It is not a whole number greater than 0, such as \"42\". Its value is not shown here: it may be that of another setting.")
		return ""
	}

	return value
}

// duration is a positive duration.
func (s *settings) duration(v types.String, name, environment, fallback string) time.Duration {
	value := s.text(v, name, environment, fallback)

	d, err := time.ParseDuration(value)
	if err != nil || d <= 0 {
		s.complain(name, "Invalid "+strings.ReplaceAll(name, "_", " "), fmt.Sprintf("%q is not a duration such as \"30s\" or \"2m\" (%s, or environment %s).", value, name, environment))
	}

	return d
}

// environ is a setting whose environment variable is <PLATFORM>_<ATTRIBUTE>.
func (s *settings) environ(v types.String, name, fallback string) string {
	return s.text(v, name, s.variable(name), fallback)
}

func (s *settings) variable(name string) string {
	return strings.ToUpper(s.platform + "_" + name)
}

func (s *settings) required(v types.String, name, noun string) string {
	value := s.environ(v, name, "")
	if value == "" && !v.IsUnknown() {
		s.missing(name, noun)
	}

	return value
}

func (s *settings) missing(name, noun string) {
	s.lacks = append(s.lacks, transport.Refusal{
		Summary: "Missing " + s.platform + " " + noun,
		Detail:  fmt.Sprintf("Set %[1]s.%[2]s in the provider block, or the environment variable %[3]s.", s.platform, name, s.variable(name)),
	})
}

// lacking returns why nothing can be sent. Planning new objects, and all others with -refresh=false, sends nothing,
// and so needs no credentials.
func (s *settings) lacking() *transport.Refusal {
	refusal := s.lacks[0]
	for _, also := range s.lacks[1:] {
		refusal.Summary += ", " + strings.TrimPrefix(also.Summary, "Missing "+s.platform+" ")
		refusal.Detail += "\n" + also.Detail
	}

	if s.isBare {
		refusal.Detail += fmt.Sprintf("\n\nIf there is a provider block with %s in it: Terraform may drop provider blocks at random when this provider's "+
			"source stands under more than one local name in required_providers. Keep one name.", s.platform)
	}

	return &refusal
}

// address is a base address: absolute, and encrypted unless it stays on this machine or plain HTTP is allowed.
func (s *settings) address(v types.String, allowHTTP types.Bool, name, fallback string) *url.URL {
	value := s.environ(v, name, fallback)
	if v.IsUnknown() {
		return &url.URL{}
	}

	if value == "" {
		s.missing(name, "base URL")
		return &url.URL{}
	}

	parsed, err := url.Parse(value)
	problem := ""

	switch {
	case err != nil || parsed.Host == "" || parsed.Scheme != "https" && parsed.Scheme != "http":
		problem = "it is not an address such as \"https://chat.example.com\""
	case parsed.User != nil || parsed.RawQuery != "" || parsed.ForceQuery || strings.Contains(value, "#"):
		problem = "it may not hold a user, a query or a fragment"
	case !s.flag(allowHTTP, "allow_http") && parsed.Scheme == "http" && !loopback(parsed.Hostname()):
		problem = fmt.Sprintf("plain http:// would send the credential unencrypted. It is taken for addresses of this machine only, unless %s.allow_http is true", s.platform)
	case innerPath.MatchString(parsed.Path) && !(s.platform == "imichat" && imichatapi.LooksLikeEngageV1(parsed)):
		short := *parsed
		short.Path = innerPath.FindStringSubmatch(parsed.Path)[1]
		problem = fmt.Sprintf("it goes on into the platform, to a page or to its API. Use %q", short.String())
	}

	if problem != "" {
		_, rest, found := strings.Cut(value, "@")
		if found {
			value = "...@" + rest // What stands before it may be a password.
		}

		end := strings.IndexAny(value, "?#")
		if end >= 0 {
			value = value[:end+1] + "..." // What stands behind it may be a token.
		}

		shown := fmt.Sprintf("%s.%s is %q, but %s.", s.platform, name, value, problem)
		if !strings.Contains(value, "://") {
			shown = fmt.Sprintf("%s.%s cannot be used: %s. Its value is not shown here: it may be that of another setting.", s.platform, name, problem)
		}

		s.complain(name, "Invalid "+s.platform+" base URL", shown)

		return &url.URL{}
	}

	return parsed
}

var (
	// innerPath is a path that was copied from a browser, or from a page about the API, behind the base address.
	innerPath = regexp.MustCompile(`^(.*?)/(?:app(?:/.*)?|api/v[0-9].*|rest/ws(?:/.*)?|v[0-9]+\.[0-9]+/?)$`)
	integerID = regexp.MustCompile(`^[1-9][0-9]{0,17}$`)
)

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s *settings) integer(v types.Int64, name, environment string, fallback int) int {
	s.note(name, v)

	if tfvalue.IsSet(v) {
		return int(v.ValueInt64())
	}

	found := os.Getenv(environment)
	if found == "" {
		return fallback
	}

	n, err := strconv.Atoi(found)
	if err != nil || n < 0 || n > mostRetries {
		s.complain(name, "Invalid "+environment, fmt.Sprintf("%q is not a whole number from 0 to %d.", found, mostRetries))
	}

	return n
}

// flag returns a setting that is false unless it is set.
func (s *settings) flag(v types.Bool, name string) bool {
	s.note(name, v)

	if tfvalue.IsSet(v) {
		return v.ValueBool()
	}

	found := os.Getenv(s.variable(name))
	if found == "" {
		return false
	}

	yes, err := strconv.ParseBool(found)
	if err != nil {
		s.complain(name, "Invalid "+s.variable(name), fmt.Sprintf("%q is neither true nor false.", found))
	}

	return yes
}

func (s *settings) number(v types.Float64, name string) float64 {
	s.note(name, v)

	if tfvalue.IsSet(v) {
		return v.ValueFloat64()
	}

	found := os.Getenv(s.variable(name))
	if found == "" {
		return 0
	}

	n, err := strconv.ParseFloat(found, 64)
	if err != nil || !(n >= leastPace && n <= math.MaxInt32) { // Also for what is not a number.
		s.complain(name, "Invalid "+s.variable(name), fmt.Sprintf("%q is not a number of %v or more.", found, leastPace))
	}

	return n
}

// object reads a nested block into a model, and leaves the model alone if there is none.
func (s *settings) object(ctx context.Context, name string, block types.Object, model any) {
	s.note(name, block)

	if tfvalue.IsSet(block) {
		s.diags.Append(block.As(ctx, model, basetypes.ObjectAsOptions{})...)
	}
}

// note remembers a value that is not known yet.
func (s *settings) note(name string, values ...attr.Value) {
	for _, v := range values {
		if v.IsUnknown() {
			s.unknown = append(s.unknown, name)
		}
	}
}

// refuse makes the client fail on its first call if a setting is not known yet. Planning new objects asks the platform
// nothing, so a server that is made in the same apply can be configured; and no call ever goes to a default address with
// half of the settings.
func (s *settings) refuse(c transport.Config) transport.Config {
	c.Secrets = s.secrets

	if len(s.unknown) > 0 {
		c.Refuse = s.refusal()
	} else if c.Refuse == nil && len(s.lacks) > 0 {
		refusal := s.lacking()
		c.Refuse = refusal

		if !s.isSilent {
			s.diags.AddWarning(refusal.Summary, "Planning new objects works without it. Reading and changing does not.\n\n"+refusal.Detail)
		}
	}

	return c
}

func (s *settings) refusal() error {
	names := strings.Join(s.unknown, ", ")
	if s.platform != "" {
		names = s.platform + ": " + names
	}

	return &transport.Refusal{Summary: "The provider block is not fully known yet", Detail: fmt.Sprintf(
		"Not known: %s. The value comes from something that this run has still to create, so existing objects cannot be read. "+
			"Create that first with terraform apply -target, or give a value that is known when planning.", names)}
}

func (s *settings) complain(name, summary, detail string) {
	if s.absent {
		s.diags.AddError(summary, detail)
		return
	}

	s.diags.AddAttributeError(s.at(name), summary, detail)
}

func (s *settings) at(name string) path.Path {
	if s.platform == "" {
		return path.Root(name)
	}

	return s.block.AtName(name)
}

// logging reports whether the log lines of the provider may be read, and tracing whether those of the level TRACE may.
func logging() bool { return logLevel(func(level string) bool { return level != "OFF" }) }

func tracing() bool {
	return logLevel(func(level string) bool { return level == "TRACE" || level == "JSON" })
}

func logLevel(is func(level string) bool) bool {
	for _, name := range []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_CHAT"} {
		level := strings.ToUpper(os.Getenv(name))
		if level != "" && is(level) {
			return true
		}
	}

	return false
}

// durationValidator accepts a positive duration as Go writes it.
type durationValidator struct{}

func (durationValidator) Description(context.Context) string {
	return "must be a duration greater than 0, such as \"30s\" or \"2m\""
}

func (v durationValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v durationValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.ValueString() == "" {
		return
	}

	if d, err := time.ParseDuration(req.ConfigValue.ValueString()); err != nil || d <= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid duration", fmt.Sprintf("%s %s.", req.Path, v.Description(ctx)))
	}
}
