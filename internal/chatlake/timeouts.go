package chatlake

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// deleteTimeout is how long destroy waits for the server's workers unless the configuration says otherwise.
const deleteTimeout = 10 * time.Minute

// deleteTimeouts is for objects that the server deletes some time after it said so.
func deleteTimeouts(ctx context.Context) schema.Attribute {
	return deleteTimeoutsOf(ctx, "How long destroy waits until the object is gone, such as `30s` or `10m`. "+
		"Default `10m`: the server deletes in the background, and how soon depends on its workers.")
}

// deleteTimeoutsOf is deleteTimeouts for objects that destroy waits for in another way.
func deleteTimeoutsOf(ctx context.Context, description string) schema.Attribute {
	attribute := timeouts.Attributes(ctx, timeouts.Opts{Delete: true, DeleteDescription: description})
	if nested, ok := attribute.(schema.SingleNestedAttribute); ok { // The library describes only what is inside.
		nested.MarkdownDescription = "How long to wait for the server."
		return nested
	}

	return attribute
}
