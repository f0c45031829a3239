package provider

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	chatlakeapi "github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

type block map[string]any

// unknown stands for a value that is not known yet.
type unknown struct{}

// value builds a value of the type; what the block leaves out is null.
func value(t *testing.T, ty tftypes.Type, v any) tftypes.Value {
	t.Helper()

	switch v := v.(type) {
	case unknown:
		return tftypes.NewValue(ty, tftypes.UnknownValue)
	case block:
		object, ok := ty.(tftypes.Object)
		if !ok {
			t.Fatalf("%s is not an object", ty)
		}

		members := map[string]tftypes.Value{}
		for name, member := range object.AttributeTypes {
			members[name] = value(t, member, v[name])
		}

		for name := range v {
			if _, ok := object.AttributeTypes[name]; !ok {
				t.Fatalf("the provider block has no %s", name)
			}
		}

		return tftypes.NewValue(ty, members)
	default:
		return tftypes.NewValue(ty, v)
	}
}

func configure(t *testing.T, config block) (*clients, diag.Diagnostics) {
	t.Helper()

	ctx := context.Background()
	p := New("test")()

	var schema provider.SchemaResponse
	p.Schema(ctx, provider.SchemaRequest{}, &schema)

	var resp provider.ConfigureResponse
	p.Configure(ctx, provider.ConfigureRequest{Config: tfsdk.Config{
		Schema: schema.Schema, Raw: value(t, schema.Schema.Type().TerraformType(ctx), config),
	}}, &resp)
	c, _ := resp.ResourceData.(*clients)

	return c, resp.Diagnostics
}

// said is every message of the diagnostics, with the attributes they are on.
func said(diags diag.Diagnostics) string {
	var b strings.Builder

	for _, d := range diags {
		if on, ok := d.(diag.DiagnosticWithPath); ok {
			b.WriteString(on.Path().String() + ": ")
		}

		b.WriteString(d.Summary() + ": " + d.Detail() + "\n")
	}

	return b.String()
}

var (
	goodKommunicate = block{"api_key": "k", "acting_user_id": "agent"}
	goodChatlake    = block{"base_url": "https://chat.example.com", "api_access_token": "t", "account_id": "1"}
	goodIMIchat     = block{"base_url": "https://tenant.imi.example.com", "api_key": "k", "domain": "d"}
)

// with returns a copy of the block with one more member.
func (b block) with(name string, v any) block {
	copied := block{name: v}
	for key, value := range b {
		if key != name {
			copied[key] = value
		}
	}

	return copied
}

func TestConfigureRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		config block
		want   []string
	}{
		{"missing api_key", block{"kommunicate": block{"acting_user_id": "a"}}, []string{"Missing kommunicate API key", "Set kommunicate.api_key", "KOMMUNICATE_API_KEY"}},
		{"missing acting user", block{"kommunicate": block{"api_key": "k"}}, []string{"Missing kommunicate acting user id", "Set kommunicate.acting_user_id", "KOMMUNICATE_ACTING_USER_ID"}},
		{"missing token and address", block{"chatlake": block{"account_id": "1"}}, []string{"Missing chatlake base URL, API access token", "Set chatlake.api_access_token", "CHATLAKE_BASE_URL"}},
		{"missing key and domain", block{"imichat": block{"base_url": "https://x.example.com"}}, []string{"Missing imichat API key, domain", "Set imichat.api_key", "Set imichat.domain"}},
		{"plain http", block{"chatlake": goodChatlake.with("base_url", "http://chat.example.com")}, []string{"chatlake.base_url: Invalid", "chatlake.allow_http"}},
		{"plain http to the chat host", block{"kommunicate": goodKommunicate.with("chat_base_url", "http://chat.example.com")}, []string{"kommunicate.chat_base_url: Invalid"}},
		{"no scheme", block{"chatlake": goodChatlake.with("base_url", "chat.example.com")}, []string{"https://chat.example.com"}},
		{"credentials in the address", block{"chatlake": goodChatlake.with("base_url", "https://u:p@chat.example.com")}, []string{"may not hold a user"}},
		{"query in the address", block{"chatlake": goodChatlake.with("base_url", "https://chat.example.com?token=x1")}, []string{`is "https://chat.example.com?..."`, "may not hold a user, a query"}},
	} {
		_, diags := configure(t, c.config)
		for _, want := range c.want {
			got := said(diags)
			if !strings.Contains(got, want) {
				t.Errorf("%s: got %q, want %q in it", c.name, got, want)
			}
		}
	}
}

// A platform that is not configured is reported only by what needs it.
func TestConfigureUnconfiguredCostsNothing(t *testing.T) {
	for _, name := range []string{"KOMMUNICATE_API_KEY", "CHATLAKE_API_ACCESS_TOKEN", "IMICHAT_API_KEY"} {
		t.Setenv(name, "")
	}

	c, diags := configure(t, block{"chatlake": goodChatlake})
	if len(diags) != 0 {
		t.Fatal(said(diags))
	}

	_, diags = c.Chatlake()
	if len(diags) != 0 {
		t.Error(said(diags))
	}

	_, diags = c.Kommunicate()
	for _, want := range []string{"kommunicate.api_key", "KOMMUNICATE_API_KEY"} {
		got := said(diags)
		if !strings.Contains(got, want) || diags.HasError() {
			t.Errorf("got %q, want a warning with %q in it", got, want)
		}
	}

	_, diags = c.Kommunicate()
	if len(diags) > 0 {
		t.Errorf("told again: %q", said(diags))
	}
}

// Terraform drops provider blocks where a source has several local names: only then the whole block is empty.
func TestConfigureSeveralLocalNames(t *testing.T) {
	for _, name := range []string{"KOMMUNICATE_API_KEY", "KOMMUNICATE_ACTING_USER_ID"} {
		t.Setenv(name, "")
	}

	for _, c := range []struct {
		config block
		want   bool
	}{{block{}, true}, {block{"chatlake": goodChatlake}, false}, {block{"max_retries": 2}, false}} {
		clients, _ := configure(t, c.config)
		client, _ := clients.Kommunicate()

		refusal := client.Transport.Refuse
		if refusal == nil || strings.Contains(refusal.Error(), "more than one local name") != c.want {
			t.Errorf("%v: %v", c.config, refusal)
		}
	}
}

func TestConfigureEnvironment(t *testing.T) {
	t.Setenv("CHATLAKE_BASE_URL", "https://env.example.com/sub")
	t.Setenv("CHATLAKE_API_ACCESS_TOKEN", "env-token")
	t.Setenv("CHATLAKE_ACCOUNT_ID", "7")
	t.Setenv("CHATLAKE_REQUESTS_PER_SECOND", "2.5")
	t.Setenv("CHAT_REQUEST_TIMEOUT", "5s")
	t.Setenv("CHAT_MAX_RETRIES", "9")

	c, diags := configure(t, block{})
	if len(diags) != 0 {
		t.Fatal(said(diags))
	}

	client, diags := c.Chatlake()
	if len(diags) != 0 {
		t.Fatalf("an environment alone does not configure a platform: %s", said(diags))
	}

	check := func(client *chatlakeapi.Client, address, token string) {
		t.Helper()

		if client.BaseURL.String() != address || client.APIAccessToken != token || client.AccountID != "7" {
			t.Errorf("got %s, %s, %s", client.BaseURL, client.APIAccessToken, client.AccountID)
		}

		tr := client.Settings.Transport
		if tr.Timeout.String() != "5s" || tr.MaxRetries != 9 || tr.RequestsPerSecond != 2.5 {
			t.Errorf("got %+v", tr)
		}
	}
	check(client, "https://env.example.com/sub", "env-token")

	c, diags = configure(t, block{"chatlake": block{"api_access_token": "block-token"}})
	if len(diags) != 0 {
		t.Fatal(said(diags))
	}

	client, _ = c.Chatlake()
	check(client, "https://env.example.com/sub", "block-token")

	t.Setenv("CHAT_MAX_RETRIES", "many")
	t.Setenv("CHAT_REQUEST_TIMEOUT", "soon")
	t.Setenv("CHATLAKE_REQUESTS_PER_SECOND", "-1")

	_, diags = configure(t, block{"chatlake": goodChatlake})
	for _, want := range []string{"Invalid CHAT_MAX_RETRIES", "request_timeout", "Invalid CHATLAKE_REQUESTS_PER_SECOND"} {
		got := said(diags)
		if !strings.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
}

func TestConfigureDefaults(t *testing.T) {
	c, diags := configure(t, block{"kommunicate": goodKommunicate, "imichat": goodIMIchat})
	if len(diags) != 0 {
		t.Fatal(said(diags))
	}

	kommunicate, _ := c.Kommunicate()
	imichat, _ := c.IMIchat()

	if kommunicate.BaseURL.String() != kommunicateBaseURL || kommunicate.ChatBaseURL.String() != kommunicateChatBaseURL {
		t.Errorf("got %s and %s", kommunicate.BaseURL, kommunicate.ChatBaseURL)
	}

	if imichat.APIVersion != "v3.1" || imichat.AuthorizationHeader != "Authorization" {
		t.Errorf("got %+v", imichat.Settings)
	}

	tr := imichat.Settings.Transport
	if tr.Timeout.String() != "30s" || tr.MaxRetries >= 0 || tr.RequestsPerSecond != 0 {
		t.Errorf("got %+v", tr)
	}
}

// A value that is not known yet never turns into a default, an environment variable or an empty client.
func TestConfigureUnknown(t *testing.T) {
	t.Setenv("CHATLAKE_BASE_URL", "https://env.example.com")

	for name, config := range map[string]block{
		"one attribute":   {"chatlake": goodChatlake.with("base_url", unknown{})},
		"the token":       {"chatlake": goodChatlake.with("api_access_token", unknown{})},
		"the whole block": {"chatlake": unknown{}},
		"a number":        {"chatlake": goodChatlake.with("requests_per_second", unknown{})},
		"a general one":   {"chatlake": goodChatlake, "max_retries": unknown{}},
	} {
		c, diags := configure(t, config)
		if len(diags) != 0 {
			t.Errorf("%s: planning new objects is refused: %s", name, said(diags))
			continue
		}

		client, diags := c.Chatlake()
		if len(diags) != 0 {
			t.Errorf("%s: %s", name, said(diags))
			continue
		}

		refusal := client.Settings.Transport.Refuse
		if refusal == nil || !strings.Contains(refusal.Error(), "not fully known yet") {
			t.Errorf("%s: calls are let through: %v", name, refusal)
		}
	}
}

func TestConfigureIMIchatTokenOrKey(t *testing.T) {
	t.Setenv("IMICHAT_ACCESS_TOKEN", "env-token")

	c, diags := configure(t, block{"imichat": block{"base_url": "https://x.example.com"}})
	if len(diags) != 0 {
		t.Fatal(said(diags))
	}

	client, _ := c.IMIchat()
	if client.AccessToken != "env-token" {
		t.Errorf("got %+v", client.Settings)
	}

	c, diags = configure(t, block{"imichat": goodIMIchat})
	if len(diags) != 0 {
		t.Fatal(said(diags))
	}

	client, _ = c.IMIchat()
	if client.AccessToken != "" || client.APIKey != "k" {
		t.Errorf("a token of the environment beat the key of the block: %+v", client.Settings)
	}
}

func TestSchemaHidesCredentials(t *testing.T) {
	var schema provider.SchemaResponse
	New("test")().Schema(context.Background(), provider.SchemaRequest{}, &schema)

	diags := schema.Schema.ValidateImplementation(context.Background())
	if diags.HasError() {
		t.Fatal(said(diags))
	}

	for _, c := range []struct{ platform, name string }{
		{"kommunicate", "api_key"}, {"chatlake", "api_access_token"}, {"imichat", "api_key"}, {"imichat", "access_token"},
	} {
		attribute, diags := schema.Schema.AttributeAtPath(context.Background(), path.Root(c.platform).AtName(c.name))
		if diags.HasError() || !attribute.IsSensitive() {
			t.Errorf("%s.%s is not sensitive: %s", c.platform, c.name, said(diags))
		}
	}
}
