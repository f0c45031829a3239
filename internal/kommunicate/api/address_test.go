package api

import (
	"net/url"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Errors that this side makes of an answer name the whole address that was asked, the path of the base address included.
func TestOwnErrorsNameTheAddress(t *testing.T) {
	t.Parallel()

	c := New(Settings{BaseURL: &url.URL{Scheme: "https", Host: "example.com", Path: "/chat"}})

	for _, err := range []error{c.unreadable("POST", detailPath, "x"), c.notFound("", "x", "POST", detailPath)} {
		failure := transport.As(err)
		if failure == nil || failure.Address != "https://example.com/chat"+detailPath {
			t.Errorf("%+v", failure)
		}
	}
}
