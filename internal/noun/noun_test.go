package noun_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
)

func TestOf(t *testing.T) {
	t.Parallel()

	for name, want := range map[string]string{
		"chatlake_canned_response":     "canned response",
		"chatlake_sla_policy":          "SLA policy",
		"chatlake_captain_custom_tool": "Captain custom tool",
		"label":                        "label",
	} {
		got := noun.Of(name)
		if got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}

	for words, want := range map[string]string{"label": "label is", "account settings": "account settings are"} {
		got := noun.Is(words)
		if got != want {
			t.Errorf("%s: %q", words, got)
		}
	}

	got := noun.Words("sla_policies")
	if got != "SLA policies" {
		t.Errorf("sla_policies are %q", got)
	}
}
