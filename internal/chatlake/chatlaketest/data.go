package chatlaketest

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// ExpectSeveral expects an error from a data source whose key several objects have. It names the list to choose from.
func ExpectSeveral(t *testing.T, p *acctest.Protocol, object, key, value string) {
	t.Helper()

	_, diags := p.Data(t.Context(), "chatlake_"+object, acctest.Values{key: value})

	said := diags.String()
	noun := strings.ReplaceAll(object, "_", " ")
	if !strings.Contains(said, "Several "+noun) && !strings.Contains(said, "Several objects") || !strings.Contains(said, noun) {
		t.Errorf("%s: %s", object, said)
	}
}

// ExpectList expects a number of objects from a plural data source, the first with this text in a field.
func ExpectList(t *testing.T, p *acctest.Protocol, list string, config acctest.Values, count int, field, first string) {
	t.Helper()

	found, diags := p.Data(t.Context(), "chatlake_"+list, config)

	var (
		attributes map[string]tftypes.Value
		rows       []tftypes.Value
	)
	if len(diags) > 0 || found.As(&attributes) != nil || attributes[list].As(&rows) != nil || len(rows) != count || DataText(rows[0], field) != first {
		t.Errorf("%s: %d rows of %v\n%s", list, len(rows), found, diags)
	}
}
