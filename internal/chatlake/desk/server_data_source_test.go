package desk_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestServer reads the server's release and state.
func TestServer(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{Type: "chatlake_server", Config: values{}, Want: map[string]string{"version": chatlake.DefaultVersion, "queue_services": "ok"}},
	)
}
