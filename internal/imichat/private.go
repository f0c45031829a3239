package imichat

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
)

func setText(ctx context.Context, private ownership.Writer, key, value string) diag.Diagnostics {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil // A text can always be encoded.
	}

	return private.SetKey(ctx, key, raw)
}

func getText(ctx context.Context, private ownership.Reader, key string) string {
	var value string

	raw, _ := private.GetKey(ctx, key)
	if json.Unmarshal(raw, &value) != nil {
		return ""
	}

	return value
}

func setFlag(ctx context.Context, private ownership.Writer, key string, value bool) diag.Diagnostics {
	return private.SetKey(ctx, key, strconv.AppendBool(nil, value))
}

func hasFlag(ctx context.Context, private ownership.Reader, key string) bool {
	value, _ := private.GetKey(ctx, key)
	return string(value) == "true"
}
