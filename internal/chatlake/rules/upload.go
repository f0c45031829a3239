package rules

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
)

var _ action.ActionWithConfigure = (*uploadAction)(nil)

// Actions lists the actions of this area.
func Actions() []func() action.Action { return []func() action.Action{newUploadAction} }

func newUploadAction() action.Action { return &uploadAction{account.ActionOf("chatlake_upload")} }

// uploadAction hands a file to the platform, for a rule or a macro that sends it.
type uploadAction struct{ account.Action }

func (a *uploadAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Uploads a file, and says the id that an action `send_attachment` of a `chatlake_automation_rule` or a `chatlake_macro` takes: " +
			"write it into `action_params`. Such an action may name a `file` instead, which needs no upload by hand. This is an action because an id ends with the last rule, macro or message that has the file: " +
			"a rule that is made again needs a new upload. The platform takes 60 uploads an hour. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"file": schema.StringAttribute{
				MarkdownDescription: "The file on this machine, of any type and at most 100 MiB.", Required: true,
				Validators: []validator.String{attribute.NotEmpty()},
			},
		},
	}
}

// Invoke sends the file.
func (a *uploadAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var name types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("file"), &name)...)
	if resp.Diagnostics.HasError() {
		return
	}

	file, _, err := account.ReadFile(name.ValueString())
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("file"), "Unable to read the file", fmt.Sprintf("The file %s. Nothing was sent. Give the path of a regular file.", err))
		return
	}

	account.Report(resp, "Sending %s, %d bytes", name.ValueString(), len(file.Content))

	uploaded, err := a.Client.Upload(ctx, file)
	apidiag.Add(&resp.Diagnostics, "upload the file", err)

	if err == nil {
		account.Report(resp, "For an action send_attachment: action_params = [%q]", strings.Trim(string(uploaded.BlobID), `"`))
	}
}
