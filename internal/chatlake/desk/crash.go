package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// statusOfCrash is the HTTP status of a server that crashed over what it should have refused.
const statusOfCrash = 500

// reportCrash reports a failure. If the server crashed, the reason says over which choice: it does not refuse some that it
// does not know.
func reportCrash(diags *diag.Diagnostics, action string, err error, field, reason string) {
	failure := transport.As(err)
	if failure != nil && failure.Status == statusOfCrash {
		diags.AddAttributeError(path.Root(field), "Unable to "+action, reason+"\n\n"+apidiag.Detail(err))
		return
	}

	apidiag.Add(diags, action, err)
}
