package provider_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	frameworkresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/permission"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
)

// TestPermissionsKnowEveryType wants the table of permissions to say of each Chatlake type what it needs, and nothing about
// types and attributes that the provider does not have.
func TestPermissionsKnowEveryType(t *testing.T) {
	resources, sources := resourceTypes(), dataSourceTypes()

	for _, name := range slices.Concat(resources, sources) {
		if !strings.HasPrefix(name, "chatlake_") {
			continue
		}

		found, ok := permission.Find(name)
		if !ok {
			t.Errorf("internal/chatlake/permission says nothing about %s", name)
			continue
		}

		if found.Write == "" && slices.Contains(resources, name) {
			t.Errorf("internal/chatlake/permission does not say who may write %s", name)
		}
	}

	for _, entry := range permission.Types() {
		if !slices.Contains(resources, entry.Name) && !slices.Contains(sources, entry.Name) {
			t.Errorf("internal/chatlake/permission knows %s, and the provider does not", entry.Name)
		}

		if entry.Plural != "" && !slices.Contains(sources, entry.Plural) {
			t.Errorf("internal/chatlake/permission knows %s, and the provider does not", entry.Plural)
		}
	}
}

// TestGatesKnowAttributes wants each gate to be about an attribute that exists.
func TestGatesKnowAttributes(t *testing.T) {
	for _, build := range provider.New("test")().Resources(context.Background()) {
		var (
			named     frameworkresource.MetadataResponse
			described frameworkresource.SchemaResponse
		)

		r := build()
		r.Metadata(context.Background(), frameworkresource.MetadataRequest{ProviderTypeName: "chat"}, &named)
		r.Schema(context.Background(), frameworkresource.SchemaRequest{}, &described)

		for _, gate := range release.Gates(named.TypeName) {
			if !hasAttribute(described.Schema.Attributes, strings.Split(gate.Attribute, ".")) {
				t.Errorf("%s has no attribute %s", gate.Type, gate.Attribute)
			}
		}
	}
}

func hasAttribute(attributes map[string]schema.Attribute, path []string) bool {
	attribute, ok := attributes[path[0]]
	if !ok || len(path) == 1 {
		return ok
	}

	nested, ok := attribute.(schema.SingleNestedAttribute)

	return ok && hasAttribute(nested.Attributes, path[1:])
}
