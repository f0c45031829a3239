package account

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// deletionSent is noted in the private state of an object that the server was told to delete, and still had in the end.
const deletionSent = "deletion_sent"

// DeleteInBackground deletes an object that the server takes apart in a background job: remove sends the request and waits
// until the object is gone. The run after one that waited in vain sends no second request, and only waits. The one after
// that sends it again, for the server can lose a job.
func DeleteInBackground(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse, remove, wait func(context.Context) error) error {
	noted, diags := req.Private.GetKey(ctx, deletionSent)
	resp.Diagnostics.Append(diags...)

	act, note := remove, "true"
	if string(noted) == "true" {
		act, note = wait, "false"
	}

	err := act(ctx)
	if api.IsStillThere(err) {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, deletionSent, []byte(note))...)
	}

	return err
}
