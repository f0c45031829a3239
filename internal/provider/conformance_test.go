package provider_test

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	frameworkresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
)

// described is what attributes of every kind of schema can be asked.
type described interface {
	GetDescription() string
	GetMarkdownDescription() string
	IsSensitive() bool
	IsComputed() bool
	IsOptional() bool
	IsRequired() bool
}

var snake = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// TestResourcesConform holds every resource to what all of them promise.
func TestResourcesConform(t *testing.T) {
	ctx := context.Background()
	for i, build := range provider.New("test")().Resources(ctx) {
		name := resourceTypes()[i]
		t.Run(name, func(t *testing.T) {
			r := build()

			var resp frameworkresource.SchemaResponse
			r.Schema(ctx, frameworkresource.SchemaRequest{}, &resp)

			diags := resp.Schema.ValidateImplementation(ctx)
			if resp.Diagnostics.HasError() || diags.HasError() {
				t.Fatal(resp.Diagnostics, diags)
			}

			if len(resp.Schema.Blocks) > 0 {
				t.Error("it has blocks: nested attributes can be computed and validated, blocks cannot")
			}

			documented(t, "", resp.Schema.MarkdownDescription)

			if !strings.Contains(resp.Schema.MarkdownDescription, "](http") {
				t.Error("the description does not link the vendor's page")
			}

			resourceAttributes(t, "", resp.Schema.Attributes)

			if id, ok := resp.Schema.Attributes["id"].(schema.StringAttribute); !ok || !id.Computed || id.Optional {
				t.Error("id is not a computed string")
			}

			identified, ok := r.(frameworkresource.ResourceWithIdentity)
			if !ok {
				t.Fatal("it has no resource identity")
			}

			var identity frameworkresource.IdentitySchemaResponse
			identified.IdentitySchema(ctx, frameworkresource.IdentitySchemaRequest{}, &identity)

			diags = identity.IdentitySchema.ValidateImplementation(ctx)
			if diags.HasError() || len(identity.IdentitySchema.Attributes) == 0 {
				t.Error(diags, "identity cannot be used")
			}

			if _, ok := r.(frameworkresource.ResourceWithImportState); !ok {
				t.Error("it cannot be imported, and does not say why")
			}

			for _, setting := range []string{"on_destroy", "adopt_existing"} {
				if a, ok := resp.Schema.Attributes[setting]; ok && (!a.IsOptional() || a.IsComputed()) {
					t.Errorf("%s has a default in the schema: an import would need an update to say what happens anyway", setting)
				}
			}

			if _, ok := resp.Schema.Attributes["account_id"]; !ok && isOfAccount(name) {
				t.Error("it does not say which account it is of")
			}

			if !slices.Contains(dataSourceTypes(), name) && !slices.Contains(notReadable, name) {
				t.Error("there is no data source of the same name")
			}
		})
	}
}

// notReadable are types whose objects are read as part of another object's data source.
var notReadable = []string{
	"kommunicate_message", "kommunicate_conversation_member", "imichat_message", "chatlake_contact_inbox",
	"chatlake_conversation_participant", "chatlake_inbox_member", "chatlake_team_member",
}

func resourceAttributes(t *testing.T, at string, attributes map[string]schema.Attribute) {
	t.Helper()

	for name, a := range attributes {
		where := at + name
		attribute(t, where, name, a)

		if strings.HasSuffix(name, "_wo") {
			if !a.IsWriteOnly() || !a.IsSensitive() {
				t.Errorf("%s is not both write-only and sensitive", where)
			}

			if _, ok := attributes[name+"_version"]; !ok {
				t.Errorf("%s has no version beside it to say that it changed", where)
			}
		}

		switch a := a.(type) {
		case schema.SingleNestedAttribute:
			resourceAttributes(t, where+".", a.Attributes)
		case schema.ListNestedAttribute:
			resourceAttributes(t, where+".", a.NestedObject.Attributes)
		case schema.SetNestedAttribute:
			resourceAttributes(t, where+".", a.NestedObject.Attributes)
		case schema.MapNestedAttribute:
			resourceAttributes(t, where+".", a.NestedObject.Attributes)
		}
	}
}

// TestDataSourcesConform holds every data source to what all of them promise.
func TestDataSourcesConform(t *testing.T) {
	ctx := context.Background()
	for i, build := range provider.New("test")().DataSources(ctx) {
		t.Run(dataSourceTypes()[i], func(t *testing.T) {
			var resp datasource.SchemaResponse
			build().Schema(ctx, datasource.SchemaRequest{}, &resp)

			diags := resp.Schema.ValidateImplementation(ctx)
			if resp.Diagnostics.HasError() || diags.HasError() {
				t.Fatal(resp.Diagnostics, diags)
			}

			if _, ok := resp.Schema.Attributes["account_id"]; !ok && isOfAccount(dataSourceTypes()[i]) {
				t.Error("it does not say which account it is of")
			}

			documented(t, "", resp.Schema.MarkdownDescription)
			dataSourceAttributes(t, "", resp.Schema.Attributes)
		})
	}
}

func dataSourceAttributes(t *testing.T, at string, attributes map[string]datasourceschema.Attribute) {
	t.Helper()

	for name, a := range attributes {
		where := at + name
		attribute(t, where, name, a)

		switch a := a.(type) {
		case datasourceschema.SingleNestedAttribute:
			dataSourceAttributes(t, where+".", a.Attributes)
		case datasourceschema.ListNestedAttribute:
			dataSourceAttributes(t, where+".", a.NestedObject.Attributes)
		case datasourceschema.SetNestedAttribute:
			dataSourceAttributes(t, where+".", a.NestedObject.Attributes)
		}
	}
}

// attribute holds one attribute to what all of them promise.
func attribute(t *testing.T, where, name string, a described) {
	t.Helper()
	documented(t, where, cmp.Or(a.GetMarkdownDescription(), a.GetDescription()))

	if !snake.MatchString(name) {
		t.Errorf("%s is not in snake case", where)
	}

	for _, secret := range []string{"password", "hmac_token", "secret", "access_token", "api_key"} {
		if strings.TrimSuffix(name, "_wo") == secret && !a.IsSensitive() {
			t.Errorf("%s is not sensitive", where)
		}
	}
}

// documented wants sentences: they are the documentation.
func documented(t *testing.T, where, description string) {
	t.Helper()

	if len(description) < 8 || !strings.ContainsAny(description[len(description)-1:], ".)`") {
		t.Errorf("%s is described as %q", where, description)
	}
}

// isOfAccount reports whether objects of a type are in an account of Chatlake. What the platform API manages is above them.
func isOfAccount(name string) bool {
	return strings.HasPrefix(name, "chatlake_") && !strings.HasPrefix(name, "chatlake_platform_")
}
