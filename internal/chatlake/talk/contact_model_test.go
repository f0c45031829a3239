package talk

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// free is a dynamic object of strings.
func free(pairs ...string) types.Dynamic {
	kinds, values := map[string]attr.Type{}, map[string]attr.Value{}
	for i := 0; i < len(pairs); i += 2 {
		kinds[pairs[i]], values[pairs[i]] = types.StringType, types.StringValue(pairs[i+1])
	}

	return types.DynamicValue(types.ObjectValueMust(kinds, values))
}

// TestContactModel_changeFrom goes through null, empty, unknown, set and changed of each optional attribute.
func TestContactModel_changeFrom(t *testing.T) {
	text := types.StringValue
	for name, test := range map[string]struct {
		prior, plan contactModel
		sent        string
		removed     int
		warnings    int
	}{
		"nothing":    {sent: `{}`},
		"unknown":    {prior: contactModel{Name: text("a")}, plan: contactModel{Name: types.StringUnknown(), Blocked: types.BoolUnknown()}, sent: `{}`},
		"same":       {prior: contactModel{Name: text("a"), Blocked: types.BoolValue(true)}, plan: contactModel{Name: text("a"), Blocked: types.BoolValue(true)}, sent: `{}`},
		"name":       {plan: contactModel{Name: text("a")}, sent: `{"name":"a"}`},
		"no name":    {prior: contactModel{Name: text("a")}, sent: `{"name":null}`},
		"e-mail":     {prior: contactModel{Email: text("a@b")}, plan: contactModel{Email: text("c@d")}, sent: `{"email":"c@d"}`},
		"no e-mail":  {prior: contactModel{Email: text("a@b")}, sent: `{"email":null}`},
		"phone":      {plan: contactModel{PhoneNumber: text("+1415")}, sent: `{"phone_number":"+1415"}`},
		"no phone":   {prior: contactModel{PhoneNumber: text("+1415")}, sent: `{"phone_number":null}`},
		"identifier": {prior: contactModel{Identifier: text("a")}, sent: `{"identifier":null}`},
		"blocked":    {plan: contactModel{Blocked: types.BoolValue(true)}, sent: `{"blocked":true}`},
		"unblocked":  {prior: contactModel{Blocked: types.BoolValue(true)}, sent: `{"blocked":false}`}, // Never null.
		"company":    {plan: contactModel{CompanyID: text("7")}, sent: `{"company_id":7}`},
		"no company": {prior: contactModel{CompanyID: text("7")}, plan: contactModel{CompanyID: text("")}, sent: `{"company_id":null}`},
		"picture":    {plan: contactModel{AvatarURL: text("https://x")}, sent: `{"avatar_url":"https://x"}`},
		"no picture": {prior: contactModel{AvatarURL: text("https://x")}, sent: `{"avatar":null}`},
		"attributes": {
			prior: contactModel{CustomAttributes: free("a", "1", "b", "2", "c", "3")}, plan: contactModel{CustomAttributes: free("a", "1", "b", "9", "d", "4")},
			sent: `{"custom_attributes":{"b":"9","d":"4"}}`, removed: 1,
		},
		"no attributes":    {prior: contactModel{CustomAttributes: free("a", "1", "b", "2")}, sent: `{}`, removed: 2},
		"empty attributes": {plan: contactModel{CustomAttributes: free()}, sent: `{}`},
		"additional": {
			prior: contactModel{AdditionalAttributes: free("city", "Lisboa", "country", "Portugal")}, plan: contactModel{AdditionalAttributes: free("city", "Porto")},
			sent: `{"additional_attributes":{"city":"Porto"}}`, warnings: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			change, diags := test.plan.changeFrom(&test.prior, ownership.Managed{})

			sent, err := json.Marshal(change.request)
			if err != nil || string(sent) != test.sent || len(change.removed) != test.removed || diags.WarningsCount() != test.warnings || diags.HasError() {
				t.Errorf("%s, removed %v, %v, %v", sent, change.removed, diags, err)
			}

			if change.request.IsZero() != (test.sent == `{}`) {
				t.Error("an empty request is not known as such")
			}
		})
	}
}

// TestContactModel_fill follows nothing that is not configured, and everything after an import.
func TestContactModel_fill(t *testing.T) {
	found := api.Contact{
		ID: 7, Name: "Ana", Email: "ana@example.com", PhoneNumber: "+1415", Identifier: "i", Blocked: true, Thumbnail: "https://x",
		CustomAttributes:     api.Object{"plan": "gold", "agent": "x"},
		AdditionalAttributes: api.Object{"city": "Lisboa", "last_avatar_sync_at": "now", "avatar_url_hash": "h"},
		ContactInboxes: []api.ContactInbox{
			{SourceID: "b", Inbox: api.SessionInbox{ID: 2}}, {SourceID: "z", Inbox: api.SessionInbox{ID: 1}}, {SourceID: "a", Inbox: api.SessionInbox{ID: 2}},
		},
	}
	none := contactModel{ContactInboxes: sessionList(nil)}
	none.follow(&found)

	if !none.Name.IsNull() || !none.Email.IsNull() || !none.PhoneNumber.IsNull() || !none.Identifier.IsNull() || !none.Blocked.IsNull() || !none.CustomAttributes.IsNull() || !none.AdditionalAttributes.IsNull() {
		t.Errorf("what nobody configured is followed: %+v", none)
	}

	first := none.ContactInboxes.Elements()[0].String()
	if len(none.ContactInboxes.Elements()) != 3 || first == none.ContactInboxes.Elements()[2].String() {
		t.Errorf("sessions %s", none.ContactInboxes)
	}

	some := contactModel{
		ContactInboxes: sessionList(nil), Email: types.StringValue("Ana@Example.com"), Name: types.StringValue("Before"),
		CustomAttributes: free("plan", "silver"), Blocked: types.BoolValue(false),
	}
	some.follow(&found)

	if !tfvalue.Same(some.Email, types.StringValue("Ana@Example.com")) || some.Name.ValueString() != "Ana" || !some.Blocked.ValueBool() || !some.CustomAttributes.Equal(free("plan", "gold")) {
		t.Errorf("what is configured is not found: %+v", some)
	}

	imported := contactModel{ContactInboxes: types.ListNull(sessionType())}
	imported.fillImported(&found)

	if imported.Thumbnail.ValueString() != "https://x" || imported.Name.ValueString() != "Ana" || !imported.CustomAttributes.Equal(free("plan", "gold", "agent", "x")) || !imported.AdditionalAttributes.Equal(free("city", "Lisboa")) {
		t.Errorf("imported %+v", imported)
	}

	if !imported.InboxID.IsNull() {
		t.Error("one of several sessions was picked")
	}

	found.ContactInboxes = found.ContactInboxes[:1]
	imported.fillImported(&found)

	if imported.InboxID.ValueString() != "2" || imported.SourceID.ValueString() != "b" {
		t.Errorf("the only session is %s %s", imported.InboxID, imported.SourceID)
	}
}

func TestConversationModel_sameInstant(t *testing.T) {
	found := instant(types.StringValue("2040-01-31T09:00:00Z"))
	for written, want := range map[string]string{
		"2040-01-31T09:00:00Z": "2040-01-31T09:00:00Z", "2040-01-31T10:00:00+01:00": "2040-01-31T10:00:00+01:00", "2041-01-31T09:00:00Z": "2040-01-31T09:00:00Z",
	} {
		got := sameInstant(types.StringValue(written), found).ValueString()
		if got != want {
			t.Errorf("%s became %s", written, got)
		}
	}

	got := sameInstant(types.StringUnknown(), instant(types.StringNull()))
	if !got.IsNull() {
		t.Errorf("none became %s", got)
	}
}

func TestMessageModel_isRewritten(t *testing.T) {
	for content, want := range map[string]bool{"Hello": false, " Hello\n": false, "Good bye": true, "Hi {{contact.name}}": false, "{% if x %}": false} {
		m := messageModel{Content: types.StringValue(content)}

		got := m.isRewritten(&api.Message{Content: "Hello"})
		if got != want {
			t.Errorf("%q: %t", content, got)
		}
	}
}
