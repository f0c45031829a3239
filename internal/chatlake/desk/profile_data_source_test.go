package desk_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// TestProfile reads the token's user.
func TestProfile(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{Type: "chatlake_profile", Config: values{}, Want: map[string]string{"role": "administrator", "email": "administrator@sandbox.example"}},
	)
}
