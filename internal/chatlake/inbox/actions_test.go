package inbox_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// TestActions_syncTemplates fetches the templates of a WhatsApp inbox. Other channels have none, and the platform says so.
func TestActions_syncTemplates(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for _, c := range channelCases() {
		if c.Name != "whatsapp" {
			continue
		}

		inbox := chatlaketest.Create(t, p, c.Type, c.Minimal).String("id")

		w.Journal.Clear()

		progress, diags := p.Invoke("chatlake_sync_templates", values{"inbox_id": inbox})

		writes := w.Journal.Writes()
		if len(diags) > 0 || !strings.Contains(progress, inbox) || len(writes) != 1 || !strings.HasSuffix(writes[0].Path, "/inboxes/"+inbox+"/sync_templates") {
			t.Errorf("%q %s %v", progress, diags, writes)
		}
	}

	_, diags := p.Invoke("chatlake_sync_templates", values{"inbox_id": "101"})
	if !strings.Contains(diags.String(), "Template sync is only available for WhatsApp channels") {
		t.Errorf("an API inbox: %s", diags)
	}
}
