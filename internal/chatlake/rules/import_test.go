package rules_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// TestImport_severalNames imports by a name that two rules have: the error lists their ids.
func TestImport_severalNames(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	first := chatlaketest.Create(t, p, "chatlake_macro", values{"name": "Twice", "actions": []any{}}).String("id")
	second := chatlaketest.Create(t, p, "chatlake_macro", values{"name": "Twice", "actions": []any{}}).String("id")

	_, diags := p.Import(t.Context(), "chatlake_macro", "name:Twice")
	if !strings.Contains(diags.String(), `Several objects have name "Twice"`) || !strings.Contains(diags.String(), first+", "+second) {
		t.Errorf("imported: %s", diags)
	}

	_, diags = p.Import(t.Context(), "chatlake_macro", "name:Nobody")
	if !strings.Contains(diags.String(), `The macro with name "Nobody" does not exist`) {
		t.Errorf("imported: %s", diags)
	}
}
