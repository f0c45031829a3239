package kommunicate

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var _ function.Function = (*richFunction)(nil)

// richFunction builds the rich message of one template from plain HCL, and refuses what the template does not allow.
type richFunction struct {
	name, template, parameter string
	summary, takes            string
	read                      reader
}

// richTypes are the types of rich_message of a message.
var richTypes = map[string]attr.Type{"template_id": types.StringType, "payload": types.StringType}

func richFunctions() []func() function.Function {
	templates := []richFunction{
		{
			name: "kommunicate_suggested_replies", template: "6", parameter: "replies", read: suggestedReplies(),
			summary: "Builds a rich message of suggested replies",
			takes:   "A list of `{ title, message }`: the button, and the text that is sent when it is clicked; optional `reply_metadata`, an object that is sent along.",
		},
		{
			name: "kommunicate_buttons", template: "3", parameter: "buttons", read: buttons(),
			summary: "Builds a rich message of link and submit buttons",
			takes: "A list of buttons. A link is `{ type = \"link\", name, url }`, with optional `open_link_in_new_tab`. A button that submits is `{ type = \"submit\", name, form_action }`, " +
				"with optional `form_data` (an object to post), `request_type` (`json`), `reply_text` and `reply_metadata`. A button that replies is `{ type = \"suggested_reply\", name, message }`, " +
				"with optional `title` and `reply_metadata`, an object that is sent along. With a button that is not a link, the message is of template 11, which is for buttons of all kinds.",
		},
		{
			name: "kommunicate_list", template: "7", parameter: "list", read: listTemplate(),
			summary: "Builds a rich message that is a list",
			takes: "An object with `elements`, each `{ title }` with optional `description`, `img_src`, `action`, and `article_id` and `source` of an article of the knowledge base; and optional `header_img_src`, `header_text` and `buttons`, each `{ name, action }`. " +
				"An action is `{ type = \"link\", url }` with optional `open_link_in_new_tab`, or `{ type = \"quick_reply\" }` with optional `text` (else the title or name is sent), `reply_metadata` and `update_language` (a code such as `fr`, which the apps speak from then on).",
		},
		{
			name: "kommunicate_images", template: "9", parameter: "images", read: images(),
			summary: "Builds a rich message of images",
			takes:   "A list of `{ url }`, with optional `caption`.",
		},
		{
			name: "kommunicate_cards", template: "10", parameter: "cards", read: cards(),
			summary: "Builds a rich message of one card, or of several as a carousel",
			takes: "A list of `{ title }`, with optional `subtitle`, `title_ext`, `description`, `header` = `{ img_src, overlay_text }` and `buttons`, each `{ name, action }`. " +
				"An action is `{ type = \"link\", url }` with optional `open_link_in_new_tab`, `{ type = \"quickReply\", message }` with optional `title` and `reply_metadata`, " +
				"or `{ type = \"submit\", form_action }` with optional `form_data`, `request_type` (`json`) and `text`.",
		},
		{
			name: "kommunicate_form", template: "12", parameter: "fields", read: form(),
			summary: "Builds a rich message that is a form",
			takes: "A list of fields, exactly one of which is `{ type = \"submit\", name }`, with optional `form_action`, `request_type` (`json` or `postBackToBotPlatform`), `message`, `reply_metadata`, " +
				"`post_form_data_as_message` (whether what was filled in is sent as a message), `add_form_label_in_message` (whether with the labels; the apps' default is `true`) and `post_back_to_kommunicate` (whether what was filled in is sent to the bot with the message). The others are:\n\n" +
				"* `{ type = \"text\", label }`, `\"password\"`, `\"date\"`, `\"time\"` or `\"datetime-local\"`, with optional `placeholder`, `name` and `validation` = `{ error_text }` with optional `regex`;\n" +
				"* `{ type = \"textarea\", name }`, with optional `title`, `placeholder`, `rows`, `cols` and `validation`;\n" +
				"* `{ type = \"radio\", name, title, options }`, `\"checkbox\"` or `\"dropdown\"`, with options of `{ label, value }` and optional `validation`; those of a dropdown may be `selected` and `disabled`;\n" +
				"* `{ type = \"hidden\", name, value }`.",
		},
		{
			name: "kommunicate_video", template: "14", parameter: "videos", read: video(),
			summary: "Builds a rich message of videos",
			takes: "A list of `{ url }`, the address of a file, or `{ source }`, that of a page to embed such as YouTube's, with optional `caption` and `type`, the media type. " +
				"Unverified: no page documents the names of this template's keys; they are those that the vendor's widget reads.",
		},
	}

	functions := make([]func() function.Function, len(templates))
	for i := range templates {
		functions[i] = func() function.Function { return &templates[i] }
	}

	return functions
}

// Metadata sets the function's name.
func (f *richFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = f.name
}

// Definition describes the function.
func (f *richFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: f.summary,
		MarkdownDescription: f.summary + ", for `rich_message` of a `kommunicate_message`: template " + f.template + " of " +
			"[Types of Rich Messages](https://docs.kommunicate.io/docs/message-types). The plan refuses what the template does not allow. Addresses must start with `https://`, as the vendor asks. " +
			"Null, and an empty text, list or object in an optional attribute, counts as not given.",
		Parameters: []function.Parameter{function.DynamicParameter{Name: f.parameter, MarkdownDescription: f.takes, AllowUnknownValues: true}},
		Return:     function.ObjectReturn{AttributeTypes: richTypes},
	}
}

// Run builds the message. As long as something in it is not known, neither is the message.
func (f *richFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var argument types.Dynamic

	resp.Error = req.Arguments.Get(ctx, &argument)
	if resp.Error != nil {
		return
	}

	if !isKnown(ctx, argument) {
		resp.Error = resp.Result.Set(ctx, types.ObjectUnknown(richTypes))
		return
	}

	read, err := f.read(f.parameter, tfvalue.JSON(argument))
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error()) // Terraform ends the sentence.
		return
	}

	id := f.template
	if other, ok := read.(template); ok {
		id, read = other.id, other.payload
	}

	var payload bytes.Buffer

	encoder := json.NewEncoder(&payload)
	encoder.SetEscapeHTML(false)

	if err := encoder.Encode(read); err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}

	resp.Error = resp.Result.Set(ctx, types.ObjectValueMust(richTypes, map[string]attr.Value{
		"template_id": types.StringValue(id),
		"payload":     types.StringValue(string(bytes.TrimSpace(payload.Bytes()))),
	}))
}

// isKnown reports whether nothing in the value is unknown.
func isKnown(ctx context.Context, value attr.Value) bool {
	if dynamic, ok := value.(types.Dynamic); ok {
		return !dynamic.IsUnknown() && !dynamic.IsUnderlyingValueUnknown() && (dynamic.IsNull() || dynamic.UnderlyingValue() == nil || isKnown(ctx, dynamic.UnderlyingValue()))
	}

	raw, err := value.ToTerraformValue(ctx)

	return err == nil && raw.IsFullyKnown()
}
