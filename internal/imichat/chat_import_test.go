package imichat

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// FuzzImportID lets through only what cannot change a path.
func FuzzImportID(f *testing.F) {
	for _, seed := range []string{"CSR6M0VZHRFMQ2XW", "alias:order-4711", "alias_id:order-4711", "alias:", "../../x", "a/b?c", "", "alias:a/b", "CSR\n", "%2e%2e"} {
		f.Add(seed)
	}

	f.Fuzz(func(t *testing.T, text string) {
		var diags diag.Diagnostics

		id, ok := chatForm().Parse(text, &diags)
		if !ok {
			return
		}

		if id.Key != "" {
			if id.Value == "" {
				t.Errorf("%q has no alias", text)
			}

			return
		}

		chatID := id.Parts["chat_id"]
		if strings.ContainsAny(chatID, "/?#%.\\ \n\x00") || chatID == "" {
			t.Errorf("%q is no id", text)
		}
	})
}
