package promises_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// TestOddRowsAreTold reads every list of a data source or of a list resource, of which one row cannot be read. A warning
// counts it and says why; what is in it is not shown.
func TestOddRowsAreTold(t *testing.T) {
	t.Parallel()

	// oddRow has no id that can be read.
	const oddRow = `{"id": {"of": "private"}, "name": ["private"], "userId": ["private"], "key": ["private"], "chat_id": ["private"]}`

	// parents are the attributes that say which list is asked.
	parents := map[string]string{
		"kommunicate_message": "group_id", "chatlake_article": "portal_slug", "chatlake_category": "portal_slug", "chatlake_contact_note": "contact_id",
		"chatlake_captain_scenario": "assistant_id",
		"chatlake_message":          "conversation_id", "chatlake_platform_account_user": "account_id",
	}

	// Of these, every row counts: a list with one that cannot be read is an error. The settings are no list. Of an integration, it is the
	// list of the settings that the server shows.
	wholes := []string{"chatlake_integration_hook", "chatlake_team_member", "chatlake_inbox_member", "chatlake_conversation_participant", "chatlake_account_settings", "chatlake_notification_settings", "chatlake_profile_settings", "chatlake_saml_settings", "chatlake_platform_account_user"}

	s := newStage(t, nil)
	isOdd := false

	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		s.world.Handler().ServeHTTP(answer, r)

		body := answer.Body.Bytes()
		if isOdd {
			body = withRow(body, json.RawMessage(oddRow))
		}

		maps.Copy(out.Header(), answer.Header())
		out.Header().Del("Content-Length")
		out.WriteHeader(answer.Code)
		_, _ = out.Write(body)
	}))
	t.Cleanup(server.Close)

	s.world.URL = server.URL

	for _, sub := range subjects() {
		s, isOdd = s.clear(t), false

		o, diags := s.Create(t.Context(), sub.kind, sub.config(s))
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}

		config := acctest.Values{}
		if parent, ok := parents[sub.kind]; ok {
			config[parent] = o.String(parent)
		}

		isOdd = true

		plural := strings.NewReplacer("y|", "ies", "x|", "xes", "|", "s").Replace(sub.kind + "|")
		if slices.Contains(s.DataSources(), plural) && !slices.Contains(wholes, sub.kind) {
			_, diags := s.Data(t.Context(), plural, config)
			wantOddRow(t, "data source "+plural, diags)
		}

		if s.CanList(sub.kind) && !slices.Contains(wholes, sub.kind) {
			all := s.ListIdentities(sub.kind, 0, config)
			last := all[len(all)-1]

			if len(all) < 2 || all[0].Identity == nil || last.Identity != nil {
				t.Errorf("list of %s: %d results, want the object and a warning", sub.kind, len(all))
			}

			wantOddRow(t, "list of "+sub.kind, last.Diagnostics)
		}
	}
}

func wantOddRow(t *testing.T, kind string, diags acctest.Diagnostics) {
	t.Helper()

	told := diags.String()
	if len(diags) != 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityWarning || !strings.Contains(told, "could be read") || strings.Contains(told, "private") {
		t.Errorf("%s with a row that cannot be read says %q, want one warning", kind, told)
	}
}

// withRow adds a row to the outermost lists of an answer.
func withRow(body []byte, row json.RawMessage) []byte {
	body = bytes.TrimSpace(body)

	if bytes.HasPrefix(body, []byte("[")) {
		var rows []json.RawMessage

		_ = json.Unmarshal(body, &rows)
		body, _ = json.Marshal(append(rows, row))

		return body
	}

	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil {
		return body
	}

	for key, value := range object {
		object[key] = withRow(value, row)
	}

	body, _ = json.Marshal(object)

	return body
}
