package account

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// DeleteTimeout is how long destroy waits for the server's workers unless the configuration says otherwise.
const DeleteTimeout = 10 * time.Minute

// DeleteTimeouts is for objects that the server deletes some time after it confirmed that.
func DeleteTimeouts(ctx context.Context) schema.Attribute {
	return DeleteTimeoutsWith(ctx, "How long destroy waits until the object is gone, such as `30s` or `10m`. "+
		"Default `10m`: the server deletes in the background, and how soon depends on its workers.")
}

// DeleteTimeoutsWith is DeleteTimeouts with another description.
func DeleteTimeoutsWith(ctx context.Context, description string) schema.Attribute {
	return describedTimeouts(ctx, timeouts.Opts{Delete: true, DeleteDescription: description})
}

// CreateTimeoutsWith is for objects that the server finishes some time after it has created them.
func CreateTimeoutsWith(ctx context.Context, description string) schema.Attribute {
	return describedTimeouts(ctx, timeouts.Opts{Create: true, CreateDescription: description})
}

func describedTimeouts(ctx context.Context, options timeouts.Opts) schema.Attribute {
	attribute := timeouts.Attributes(ctx, options)
	if nested, ok := attribute.(schema.SingleNestedAttribute); ok { // The library describes only what is inside.
		nested.MarkdownDescription = "How long to wait for the server."
		return nested
	}

	return attribute
}
