package api

import (
	"net/url"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Errors that this side makes of an answer name the whole address that was asked, the path of the base address included.
func TestOwnErrorsNameTheAddress(t *testing.T) {
	t.Parallel()

	c := New(Settings{BaseURL: &url.URL{Scheme: "https", Host: "example.com", Path: "/chat"}, AccountID: "1"})
	call := c.read("GET", "/labels")

	for _, err := range []error{missing("label", call, 7), unusable(call, "x"), refused(call, "x"), c.labels.Missing(7)} {
		failure := transport.As(err)
		if failure == nil || failure.Address != "https://example.com/chat/api/v1/accounts/1/labels" || !failure.IsOwn {
			t.Errorf("%+v", failure)
		}
	}
}
