package acctest_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

func TestProtocol(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, acctest.Values{"max_retries": 0})
	config := acctest.Values{"user_id": "mira", "email": "mira@example.com", "metadata": acctest.Values{"plan": "gold"}}

	user, diags := p.Create(t.Context(), "kommunicate_user", config)
	if len(diags) > 0 || user.String("id") != "mira" {
		t.Fatalf("created %v\n%s", user.State, diags)
	}

	if p.Changes(t.Context(), user, config) {
		t.Error("a second plan is not empty")
	}

	read, diags := p.Read(t.Context(), user)
	if len(diags) > 0 || !read.State.Equal(user.State) || p.Identity(read)["user_id"] != "mira" {
		t.Errorf("read %v, identity %v\n%s", read.State, p.Identity(read), diags)
	}

	config["display_name"] = "Mira"

	user, diags = p.Apply(t.Context(), user, config)
	if len(diags) > 0 || user.String("display_name") != "Mira" {
		t.Errorf("updated %v\n%s", user.State, diags)
	}

	imported, diags := p.ImportIdentity(t.Context(), "kommunicate_user", acctest.Values{"user_id": "mira"})
	if len(diags) > 0 || imported.String("display_name") != "Mira" {
		t.Errorf("imported %v\n%s", imported.State, diags)
	}

	user, diags = p.Apply(t.Context(), user, nil)
	if len(diags) > 0 || !user.Gone() {
		t.Errorf("destroyed %v\n%s", user.State, diags)
	}

	missing, diags := p.Import(t.Context(), "kommunicate_user", "nobody")
	if len(diags) > 0 || !missing.Gone() {
		t.Errorf("imported %v\n%s", missing.State, diags)
	}

	_, diags = p.Data(t.Context(), "kommunicate_user", acctest.Values{"user_id": "mira"})
	if len(diags) > 0 {
		t.Error(diags)
	}
}
