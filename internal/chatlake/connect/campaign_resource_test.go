package connect_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// The sandbox's website is inbox 102, and its API inbox 101. Agents are 11 and 12, labels 301 and 302.
var campaignCase = chatlaketest.Case{
	Type:    "chatlake_campaign",
	Minimal: values{"title": "Minimal", "message": "Hello", "inbox_id": "102"},
	Stages: []values{
		{
			"title": "One", "description": "One", "message": "One", "sender_id": "12", "enabled": false, "trigger_only_during_business_hours": true,
			"trigger_rules": values{"url": "https://*.shop.example/a", "time_on_page": 5},
		},
		{
			"title": "Two", "description": "Two", "message": "Two", "sender_id": "11", "enabled": true, "trigger_only_during_business_hours": false,
			"trigger_rules": values{"url": "http://shop.example", "more": []any{"x"}},
		},
	},
	Refused: []acctest.Refused{
		{Config: values{"title": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"message": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"scheduled_at": "tomorrow"}, Want: `RFC 3339`},
		{Config: values{"scheduled_at": "1777593600"}, Want: `RFC 3339`},
		{Config: values{"trigger_rules": values{"url": "HTTPS://shop.example"}}, Want: `begins with http://`},
		{Config: values{"trigger_rules": values{"url": 7}}, Want: `begins with http://`},
		{Config: values{"audience": []any{values{"type": "Label", "id": "x"}}}, Want: `must be a whole number`},
	},
	Warned: []acctest.Refused{
		{Config: values{"audience": []any{values{"type": "Segment", "id": "1"}}}, Want: `Known are: `},
	},
	Drift: []chatlaketest.Drift{
		{
			Method: "PATCH", Path: "/campaigns/%s", Body: `{"campaign":{"description":"By hand","enabled":true,"trigger_rules":{"url":"https://x.example"}}}`,
			Configured: values{"enabled": false, "trigger_rules": values{"url": "https://shop.example"}},
		},
	},
	Import:        acctest.Import{Keys: []string{"title"}},
	HasNoKey:      true,
	CrashesIfGone: true,
	PrepareTaken: func(t *testing.T, w *acctest.World) {
		for _, title := range []string{"Twice", "Twice", "Once"} {
			chatlaketest.Request(t, w, "POST", "/campaigns", `{"campaign":{"title":"`+title+`","message":"x","inbox_id":102,"sender_id":12,"trigger_rules":{"url":"https://x.example"}}}`)
		}
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_campaign", Config: values{"title": "Once"}, Want: map[string]string{"inbox_id": "102", "sender_id": "12", "campaign_type": "ongoing", "trigger_rules": `{"url":"https://x.example"}`}},
		{Type: "chatlake_campaign", Config: values{"title": "Twice"}, Message: "Several objects have this title"},
		{Type: "chatlake_campaign", Config: values{"id": "99"}, Message: `The campaign with id "99" does not exist`},
		{Type: "chatlake_campaigns", Config: values{}},
	},
}

// smsInbox is an inbox whose campaigns are sent once.
var smsInbox = acctest.Need{Name: "sms", Type: "chatlake_inbox", Config: values{"name": "SMS", "channel": values{"type": "sms", "phone_number": "+14155550177"}}}

var oneOffCampaignCase = chatlaketest.Case{
	Type: "chatlake_campaign", Name: "sent once",
	Needs: []acctest.Need{smsInbox, {Name: "other", Type: "chatlake_inbox", Config: values{"name": "Other", "channel": values{"type": "sms", "phone_number": "+14155550178"}}}},
	Minimal: values{
		"title": "Minimal", "message": "Hello", "inbox_id": acctest.Ref("sms", "id"), "scheduled_at": "2098-01-02T03:04:05Z",
	},
	Stages: []values{
		{
			"scheduled_at": "2098-01-02T04:04:05+01:00", "audience": []any{values{"type": "Label", "id": "301"}},
			"template_params": values{"name": "sale", "language": "en", "processed_params": values{"1": "x"}},
		},
		{
			"inbox_id": acctest.Ref("other", "id"), "scheduled_at": "2098-02-02T03:04:05Z", "audience": []any{values{"type": "Label", "id": "302"}, values{"type": "Label", "id": "301"}},
			"template_params": values{"name": "other"},
		},
	},
	Uncleared:     map[string]string{"scheduled_at": "the platform would take no time for now, so it is followed"},
	NoDrift:       "that of a website is repaired",
	Import:        acctest.Import{Keys: []string{"title"}},
	HasNoKey:      true,
	CrashesIfGone: true,
}

// TestCampaign_completed covers a campaign that was sent: it can be destroyed, and not changed.
func TestCampaign_completed(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	inbox := chatlaketest.Create(t, p, "chatlake_inbox", smsInbox.Config)
	config := values{"title": "Sale", "message": "x", "inbox_id": inbox.String("id"), "scheduled_at": "2098-01-02T03:04:05.5Z"}
	campaign := chatlaketest.ExpectStable(t, p, chatlaketest.Create(t, p, "chatlake_campaign", config), config)

	w.Chatlake.CompleteCampaigns()

	sent := chatlaketest.ExpectStable(t, w.Protocol(t, nil), campaign, config)
	if sent.String("campaign_status") != "completed" {
		t.Fatalf("the status is %s", sent.String("campaign_status"))
	}

	changes := values{"title": "x", "enabled": false, "scheduled_at": "2099-01-01T00:00:00Z", "description": "x"}
	for name, value := range changes {
		_, diags := p.Plan(t.Context(), sent, chatlaketest.With(config, values{name: value}))
		if !strings.Contains(diags.String(), "The campaign is completed") || !strings.Contains(diags.String(), name) {
			t.Errorf("another %s: %s", name, diags)
		}
	}

	chatlaketest.Destroy(t, p, sent)
}

// TestCampaign_kinds covers what an inbox's kind excludes. The platform would drop it, or send the campaign at once.
func TestCampaign_kinds(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	sms := chatlaketest.Create(t, p, "chatlake_inbox", smsInbox.Config).String("id")
	config := values{"title": "Sale", "message": "x", "inbox_id": "102"}
	website := chatlaketest.Create(t, p, "chatlake_campaign", config)
	audience := values{"audience": []any{values{"type": "Label", "id": "301"}}}

	for _, test := range []struct {
		prior  acctest.Object
		change values
		want   string
	}{
		{acctest.Object{Type: "chatlake_campaign"}, values{"inbox_id": "101"}, "The inbox has no campaigns"},
		{acctest.Object{Type: "chatlake_campaign"}, values{"inbox_id": sms}, "Set scheduled_at"},
		{acctest.Object{Type: "chatlake_campaign"}, values{"scheduled_at": "2098-01-02T03:04:05Z"}, "would drop scheduled_at"},
		{acctest.Object{Type: "chatlake_campaign"}, audience, "would drop audience"},
		{website, values{"inbox_id": sms, "scheduled_at": "2098-01-02T03:04:05Z"}, "The inbox is of another kind"},
	} {
		_, diags := p.Plan(t.Context(), test.prior, chatlaketest.With(config, test.change))
		if !strings.Contains(diags.String(), test.want) {
			t.Errorf("%v: %s, want %q", test.change, diags, test.want)
		}
	}

	for _, gone := range []values{{"inbox_id": "999"}, {"sender_id": "999"}} {
		_, diags := p.Create(t.Context(), "chatlake_campaign", chatlaketest.With(config, gone))
		if !strings.Contains(diags.String(), "999") || len(w.Chatlake.Objects("campaigns")) != 1 {
			t.Errorf("%v: %s", gone, diags)
		}
	}
}
