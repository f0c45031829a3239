package kommunicate

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var _ list.ListResourceWithConfigure = (*conversationList)(nil)

func newConversationList() list.ListResource { return &conversationList{} }

// conversationList lists conversations for terraform query.
type conversationList struct{ configuredList }

type conversationListModel struct {
	Status   types.String `tfsdk:"status"`
	Assignee types.String `tfsdk:"assignee"`
}

func (l *conversationList) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = conversationType
}

// ListResourceConfigSchema describes the filters.
func (l *conversationList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Conversations of a Kommunicate application, those with the newest traffic first.\n\n" +
			"Unverified: no page of the [Platform API](https://docs.kommunicate.io/docs/api-detail) documents listing conversations; the provider uses the call of the agents' apps. Whether it lists conversations without any message is not known.",
		Attributes: map[string]schema.Attribute{
			"status": schema.StringAttribute{
				MarkdownDescription: "Only those of this status: `initial`, `open`, `progress`, `closed`, `spam`, `duplicate`, `archive`, `unresponded` or `waiting`.",
				Optional:            true,
				Validators:          attribute.OrEmpty(stringvalidator.OneOf(statusNames()...)),
			},
			"assignee": schema.StringAttribute{
				MarkdownDescription: "Only those assigned to this agent or bot.",
				Optional:            true,
				Validators:          attribute.OrEmpty(userIDValidator()),
			},
		},
	}
}

// List streams the conversations page by page.
func (l *conversationList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config conversationListModel

	diags := req.Config.Get(ctx, &config)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}

	filter := api.ConversationFilter{Assignee: config.Assignee.ValueString()}
	if config.Status.ValueString() != "" {
		filter.Status = statusCode(config.Status.ValueString())
	}

	stream.Results = func(push func(list.ListResult) bool) {
		count := int64(0)

		for found, err := range l.client.Conversations(ctx, filter) {
			if err != nil {
				push(listError("list conversations", err))
				return
			}

			one, isThere := l.result(ctx, req, found)
			if !isThere {
				continue
			}

			count++
			if !push(one) || count == req.Limit {
				return
			}
		}
	}
}

// result returns one conversation, and the resource as an import reads it if it was asked for; false if it
// went after it was listed.
func (l *conversationList) result(ctx context.Context, req list.ListRequest, found api.Conversation) (list.ListResult, bool) {
	result := req.NewListResult(ctx)
	result.DisplayName = found.Name
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("group_id"), string(found.ID))...)

	if !req.IncludeResource {
		return result, true
	}

	if !found.IsWhole() {
		var err error

		found, err = l.client.Conversation(ctx, string(found.ID))
		if err != nil {
			return listError("read conversation "+result.DisplayName, err), !transport.IsNotFound(err)
		}
	}

	var model conversationModel
	result.Diagnostics.Append(emptyResource(ctx, result.Resource, &model)...)
	model.fromAPI(found, true, nil)
	result.Diagnostics.Append(result.Resource.Set(ctx, model)...)

	return result, true
}

// emptyResource fills the model with nulls of the schema's types.
func emptyResource(ctx context.Context, target *tfsdk.Resource, model any) diag.Diagnostics {
	attributes := map[string]tftypes.Value{}
	for name, attribute := range target.Schema.GetAttributes() {
		attributes[name] = tftypes.NewValue(attribute.GetType().TerraformType(ctx), nil)
	}

	target.Raw = tftypes.NewValue(target.Schema.Type().TerraformType(ctx), attributes)

	return target.Get(ctx, model)
}

// listError returns the result for a list that failed.
func listError(action string, err error) list.ListResult {
	var diags diag.Diagnostics
	apidiag.Add(&diags, action, err)

	return list.ListResult{Diagnostics: diags}
}
