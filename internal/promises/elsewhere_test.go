package promises_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

// elsewhere are provider blocks for another account with credentials that are good, and the names that an error has to say:
// that of the state and that of the provider.
var elsewhere = map[string]struct {
	block acctest.Values
	names []string
}{
	"kommunicate": {acctest.Values{"application_id": "other-application"}, []string{kommunicate.ApplicationID, "other-application"}},
	"chatlake":    {acctest.Values{"account_id": "2"}, []string{fmt.Sprintf("account %d", chatlake.AccountID), "account 2"}},
	"imichat":     {acctest.Values{"domain": "other.imi.chat"}, []string{imichat.Domain, "other.imi.chat"}},
}

// ofAccounts are the subjects that belong to an account, an application or a tenant.
func ofAccounts() []subject {
	return slices.DeleteFunc(subjects(), func(sub subject) bool { return strings.HasPrefix(sub.kind, "chatlake_platform_") })
}

// State of another account, application or tenant is neither read nor changed nor dropped, whether or not Terraform knows
// identities. Nothing is asked: an id may name an object of somebody else there.
func TestStateOfElsewhere(t *testing.T) {
	t.Parallel()

	for _, sub := range ofAccounts() {
		t.Run(sub.kind, func(t *testing.T) {
			t.Parallel()

			platform := platformOf(sub.kind)
			s := newStage(t, nil)
			config := sub.config(s)

			object, diags := s.Create(t.Context(), sub.kind, config)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			changed := config
			if sub.change != nil {
				changed = with(config, sub.change)
			}

			update, diags := s.Plan(t.Context(), object, changed)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			destroy, diags := s.Plan(t.Context(), object, nil)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			refused := func(act string, o acctest.Object, diags acctest.Diagnostics) {
				t.Helper()

				for _, name := range elsewhere[platform].names {
					if !strings.Contains(diags.Errors().String(), name) {
						t.Errorf("%s: no error names %s: %s", act, name, diags)
					}
				}

				if o.Gone() || !o.State.Equal(object.State) {
					t.Errorf("%s: the state is %s", act, o.State)
				}
			}

			s.world.Journal.Clear()

			for _, identity := range []bool{true, false} {
				if !identity {
					object.Identity = nil // As before Terraform 1.12.
				}

				// Another run: an error that it has shown is not shown again.
				other := s.world.Protocol(t, acctest.Values{platform: elsewhere[platform].block})

				read, diags := other.Read(t.Context(), object)
				refused("read", read, diags)

				// The plans are of a run that was configured well, or did not refresh.
				applied, diags := other.ApplyPlan(t.Context(), object, changed, update)
				refused("update", applied, diags)

				gone, diags := other.ApplyPlan(t.Context(), object, nil, destroy)
				refused("destroy", gone, diags)
			}

			n := s.world.Journal.Count("")
			if n > 0 {
				t.Errorf("%d requests, the first of them %s", n, s.world.Journal.Entries(nil)[0].Path)
			}
		})
	}
}

// What an earlier version recorded no account, application or tenant of gets it by a refresh.
func TestStateWithoutOrigin(t *testing.T) {
	t.Parallel()

	for _, sub := range ofAccounts() {
		t.Run(sub.kind, func(t *testing.T) {
			t.Parallel()

			s := newStage(t, nil)

			object, diags := s.Create(t.Context(), sub.kind, sub.config(s))
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			object.Identity, object.Private = nil, nil
			object.State = withNull(t, object.State, "account_id")

			read, diags := s.Read(t.Context(), object)
			if len(diags.Errors()) > 0 || read.Gone() {
				t.Fatalf("%s: %s", read.State, diags)
			}

			platform := platformOf(sub.kind)
			read.Identity = nil

			_, diags = s.world.Protocol(t, acctest.Values{platform: elsewhere[platform].block}).Read(t.Context(), read)
			if !strings.Contains(diags.Errors().String(), elsewhere[platform].names[1]) {
				t.Errorf("the refresh did not record where the object is: %s", diags)
			}
		})
	}
}

// withNull returns an object without the value of an attribute, if it has one.
func withNull(t *testing.T, state tftypes.Value, attribute string) tftypes.Value {
	t.Helper()

	var members map[string]tftypes.Value

	err := state.As(&members)
	if err != nil {
		t.Fatal(err)
	}

	value, ok := members[attribute]
	if ok {
		members[attribute] = tftypes.NewValue(value.Type(), nil)
	}

	return tftypes.NewValue(state.Type(), members)
}

// Every data source of Chatlake says which account was asked.
func TestDataSourcesSayTheirAccount(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for _, kind := range []string{"chatlake_labels", "chatlake_profile", "chatlake_contacts"} {
		found, diags := p.Data(t.Context(), kind, acctest.Values{})
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}

		account := (acctest.Object{State: found}).String("account_id")
		if account != fmt.Sprint(chatlake.AccountID) {
			t.Errorf("%s: account %q", kind, account)
		}
	}
}

// Keys that are unique over an installation of Chatlake may be taken by an account that these credentials do not show. The refusal of
// a create and of an update says so; where the holder is in the account, it is named.
func TestTakenElsewhere(t *testing.T) {
	t.Parallel()

	channel := func(kind string) func(key, value string) acctest.Values {
		return func(key, value string) acctest.Values {
			more := map[string]acctest.Values{
				"line":       {"line_channel_secret_wo": "secret", "line_channel_token_wo": "secret"},
				"twilio_sms": atTwilio, "twilio_whatsapp": atTwilio,
			}

			return acctest.Values{"name": value, "channel": with(acctest.Values{"type": kind, key: value}, more[kind])}
		}
	}

	for _, c := range []struct {
		kind, key, taken, free, mine string
		config                       func(key, value string) acctest.Values
		// fixed says that an object keeps its key, and that the refusal may be about anything: the server passes on what Twilio says.
		fixed bool
	}{
		{"chatlake_portal", "slug", "taken", "free", "mine", func(_, value string) acctest.Values {
			return acctest.Values{"name": "Help", "slug": value}
		}, false},
		{"chatlake_portal", "custom_domain", "a.example.com", "b.example.com", "c.example.com", func(_, value string) acctest.Values {
			return acctest.Values{"name": "Help", "slug": strings.ReplaceAll(value, ".", "-"), "custom_domain": value}
		}, false},
		{"chatlake_inbox", "email", "taken@example.com", "free@example.com", "mine@example.com", channel("email"), false},
		{"chatlake_inbox", "phone_number", "+14155550100", "+14155550101", "+14155550102", channel("sms"), false},
		{"chatlake_inbox", "line_channel_id", "1", "2", "3", channel("line"), false},
		{"chatlake_inbox", "phone_number", "+14155550100", "+14155550101", "+14155550102", channel("twilio_sms"), true},
		{"chatlake_inbox", "messaging_service_sid", "MG1", "MG2", "MG3", channel("twilio_whatsapp"), true},
	} {
		t.Run(c.kind+"/"+c.key, func(t *testing.T) {
			t.Parallel()

			w := acctest.New(t)
			ours := w.Protocol(t, nil)
			theirs := w.Protocol(t, acctest.Values{"chatlake": acctest.Values{
				"account_id": fmt.Sprint(chatlake.OtherAccountID), "api_access_token": chatlake.OutsiderToken,
			}})

			made := func(p *acctest.Protocol, value string) acctest.Object {
				o, diags := p.Create(t.Context(), c.kind, c.config(c.key, value))
				if len(diags.Errors()) > 0 {
					t.Fatal(diags)
				}

				return o
			}
			says := func(act string, diags acctest.Diagnostics, want string) {
				t.Helper()

				if len(diags.Errors()) == 0 || !strings.Contains(diags.String(), want) {
					t.Errorf("%s: no error with %q: %s", act, want, diags)
				}
			}

			made(theirs, c.taken)

			elsewhere := "Another account of this installation has the " + c.key
			refused := with(c.config(c.key, c.taken), acctest.Values{"name": "Other"})

			if c.fixed {
				elsewhere = "which no other inbox may have"
			}

			_, diags := ours.Create(t.Context(), c.kind, refused)
			says("create", diags, elsewhere)

			named := "There is %s %s with this %s"

			if c.fixed { // Another key is another object. The holder is named to a run that has not made it.
				mine := made(ours, c.mine)
				_, diags = w.Protocol(t, nil).Create(t.Context(), c.kind, c.config(c.key, c.mine))
				says("create of one's own", diags, fmt.Sprintf(named, strings.TrimPrefix(c.kind, "chatlake_"), mine.String("id"), c.key))

				return
			}

			object := made(ours, c.free)
			_, diags = ours.Apply(t.Context(), object, refused)
			says("update", diags, elsewhere)

			mine := made(ours, c.mine)
			_, diags = ours.Apply(t.Context(), object, with(c.config(c.key, c.mine), acctest.Values{"name": "Other"}))
			says("update to one's own", diags, fmt.Sprintf(named, strings.TrimPrefix(c.kind, "chatlake_"), mine.String("id"), c.key))
		})
	}
}

// atTwilio is what a channel at Twilio needs beside its number or its service.
var atTwilio = acctest.Values{"account_sid": "AC1", "auth_token_wo": "secret"}
