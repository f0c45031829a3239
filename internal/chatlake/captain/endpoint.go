package captain

import (
	"context"
	"net/netip"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// namedHost accepts an https address of a host that has a name which others can resolve, as the server does. The server refuses any
// other, and crashes over one without a scheme.
type namedHost struct{}

// Description says what is accepted.
func (namedHost) Description(context.Context) string {
	return "must be an https address of a host with a name, such as https://orders.example.com/api, and not of localhost or a name that ends in .local"
}

// MarkdownDescription is Description.
func (v namedHost) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString refuses what the server would refuse.
func (v namedHost) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	text := req.ConfigValue.ValueString()
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || isNamedHost(text) {
		return
	}

	resp.Diagnostics.AddAttributeError(req.Path, "Invalid address", "The address "+v.Description(ctx)+".")
}

func isNamedHost(text string) bool {
	isPlain := !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })

	address, err := url.Parse(text)
	if err != nil || !isPlain || address.Scheme != "https" {
		return false
	}

	host := strings.ToLower(address.Hostname())
	_, notIP := netip.ParseAddr(host)

	return host != "" && host != "localhost" && !strings.HasSuffix(host, ".local") && notIP != nil
}
