package talk

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// itemKeys are what the items of a kind of content may hold.
func itemKeys(contentType string) []string {
	switch contentType {
	case "input_select":
		return []string{"title", "value"}
	case "cards":
		return []string{"title", "description", "media_url", "actions"}
	case "form":
		return []string{"type", "placeholder", "label", "name", "options", "default", "required", "pattern", "title", "pattern_error"}
	case "article":
		return []string{"title", "description", "link"}
	default:
		return nil
	}
}

// ValidateConfig refuses a message of nothing, and custom content that the server would refuse.
func (r *messageResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config messageModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	validateMessage(&config, &resp.Diagnostics)
}

// validateMessage refuses a message of nothing, and custom content that the server would refuse.
func validateMessage(config *messageModel, diags *diag.Diagnostics) {
	if tfvalue.IsEmpty(config.Content) && tfvalue.IsEmpty(config.Attachments) && tfvalue.IsEmpty(config.ContentAttributes) && tfvalue.IsEmpty(config.TemplateParams) {
		diags.AddAttributeError(path.Root("content"), "Empty message", "A message needs content, attachments, content_attributes or template_params.")
	}

	validateItems(config.ContentType.ValueString(), config.ContentAttributes, diags)

	if params, ok := tfvalue.Unwrap(config.TemplateParams); ok && !tfvalue.IsEmpty(params) {
		if members, ok := tfvalue.Members(params); ok && members["name"] == nil {
			diags.AddAttributeError(path.Root("template_params"), "Template without a name", "template_params needs the name of the template.")
		}
	}
}

// validateItems holds content_attributes.items to the kind of content. What is unknown passes.
func validateItems(contentType string, attributes types.Dynamic, diags *diag.Diagnostics) {
	keys := itemKeys(contentType)
	if keys == nil || attributes.IsUnknown() || attributes.IsUnderlyingValueUnknown() {
		return
	}

	at := path.Root("content_attributes")
	complain := func(problem string) {
		diags.AddAttributeError(at, "Invalid "+contentType, problem)
	}
	members, _ := tfvalue.Members(attributes.UnderlyingValue())

	items, isKnown := tfvalue.Unwrap(members["items"])
	if !isKnown && members["items"] != nil && !members["items"].IsNull() {
		return
	}

	list, ok := tfvalue.Elements(items)
	if !ok || len(list) == 0 {
		complain(fmt.Sprintf("content_type = %q needs content_attributes.items, a list of objects with %s.", contentType, attribute.Choices(keys...)))
		return
	}

	for i, element := range list {
		validateItem(contentType, fmt.Sprintf("items[%d]", i), element, keys, complain)
	}
}

func validateItem(contentType, where string, element attr.Value, keys []string, complain func(string)) {
	item, ok := tfvalue.Unwrap(element)
	if !ok {
		return
	}

	members, ok := tfvalue.Members(item)
	if !ok {
		complain(fmt.Sprintf("%s is not an object with %s.", where, attribute.Choices(keys...)))
		return
	}

	for key := range members {
		if !slices.Contains(keys, key) {
			complain(fmt.Sprintf("%s has a key that is none of %s.", where, attribute.Choices(keys...)))
		}
	}

	if contentType != "cards" {
		return
	}

	actions, isKnown := tfvalue.Unwrap(members["actions"])
	if !isKnown && members["actions"] != nil && !members["actions"].IsNull() {
		return
	}

	list, ok := tfvalue.Elements(actions)
	if !ok || len(list) == 0 {
		complain(where + " needs actions, a list of objects with `text`, `type`, `payload`, `uri`.")
	}

	for i, action := range list {
		validateItem("", fmt.Sprintf("%s.actions[%d]", where, i), action, []string{"text", "type", "payload", "uri"}, complain)
	}
}
