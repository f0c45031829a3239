package kommunicate

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// messageConfig is a configuration or a plan, in which nested objects may be unknown.
type messageConfig struct {
	ID            types.String `tfsdk:"id"`
	GroupID       types.String `tfsdk:"group_id"`
	ClientGroupID types.String `tfsdk:"client_group_id"`
	FromUserName  types.String `tfsdk:"from_user_name"`
	Message       types.String `tfsdk:"message"`
	ContentType   types.String `tfsdk:"content_type"`
	Metadata      types.Map    `tfsdk:"metadata"`
	SkipBot       types.Bool   `tfsdk:"skip_bot"`
	RichMessage   types.Object `tfsdk:"rich_message"`
	Attachment    types.Object `tfsdk:"attachment"`
	Triggers      types.Map    `tfsdk:"triggers"`
	OnDestroy     types.String `tfsdk:"on_destroy"`
	CreatedAt     types.String `tfsdk:"created_at"`
}

// reservedMessageKeys are the keys of a message's metadata that are not for metadata, with what to use instead.
var reservedMessageKeys = map[string]string{
	api.KeyContentType: "set the attribute rich_message",
	api.KeyTemplate:    "set rich_message.template_id",
	api.KeyPayload:     "set rich_message.payload",
	api.KeySkipBot:     "set the attribute skip_bot",
}

func (r *messageResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A message in a conversation. See [Send Message](https://docs.kommunicate.io/docs/api-detail#send-message) and [Send Attachments](https://docs.kommunicate.io/docs/api-detail#send-attachments).\n\n" +
			"**A message is an event: a change sends a new one to people.** It is sent again only when an argument changes, when `triggers` change, or when its conversation itself is gone - not because it was deleted or cannot be found. Only `metadata` changes in place. An imported message is not sent again because the configuration leaves out what the import found. If the answer of the platform is lost, the message may have been sent, and the error says so.\n\n" +
			"Destroying leaves the message where it is; `on_destroy = \"delete_for_all\"` deletes it for everyone.\n\n" +
			"The functions `kommunicate_suggested_replies`, `kommunicate_buttons`, `kommunicate_list`, `kommunicate_images`, `kommunicate_cards`, `kommunicate_form` and `kommunicate_video` build a `rich_message` and check it when planning.\n\n" +
			"Unverified: no page of the Platform API documents uploading files, and reading, changing and deleting messages; the provider uses the calls of the chat backend. Attachments are sent through the gateway, or else through the chat host.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("Message key."),
			"group_id": schema.StringAttribute{
				MarkdownDescription: "Group id of the conversation. Set this or `client_group_id`. To name the same conversation by the other one sends nothing.",
				Optional:            true,
				Validators:          attribute.OrEmpty(attribute.IntegerID()),
			},
			"client_group_id": schema.StringAttribute{
				MarkdownDescription: "Your own id of the conversation. Set this or `group_id`.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.LengthAtMost(longestClientID)},
			},
			"from_user_name": schema.StringAttribute{
				MarkdownDescription: "User id of the sender; the platform calls it a name.",
				Required:            true, PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
				Validators: []validator.String{userIDValidator()},
			},
			"message": schema.StringAttribute{
				MarkdownDescription: "Text of the message, or HTML with the content type `text_html`. Required without an attachment.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{ownership.Plan(), attribute.ReplaceOnChange()},
			},
			"content_type": schema.StringAttribute{
				MarkdownDescription: "What the text is: " + attribute.Choices(contentTypes[:7]...) + ". Default `default`, and `attachment` with an attachment. Rich messages are `default`.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{ownership.Plan(), stringplanmodifier.RequiresReplaceIf(isOtherContentType, sendsAgain, sendsAgain)},
				Validators:    attribute.OrEmpty(stringvalidator.OneOf(contentTypes[:7]...)),
			},
			"metadata": schema.MapAttribute{
				MarkdownDescription: "Metadata of the message, as text. It is changed in place, and only the keys that are set here are managed. The platform cannot remove a key: one that is removed here is blanked there. Keys that other attributes manage are refused.",
				Optional:            true, Computed: true, ElementType: types.StringType,
				PlanModifiers: []planmodifier.Map{ownership.Plan()},
				Validators:    []validator.Map{mapvalidator.NoNullValues(), mapvalidator.KeysAre(attribute.NotEmpty(), reservedKeyValidator{reservedMessageKeys})},
			},
			"skip_bot": schema.BoolAttribute{
				MarkdownDescription: "Whether bots do not react to the message. Set it when an agent or a program sends. Default `false`.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.Bool{ownership.Plan(), boolplanmodifier.RequiresReplaceIf(
					func(_ context.Context, req planmodifier.BoolRequest, resp *boolplanmodifier.RequiresReplaceIfFuncResponse) {
						resp.RequiresReplace = req.PlanValue.ValueBool() != req.StateValue.ValueBool()
					}, sendsAgain, sendsAgain)},
			},
			"rich_message": schema.SingleNestedAttribute{
				MarkdownDescription: "A [rich message](https://docs.kommunicate.io/docs/message-types), shown below the text. The provider's functions build one.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.Object{ownership.Plan(), replaceAppearing()},
				Attributes: map[string]schema.Attribute{
					"template_id": schema.StringAttribute{
						MarkdownDescription: "Number of the template: 3 link buttons, 6 suggested replies, 7 list, 9 images, 10 cards, 11 buttons of all kinds, 12 form, 14 video.",
						Required:            true, PlanModifiers: replaceString(),
						Validators: []validator.String{attribute.IntegerID()},
					},
					"payload": schema.StringAttribute{
						MarkdownDescription: "Content of the template, as JSON. Spaces and the order of keys make no difference.",
						Required:            true,
						PlanModifiers:       append([]planmodifier.String{sameJSON{}}, replaceString()...),
						Validators:          []validator.String{jsonValidator{}},
					},
				},
			},
			"attachment": attachmentAttribute(),
			"triggers": schema.MapAttribute{
				MarkdownDescription: "Any values; a change of them sends the message again, on purpose.",
				Optional:            true, ElementType: types.StringType,
				PlanModifiers: []planmodifier.Map{attribute.ReplaceOnChange()},
			},
			"on_destroy": attribute.OnDestroy("What destroying does: `abandon` leaves the message, `delete_for_all` deletes it for everyone.", messageAbandon, messageDelete),
			"created_at": attribute.Timestamp("When the message was sent."),
		},
	}
}

func attachmentAttribute() schema.Attribute {
	text := func(description string, validators ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{
			MarkdownDescription: description, Optional: true, Computed: true, Validators: validators,
			PlanModifiers: []planmodifier.String{ownership.Plan(), attribute.ReplaceOnChange()},
		}
	}
	described := func(description string, of func(api.FileMeta) string, validators ...validator.String) schema.StringAttribute {
		out := text(description, validators...)
		out.PlanModifiers = []planmodifier.String{ownership.Plan(), replaceDescribed(of)}

		return out
	}
	siblings := func(names ...string) []path.Expression {
		expressions := make([]path.Expression, len(names))
		for i, name := range names {
			expressions[i] = path.MatchRelative().AtParent().AtName(name)
		}

		return expressions
	}

	source := text("Path of a local file to upload: a regular file of at most 25 MiB. It is sent as it is when the message is sent, also if it has changed since the plan. The same content under another path is no change. A changed content under the same path is not noticed: put a hash of it into `triggers` to send it again.",
		attribute.NotWith(siblings("blob_key", "thumbnail_url", "size")...))
	source.PlanModifiers = []planmodifier.String{ownership.Plan(), replaceOtherFile()}

	return schema.SingleNestedAttribute{
		MarkdownDescription: "A file that comes with the message: one that has an address (`url`), or a local one that is uploaded (`source`).",
		Optional:            true, Computed: true,
		PlanModifiers: []planmodifier.Object{ownership.Plan(), replaceAppearing()},
		Attributes: map[string]schema.Attribute{
			"source":       source,
			"url":          text("Address of a file that can be downloaded already.", attribute.OrEmpty(attribute.URL())...),
			"name":         described("Name of the file. Default: the last part of `url` or `source`.", func(f api.FileMeta) string { return f.Name }),
			"content_type": described("Media type of the file, such as `image/png`. Default: by the name.", func(f api.FileMeta) string { return f.ContentType }),
			"size": schema.Int64Attribute{
				MarkdownDescription: "Size in bytes.", Optional: true, Computed: true,
				PlanModifiers: []planmodifier.Int64{ownership.Plan(), int64planmodifier.RequiresReplace()},
				Validators:    []validator.Int64{int64validator.AtLeast(0)},
			},
			"blob_key":      text("The platform's key of a file that was uploaded to it before."),
			"thumbnail_url": described("Address of a small picture of the file. Default: `url`, if that is an image.", func(f api.FileMeta) string { return f.ThumbnailURL }, attribute.OrEmpty(attribute.URL())...),
		},
	}
}

// IdentitySchema describes the identity.
func (r *messageResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"message_key": identityschema.StringAttribute{RequiredForImport: true, Description: "Key of the message."},
	}}
}

const sendsAgain = "Sends a new message if the value changes."

func replaceString() []planmodifier.String {
	return []planmodifier.String{stringplanmodifier.RequiresReplace()}
}

// replaceAppearing sends a new message if a nested object appears or disappears. The modifiers of its attributes do the
// rest.
func replaceAppearing() planmodifier.Object {
	return objectplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.ObjectRequest, resp *objectplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = req.PlanValue.IsUnknown() || req.PlanValue.IsNull() != req.StateValue.IsNull()
	}, sendsAgain, sendsAgain)
}

// isOtherContentType sends a new message if another content type is meant.
func isOtherContentType(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	var before, after types.Object
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("attachment"), &before)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("attachment"), &after)...)
	resp.RequiresReplace = req.PlanValue.IsUnknown() ||
		effectiveContentType(req.StateValue, tfvalue.IsSet(before)) != effectiveContentType(req.PlanValue, tfvalue.IsSet(after))
}

// jsonValidator accepts a JSON array or object.
type jsonValidator struct{}

func (jsonValidator) Description(context.Context) string { return "must be a JSON array or object" }

func (v jsonValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v jsonValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !tfvalue.IsSet(req.ConfigValue) {
		return
	}

	var value any

	err := json.Unmarshal([]byte(req.ConfigValue.ValueString()), &value)
	switch value.(type) {
	case []any, map[string]any:
		return
	}

	detail := "The payload " + v.Description(ctx) + "; jsonencode() makes one."
	if err != nil {
		detail += fmt.Sprintf("\n\n%v.", err)
	}

	resp.Diagnostics.AddAttributeError(req.Path, "Invalid payload", detail)
}

// sameJSON keeps the old text if the new one means the same, so that nothing is sent because of spaces.
type sameJSON struct{}

// ActsOnChangesOnly marks a modifier that changes no plan that is the same as the state.
func (sameJSON) ActsOnChangesOnly() {}

func (sameJSON) Description(context.Context) string {
	return "Keeps the text if the JSON means the same."
}

func (m sameJSON) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (sameJSON) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !tfvalue.IsSet(req.StateValue) || !tfvalue.IsSet(req.PlanValue) {
		return
	}

	var before, after any
	if json.Unmarshal([]byte(req.StateValue.ValueString()), &before) == nil &&
		json.Unmarshal([]byte(req.PlanValue.ValueString()), &after) == nil && reflect.DeepEqual(before, after) {
		resp.PlanValue = req.StateValue
	}
}
