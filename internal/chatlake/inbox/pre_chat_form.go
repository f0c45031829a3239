package inbox

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// The keys that the platform keeps of a form and of its fields. It drops others without a word.
var (
	formKeys      = []string{"pre_chat_message", "require_email", "pre_chat_fields"}
	formFieldKeys = []string{
		"field_type", "label", "placeholder", "name", "enabled", "type", "required", "locale", "values", "regex_pattern", "regex_cue",
	}
)

func preChatForm() schema.DynamicAttribute {
	return schema.DynamicAttribute{
		MarkdownDescription: "`web_widget`: the form, an object with `pre_chat_message`, `require_email` and `pre_chat_fields`, a list of objects with any of " +
			attribute.Choices(formFieldKeys...) + ". The list must not be empty: the platform replaces a form without fields by its own. " +
			"Without the attribute, the widget has the platform's own form.",
		Optional: true, Validators: []validator.Dynamic{formValidator{}},
	}
}

// newForm is the form of a new widget.
var newForm = map[string]any{
	"pre_chat_message": "Share your queries or comments here.",
	"pre_chat_fields": []any{
		newFormField("Email Id", "emailAddress", "email", true),
		newFormField("Full name", "fullName", "text", false),
		newFormField("Phone number", "phoneNumber", "text", false),
	},
}

func newFormField(label, name, kind string, required bool) map[string]any {
	return map[string]any{"field_type": "standard", "label": label, "name": name, "type": kind, "required": required, "enabled": false}
}

// formValidator refuses what the platform would drop or replace.
type formValidator struct{}

// Description says what is accepted.
func (formValidator) Description(context.Context) string {
	return `must be an object such as { pre_chat_message = "Who are you?", pre_chat_fields = [{ name = "emailAddress", enabled = true }] }`
}

// MarkdownDescription is Description.
func (v formValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateDynamic looks at the keys and at the list of fields. A value that is not known yet is let through.
func (v formValidator) ValidateDynamic(ctx context.Context, req validator.DynamicRequest, resp *validator.DynamicResponse) {
	value, isKnown := tfvalue.Unwrap(req.ConfigValue)
	if !isKnown || tfvalue.IsEmpty(value) {
		return
	}

	form, isObject := tfvalue.Members(value)
	if !isObject {
		resp.Diagnostics.AddAttributeError(req.Path, "Not an object", "The value "+v.Description(ctx)+".")
		return
	}

	refuseOtherKeys(req.Path, "The form", form, formKeys, &resp.Diagnostics)

	list, _ := tfvalue.Unwrap(form["pre_chat_fields"])
	if list != nil && list.IsUnknown() {
		return
	}

	fields, _ := tfvalue.Elements(list)
	if len(fields) == 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Form without fields",
			"pre_chat_fields must be a list with at least one field: the platform replaces a form without fields, its pre_chat_message included, by its own.")
	}

	for i, field := range fields {
		field, _ := tfvalue.Unwrap(field)
		members, isObject := tfvalue.Members(field)

		switch {
		case isObject:
			refuseOtherKeys(req.Path, fmt.Sprintf("Field %d of the form", i), members, formFieldKeys, &resp.Diagnostics)
		case !field.IsUnknown():
			resp.Diagnostics.AddAttributeError(req.Path, "Not an object", fmt.Sprintf("Field %d of the form must be an object.", i))
		}
	}
}

func refuseOtherKeys(at path.Path, object string, members map[string]attr.Value, known []string, diags *diag.Diagnostics) {
	for key := range members {
		if !slices.Contains(known, key) {
			diags.AddAttributeError(at, "Key that the platform drops", fmt.Sprintf("%s has a key that is none of %s.", object, attribute.Choices(known...)))
			return
		}
	}
}
