package provider

import (
	"strings"
	"testing"
)

// TestEngageV1 warns of a base address of the vendor's other API when the provider is configured.
func TestEngageV1(t *testing.T) {
	for address, want := range map[string]bool{"https://tenant.imi.chat": false, "https://api-us-site-1.imiengage.io": true} {
		c, diags := configure(t, block{"imichat": block{"base_url": address, "access_token": "token"}})

		warned := strings.Contains(said(diags), "imichat.base_url: The address looks like another API")
		if warned != want || diags.HasError() || c == nil {
			t.Errorf("%s: %s", address, said(diags))
		}
	}
}
