package kommunicate

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
)

var _ list.ListResourceWithConfigure = (*messageList)(nil)

func newMessageList() list.ListResource { return &messageList{} }

// messageList lists the messages of a conversation for terraform query.
type messageList struct{ configuredList }

type messageListModel struct {
	GroupID types.String `tfsdk:"group_id"`
}

func (l *messageList) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = messageType
}

// ListResourceConfigSchema describes the filters.
func (l *messageList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Messages of a conversation, the newest first.\n\n" +
			"Unverified: no page of the [Platform API](https://docs.kommunicate.io/docs/api-detail) documents reading messages; the provider uses the chat backend's call, as the acting user.",
		Attributes: map[string]schema.Attribute{
			"group_id": schema.StringAttribute{
				MarkdownDescription: "Group id of the conversation.",
				Required:            true,
				Validators:          []validator.String{attribute.IntegerID()},
			},
		},
	}
}

// List streams the messages page by page.
func (l *messageList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config messageListModel

	diags := req.Config.Get(ctx, &config)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}

	groupID := config.GroupID.ValueString()
	stream.Results = func(push func(list.ListResult) bool) {
		count := int64(0)

		for found, err := range l.client.Messages(ctx, groupID) {
			if err != nil {
				push(listError("list messages of conversation "+groupID, err))
				return
			}

			count++
			if !push(messageResult(ctx, req, found)) || count == req.Limit {
				return
			}
		}
	}
}

// maxDisplayName is how many characters of a message are its name in a list.
const maxDisplayName = 60

// messageResult returns one message, and the resource as an import reads it if it was asked for.
func messageResult(ctx context.Context, req list.ListRequest, found api.Message) list.ListResult {
	result := req.NewListResult(ctx)

	name := []rune(found.Sender() + ": " + strings.Join(strings.Fields(found.Text), " "))
	result.DisplayName = string(name[:min(len(name), maxDisplayName)])
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("message_key"), found.Key)...)

	if req.IncludeResource {
		var model messageModel
		result.Diagnostics.Append(emptyResource(ctx, result.Resource, &model)...)
		model.fromAPI(found)
		result.Diagnostics.Append(result.Resource.Set(ctx, model)...)
	}

	return result
}
