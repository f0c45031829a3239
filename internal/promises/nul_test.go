package promises_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// A NUL character in a text is refused when planning, in every text attribute: no platform stores one, and Chatwoot answers 500.
func TestNUL(t *testing.T) {
	t.Parallel()

	p := acctest.NewProtocol(t)
	count := 0

	for _, kind := range p.Resources() {
		for _, a := range p.Schema(kind).Block.Attributes {
			isText := a.Type != nil && a.Type.Is(tftypes.String) && (a.Required || a.Optional)
			if !isText {
				continue
			}

			count++

			said := p.Validate(kind, acctest.Values{a.Name: "a\x00b"})
			if !slices.ContainsFunc(said, func(d *tfprotov6.Diagnostic) bool {
				return d.Summary == "NUL character" && d.Severity == tfprotov6.DiagnosticSeverityError && strings.Contains(d.Attribute.String(), fmt.Sprintf("%q", a.Name))
			}) {
				t.Errorf("%s.%s takes a NUL character: %s", kind, a.Name, said)
			}
		}
	}

	deep := map[string]acctest.Values{
		"chatlake_contact":          {"custom_attributes": acctest.Values{"a": []any{acctest.Values{"b": "\x00"}}}},
		"kommunicate_user":          {"user_id": "a", "metadata": acctest.Values{"a\x00": "b"}},
		"chatlake_automation_rule":  {"conditions": []any{acctest.Values{"attribute_key": "a\x00"}}},
		"kommunicate_conversation":  {"group_member_list": []any{"a\x00"}},
		"chatlake_account_settings": {"auto_resolve_after": 0},
	}
	for kind, config := range deep {
		said := p.Validate(kind, config).String()
		if strings.Contains(said, "NUL character") == (kind == "chatlake_account_settings") {
			t.Errorf("%s: %s", kind, said)
		}
	}

	if count < 150 {
		t.Errorf("%d texts", count)
	}
}
