package report_test

import (
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

// period is a time around now.
func period() values {
	now := time.Now().UTC()
	return values{"since": now.Add(-time.Hour).Format(time.RFC3339), "until": now.Add(time.Hour).Format(time.RFC3339)}
}

// rows reads a list of a data source.
func rows(t *testing.T, p *acctest.Protocol, name string, config values) []tftypes.Value {
	t.Helper()

	found, diags := p.Data(t.Context(), "chatlake_"+name, config)

	var (
		attributes map[string]tftypes.Value
		rows       []tftypes.Value
	)
	if len(diags) > 0 || found.As(&attributes) != nil || attributes[name].As(&rows) != nil {
		t.Fatalf("%s %v: %v\n%s", name, config, found, diags)
	}

	return rows
}

// wantTexts compares texts of a row.
func wantTexts(t *testing.T, row tftypes.Value, want map[string]string) {
	t.Helper()

	for name, text := range want {
		got := textOf(row, name)
		if got != text {
			t.Errorf("%s is %q, want %q", name, got, text)
		}
	}
}

// textOf is an attribute of a row as text, also if it is a number. It is empty for null.
func textOf(row tftypes.Value, name string) string {
	var (
		attributes map[string]tftypes.Value
		number     big.Float
	)

	if row.As(&attributes) == nil && attributes[name].Type().Is(tftypes.Number) && !attributes[name].IsNull() && attributes[name].As(&number) == nil {
		return number.Text('f', -1)
	}

	return chatlaketest.DataText(row, name)
}

// talk makes a conversation in an inbox that sends surveys, has it answered and resolved, and returns the numbers of inbox and
// conversation.
func talk(t *testing.T, w *acctest.World, answers bool) (inbox, conversation string) {
	t.Helper()

	p := w.Protocol(t, nil)
	inbox = chatlaketest.Create(t, p, "chatlake_inbox", values{"name": "Rated", "csat_survey_enabled": true, "channel": values{"type": "api"}}).String("id")
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana"}).String("id")
	made := chatlaketest.Ask(t, w, "POST", "/conversations", chatlaketest.Object{"inbox_id": inbox, "contact_id": contact, "source_id": "one", "assignee_id": chatlake.AdminID})
	conversation = fmt.Sprint(made["id"])

	chatlaketest.Request(t, w, "POST", "/conversations/"+conversation+"/messages", `{"content":"Help","message_type":"incoming"}`)

	if answers {
		chatlaketest.Request(t, w, "POST", "/conversations/"+conversation+"/messages", `{"content":"Yes"}`)
	}

	return inbox, conversation
}

// TestReport counts a conversation that was answered and resolved.
func TestReport(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	inbox, conversation := talk(t, w, true)
	chatlaketest.Request(t, w, "POST", "/conversations/"+conversation+"/toggle_status", `{"status":"resolved"}`)

	p := w.Protocol(t, nil)

	for _, about := range []values{{"type": "account"}, {"type": "inbox", "id": inbox, "business_hours": true}} {
		wantTexts(t, found(t, p, about), map[string]string{"conversations_count": "1", "incoming_messages_count": "1", "outgoing_messages_count": "1", "resolutions_count": "1", "reply_time": ""})
	}

	wantTexts(t, found(t, p, values{"type": "agent", "id": fmt.Sprint(chatlake.SecondAgentID)}), map[string]string{"conversations_count": "0"})

	_, diags := p.Data(t.Context(), "chatlake_report", chatlaketest.With(period(), values{"type": "team", "id": "99"}))
	if !strings.Contains(diags.String(), "The team 99, which the report is about,") {
		t.Errorf("a team that is not there: %s", diags)
	}
}

// found reads a report of the period.
func found(t *testing.T, p *acctest.Protocol, about values) tftypes.Value {
	t.Helper()

	found, diags := p.Data(t.Context(), "chatlake_report", chatlaketest.With(period(), about))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	return found
}

// TestRefused covers what a plan refuses.
func TestRefused(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t, nil)

	for _, test := range []struct {
		kind   string
		config values
		want   string
	}{
		{"report", chatlaketest.With(period(), values{"type": "channel"}), "must be one of"},
		{"report", chatlaketest.With(period(), values{"type": "inbox"}), "An id is missing"},
		{"report", chatlaketest.With(period(), values{"type": "account", "id": "1"}), "An account needs no id"},
		{"report", chatlaketest.With(period(), values{"type": "inbox", "id": "one"}), "must be a whole number"},
		{"report", values{"type": "account", "since": "yesterday", "until": "today"}, "must be an instant"},
		{"report", values{"type": "account", "since": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"}, "must be later than since"},
		{"audit_logs", values{"since": "1700000000"}, "must be an instant"},
		{"audit_logs", values{"max_results": 0}, "must be at least 1"},
		{"applied_slas", values{"since": "2026-01-02T00:00:00Z"}, "until must be set, too"},
		{"applied_slas", values{"inbox_id": "x"}, "must be a whole number"},
		{"csat_responses", values{"until": "2026-01-02T00:00:00Z"}, "since must be set, too"},
		{"csat_responses", values{"rating": 6}, "must be between 1 and 5"},
		{"csat_responses", values{"user_ids": []any{"x"}}, "must be a whole number"},
	} {
		_, diags := p.Data(t.Context(), "chatlake_"+test.kind, test.config)
		if !strings.Contains(diags.String(), test.want) {
			t.Errorf("%s %v: %q is not in\n%s", test.kind, test.config, test.want, diags)
		}
	}
}

// TestCSATResponses reads answers over several pages.
func TestCSATResponses(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	inbox := chatlaketest.Create(t, p, "chatlake_inbox", values{"name": "Rated", "csat_survey_enabled": true, "channel": values{"type": "api"}}).String("id")
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana"}).String("id")

	for i := range 51 {
		made := chatlaketest.Ask(t, w, "POST", "/conversations", chatlaketest.Object{"inbox_id": inbox, "contact_id": contact, "source_id": fmt.Sprint(i), "assignee_id": chatlake.AgentID})
		chatlaketest.Request(t, w, "POST", fmt.Sprintf("/conversations/%v/toggle_status", made["id"]), `{"status":"resolved"}`)
		w.Chatlake.Drain() // A job sends the survey.

		answer := chatlaketest.Object{"rating": i%5 + 1, "feedback_message": fmt.Sprint("Answer ", i)}
		chatlaketest.Ask(t, w, "PUT", fmt.Sprintf("//public/api/v1/csat_survey/%v", made["uuid"]),
			chatlaketest.Object{"message": chatlaketest.Object{"submitted_values": chatlaketest.Object{"csat_survey_response": answer}}})
	}

	all := rows(t, p, "csat_responses", values{})
	if len(all) != 51 {
		t.Fatalf("%d answers, want 51", len(all))
	}

	wantTexts(t, all[0], map[string]string{"rating": "1", "feedback_message": "Answer 0", "contact_name": "Ana", "assigned_agent_name": "First Agent"})

	for _, test := range []struct {
		config values
		want   int
	}{
		{values{"rating": 5}, 10},
		{values{"inbox_id": inbox, "user_ids": []any{fmt.Sprint(chatlake.AgentID)}}, 51},
		{values{"user_ids": []any{fmt.Sprint(chatlake.AdminID)}}, 0},
		{values{"team_id": fmt.Sprint(chatlake.TeamID)}, 0},
		{values{"max_results": 30}, 30},
		{period(), 51},
		{values{"since": "2020-01-01T00:00:00Z", "until": "2020-01-02T00:00:00Z"}, 0},
	} {
		got := len(rows(t, p, "csat_responses", test.config))
		if got != test.want {
			t.Errorf("%v: %d answers, want %d", test.config, got, test.want)
		}
	}
}

// TestAppliedSLAs has a policy that a conversation misses, and one that it does not.
func TestAppliedSLAs(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	inbox, late := talk(t, w, false)
	strict := chatlaketest.Create(t, p, "chatlake_sla_policy", values{"name": "At once", "first_response_time_threshold": 0.001})
	kind := chatlaketest.Create(t, p, "chatlake_sla_policy", values{"name": "Some day", "resolution_time_threshold": 86400})
	other := fmt.Sprint(chatlaketest.Ask(t, w, "POST", "/conversations", chatlaketest.Object{"source_id": "one"})["id"])

	chatlaketest.Request(t, w, "PATCH", "/conversations/"+late, `{"sla_policy_id":`+strict.String("id")+`}`)
	chatlaketest.Request(t, w, "PATCH", "/conversations/"+other, `{"sla_policy_id":`+kind.String("id")+`}`)
	time.Sleep(5 * time.Millisecond) // Longer than the threshold.

	missed := rows(t, p, "applied_slas", chatlaketest.With(period(), values{"inbox_id": inbox, "assigned_agent_id": fmt.Sprint(chatlake.AdminID)}))
	if len(missed) != 1 {
		t.Fatalf("%d rows, want the one that was missed", len(missed))
	}

	wantTexts(t, missed[0], map[string]string{
		"sla_policy_id": strict.String("id"), "sla_name": "At once", "sla_status": "active_with_misses", "conversation_id": late, "contact_name": "Ana",
		"assigned_agent_id": fmt.Sprint(chatlake.AdminID),
	})

	for _, config := range []values{{"sla_policy_id": kind.String("id")}, {"team_id": fmt.Sprint(chatlake.TeamID)}, {"label_list": "billing"}} {
		none := rows(t, p, "applied_slas", config)
		if len(none) > 0 {
			t.Errorf("%v: %v", config, none)
		}
	}
}

// TestAuditLogs reads a log over several pages, the newest entry first.
func TestAuditLogs(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)

	for i := range 60 {
		chatlaketest.Request(t, w, "POST", "/teams", fmt.Sprintf(`{"team":{"name":"team %d"}}`, i))
	}

	p := w.Protocol(t, nil)

	all := rows(t, p, "audit_logs", values{})
	if len(all) != 60 {
		t.Fatalf("%d entries, want 60", len(all))
	}

	wantTexts(t, all[0], map[string]string{"auditable_type": "Team", "action": "create", "username": "administrator@sandbox.example", "version": "1"})

	if !strings.Contains(chatlaketest.DataText(all[0], "audited_changes_json"), `"name":"team 59"`) {
		t.Errorf("the newest entry is %v", all[0])
	}

	w.Journal.Clear()

	for _, test := range []struct {
		config values
		want   int
	}{
		{values{"max_results": 30}, 30},
		{values{"since": period()["until"]}, 0},
		{values{"until": period()["since"]}, 0},
	} {
		got := len(rows(t, p, "audit_logs", test.config))
		if got != test.want {
			t.Errorf("%v: %d entries, want %d", test.config, got, test.want)
		}
	}

	pages := w.Journal.Count("GET " + chatlaketest.AccountPath + "/audit_logs")
	if pages != 2+1+3 {
		t.Errorf("%d pages were read: no more are needed than two, the first, and all three", pages)
	}
}

// TestLacking covers servers and accounts that cannot have a type: an error says so, and no list passes for an empty one.
func TestLacking(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		change func(p *chatlake.Platform)
		kind   string
		want   string
	}{
		"community":      {chatlaketest.Community.Change, "audit_logs", "only the enterprise edition has audit logs"},
		"community SLAs": {chatlaketest.Community.Change, "applied_slas", "only the enterprise edition has applied SLAs"},
		"too old":        {chatlaketest.OlderThan("2.14.0").Change, "audit_logs", "needs version 2.15.0 of the server or a newer one"},
		"too old SLAs":   {chatlaketest.OlderThan("2.16.0").Change, "applied_slas", "needs version 2.17.0 of the server or a newer one"},
		"off": {
			func(p *chatlake.Platform) { p.SwitchFeatures(false, "audit_logs") }, "audit_logs",
			"the account does not have the feature audit_logs, without which the server shows an empty list",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			w.Complaints = true
			test.change(w.Chatlake)

			_, diags := w.Protocol(t, nil).Data(t.Context(), "chatlake_"+test.kind, values{})
			if !strings.Contains(diags.String(), test.want) {
				t.Errorf("%q is not in\n%s", test.want, diags)
			}
		})
	}
}

// TestAgentToken covers a token that may see no reports.
func TestAgentToken(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t, values{"chatlake": values{"api_access_token": chatlake.AgentToken}})

	for kind, config := range map[string]values{
		"audit_logs": {}, "applied_slas": {}, "csat_responses": {}, "report": chatlaketest.With(period(), values{"type": "account"}),
	} {
		_, diags := p.Data(t.Context(), "chatlake_"+kind, config)
		if !strings.Contains(diags.String(), "The token has to be that of an administrator") {
			t.Errorf("%s: %s", kind, diags)
		}
	}
}
