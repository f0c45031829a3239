// Package providerdata hands each room of the provider the client of its platform.
package providerdata

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Client asks what Configure stored for the client of one platform. Source is the room's own interface with the method
// that get names, so a room sees no other platform. The client is nil, without an error, before the provider is
// configured: Terraform validates first.
func Client[Source, C any](data any, get func(Source) (*C, diag.Diagnostics), diags *diag.Diagnostics) *C {
	if data == nil {
		return nil
	}

	source, ok := data.(Source)
	if !ok {
		diags.AddError("Provider data of an unexpected type",
			fmt.Sprintf("The provider handed over %T. This is a bug in the provider; please report it.", data))

		return nil
	}

	client, problems := get(source)
	diags.Append(problems...)

	return client
}
