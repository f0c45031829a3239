package inbox

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

var _ action.ActionWithConfigure = (*syncTemplatesAction)(nil)

// Actions lists the actions of this area.
func Actions() []func() action.Action {
	return []func() action.Action{newSyncTemplatesAction}
}

func newSyncTemplatesAction() action.Action {
	return &syncTemplatesAction{account.ActionOf("chatlake_sync_templates")}
}

// syncTemplatesAction fetches the templates of an inbox.
type syncTemplatesAction struct{ account.Action }

func (a *syncTemplatesAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lets the platform fetch the message templates of a WhatsApp inbox from the carrier, in the background. The platform refuses it for other channels. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"inbox_id": schema.StringAttribute{MarkdownDescription: "The inbox.", Required: true, Validators: []validator.String{attribute.IntegerID()}},
		},
	}
}

// Invoke asks for the templates.
func (a *syncTemplatesAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var inbox types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("inbox_id"), &inbox)...)
	if resp.Diagnostics.HasError() {
		return
	}

	account.Report(resp, "Fetching the templates of inbox %s", inbox.ValueString())

	err := a.Client.SyncTemplates(ctx, api.ParseID(inbox.ValueString()))
	apidiag.AddAbout(&resp.Diagnostics, path.Root("inbox_id"), "fetch the templates of inbox "+inbox.ValueString(), "inbox "+inbox.ValueString(), err)
}
