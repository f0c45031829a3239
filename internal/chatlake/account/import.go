package account

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
)

// ImportForm imports an object by an import id of the form, or by an identity with the parts of the form. Find returns the
// ids of the objects that have a natural key; it may be nil if the form has no keys. Read does the rest.
func (r *Resource) ImportForm(
	ctx context.Context, form importid.Form, find func(ctx context.Context, id importid.ID) ([]string, error),
	req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	text := req.ID
	if text == "" && req.Identity != nil {
		text = r.identityText(ctx, form, req, resp)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	parts, ok := form.Resolve(ctx, text, find, &resp.Diagnostics)
	if !ok {
		return
	}

	for name, value := range parts {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}

	resp.Diagnostics.Append(ownership.MarkImported(ctx, resp.Private)...)

	if resp.Identity == nil {
		return
	}

	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("account_id"), r.Client.AccountID)...)

	for name, value := range parts {
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root(name), value)...)
	}
}

// identityText returns the import id that means the same as the identity of a request.
func (r *Resource) identityText(ctx context.Context, form importid.Form, req resource.ImportStateRequest, resp *resource.ImportStateResponse) string {
	var account types.String

	resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("account_id"), &account)...)
	r.RefuseOtherAccount(account, &resp.Diagnostics)

	texts := make([]string, len(form.Parts))
	for i, part := range form.Parts {
		var text types.String

		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(part.Name), &text)...)
		texts[i] = text.ValueString()
	}

	return strings.Join(texts, "/")
}
