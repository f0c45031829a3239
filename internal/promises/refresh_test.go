package promises_test

import (
	"runtime"
	"testing"
)

// apart are the types that no list and no single answer serves, with the reason.
func apart() map[string]string {
	const batch = "how many share a request depends on how long it takes: TestRefreshCostsPages counts, where time stands still"

	return map[string]string{
		"kommunicate_user": batch, "kommunicate_conversation": batch, "kommunicate_conversation_member": batch, "chatlake_message": batch,
		"chatlake_account_settings": "there is one in an account", "chatlake_notification_settings": "there is one for a token",
		"chatlake_profile_settings": "there is one for a token",
		"chatlake_saml_settings":    "there is one in an account",
		"chatlake_platform_account": "the list of accounts fails for good once one of them was deleted",
		"chatlake_platform_user":    "the platform API has no list of people",
		"imichat_user":              "no page of the vendor shows the body of the search for users",
	}
}

// TestEveryTypeSharesReads refreshes an object of each type forty times, as Terraform does with forty of them. What is
// listed, or read once for all, costs few requests, however many there are.
func TestEveryTypeSharesReads(t *testing.T) {
	t.Parallel()

	const (
		refreshes = 40
		most      = 6
	)

	s := newStage(t, nil)

	for _, sub := range subjects() {
		if apart()[sub.kind] != "" {
			continue
		}

		s := s.clear(t)

		config := sub.config(s)
		if sub.kind == "chatlake_contact" { // The labels of each contact are a request of their own.
			config["labels"] = nil
		}

		object, diags := s.Create(t.Context(), sub.kind, config)
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}

		s.world.Journal.Clear()

		for range refreshes { // One after the other: what is under way at the same time is shared anyway.
			found, diags := s.Read(t.Context(), object)
			if len(diags.Errors()) > 0 || !found.State.Equal(object.State) {
				t.Errorf("%s: read as %v, %v", sub.kind, found.State, diags)
			}
		}

		got := s.world.Journal.Count("")
		if got > most {
			t.Errorf("%s: %d refreshes took %d requests, want at most %d", sub.kind, refreshes, got, most)
		}
	}
}

// TestUnchangedCosts bounds what Terraform's calls about an unchanged object allocate, for every type: that is the same on
// every machine, and follows the time that they take. What comes from the network is counted, too.
func TestUnchangedCosts(t *testing.T) { //nolint:paralleltest // All allocations of the process are counted.
	if testing.Short() {
		t.Skip("the race detector takes what is pooled away, so that more is allocated")
	}

	const rounds = 10

	s := newStage(t, nil)

	for _, sub := range subjects() {
		s := s.clear(t)
		config := sub.config(s)

		object, diags := s.Create(t.Context(), sub.kind, config)
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}

		most := map[string]uint64{"upgrade": 500, "validate": 3_500, "read": 5_000, "plan": 100}
		if sub.kind == "chatlake_inbox" { // Some ninety attributes, of all channels.
			most = map[string]uint64{"upgrade": 500, "validate": 6_000, "read": 6_500, "plan": 500}
		}

		for name, call := range s.Unchanged(t.Context(), object, config) {
			var cost uint64

			for round := range rounds + 1 {
				var before, after runtime.MemStats

				runtime.ReadMemStats(&before)

				diags, err := call()

				runtime.ReadMemStats(&after)

				if err != nil || len(diags.Errors()) > 0 {
					t.Fatal(sub.kind, diags, err)
				}

				if round > 0 { // The first one reads lists.
					cost += (after.Mallocs - before.Mallocs) / rounds
				}
			}

			if cost > most[name] {
				t.Errorf("%s: %s allocates %d times, want %d at most", sub.kind, name, cost, most[name])
			}

			t.Logf("%-40s %-8s %6d", sub.kind, name, cost)
		}
	}
}
