package rules

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// The conditions and actions of rules and macros are lists of objects whose parameters are of any type.
var (
	ruleEvents = []string{
		"conversation_created", "conversation_updated", "conversation_opened", "conversation_resolved", "message_created",
	}
	ruleConditions = []string{
		"content", "email", "country_code", "status", "message_type", "browser_language", "assignee_id", "team_id", "referer",
		"city", "company_name", "inbox_id", "mail_subject", "phone_number", "priority", "conversation_language", "labels",
		"private_note",
	}
	filterOperators = []string{
		"equal_to", "not_equal_to", "contains", "does_not_contain", "is_present", "is_not_present", "is_greater_than", "is_less_than",
		"days_before", "starts_with", "attribute_changed",
	}
	queryOperators = []string{"AND", "OR"}
	ruleActions    = []string{
		"send_message", "add_label", "remove_label", "send_email_to_team", "assign_team", "assign_agent",
		"remove_assigned_agent", "remove_assigned_team", "send_webhook_event", "mute_conversation", "send_attachment",
		"change_status", "resolve_conversation", "open_conversation", "pending_conversation", "snooze_conversation",
		"change_priority", "send_email_transcript", "add_private_note", "add_sla",
	}
	macroActions = []string{
		"send_message", "add_label", "assign_team", "assign_agent", "mute_conversation", "change_status", "remove_label",
		"remove_assigned_agent", "remove_assigned_team", "resolve_conversation", "snooze_conversation", "change_priority",
		"send_email_transcript", "send_attachment", "add_private_note", "send_webhook_event",
	}
	// idSteps are the actions and the condition keys whose parameters are ids, which the server wants as integers.
	idSteps = []string{"assign_team", "assign_agent", "add_sla", "send_email_to_team", "assignee_id", "team_id", "inbox_id"}
)

// stepsChange returns the field of a request that turns prior into plan: left out if they are equal.
func stepsChange(prior, plan types.Dynamic) api.Nullable[api.Steps] {
	if plan.IsUnknown() || !account.IsChanged(prior, plan) {
		return api.Nullable[api.Steps]{}
	}

	return api.Set(api.Steps(normalizedSteps(tfvalue.JSON(plan))))
}

// stepsFromAPI is a list as it was found; where that means the same as prior, prior, in the types in which it was
// written. The server keeps an attachment under another id than it was sent with, so the id that a configuration has is not compared.
func stepsFromAPI(prior types.Dynamic, found api.Steps) types.Dynamic {
	before, after := normalizedSteps(tfvalue.JSON(prior)), normalizedSteps([]any(found))

	for i := range min(len(before), len(after)) {
		one, _ := before[i].(map[string]any)

		other, _ := after[i].(map[string]any)
		isByID := one["file"] == nil && other["file"] == nil
		if isByID && one["action_name"] == sendAttachment && other["action_name"] == sendAttachment {
			other["action_params"] = one["action_params"]
		}
	}

	if tfvalue.IsSet(prior) && tfvalue.SameJSON(before, after) {
		return prior
	}

	return types.DynamicValue(tfvalue.FromJSON(convertIDs(after, texts)))
}

// keepSteps plans the state's steps if the configuration means the same in another spelling, as after the import of a rule
// that was made in the dashboard.
type keepSteps struct{}

// Description says what the modifier does.
func (keepSteps) Description(context.Context) string {
	return "Another spelling of the same steps is no change."
}

// MarkdownDescription is Description.
func (k keepSteps) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (keepSteps) ActsOnChangesOnly() {}

// PlanModifyDynamic compares the steps as they are sent.
func (keepSteps) PlanModifyDynamic(ctx context.Context, req planmodifier.DynamicRequest, resp *planmodifier.DynamicResponse) {
	if !tfvalue.IsSet(req.StateValue) || !isWhollyKnown(ctx, req.ConfigValue) {
		return
	}

	if tfvalue.SameJSON(normalizedSteps(tfvalue.JSON(req.ConfigValue)), normalizedSteps(tfvalue.JSON(req.StateValue))) {
		resp.PlanValue = req.StateValue
	}
}

// isWhollyKnown reports whether a value is set and holds no unknown value.
func isWhollyKnown(ctx context.Context, v types.Dynamic) bool {
	if !tfvalue.IsSet(v) {
		return false
	}

	raw, err := v.ToTerraformValue(ctx)

	return err == nil && raw.IsFullyKnown()
}

// normalizedSteps writes a list in one way: ids as integers, operators in upper case, parameters and values always there, and left out
// what is null, also in a list, or an empty text where the dashboard writes one.
func normalizedSteps(list any) []any {
	steps, _ := list.([]any)

	normalized := make([]any, len(steps))
	for i, step := range steps {
		object, ok := step.(map[string]any)
		if !ok {
			normalized[i] = step
			continue
		}

		out := map[string]any{}

		for key, value := range object {
			isBlank := value == "" && (key == "custom_attribute_type" || key == "query_operator")
			if value != nil && !isBlank {
				out[key] = withoutNulls(value)
			}
		}

		operator, _ := out["query_operator"].(string)
		operator = strings.ToUpper(operator)

		if slices.Contains(queryOperators, operator) {
			out["query_operator"] = operator
		}

		for name, params := range map[string]string{"action_name": "action_params", "attribute_key": "values"} {
			if out[name] != nil && out[name] != "" && out[params] == nil {
				out[params] = []any{}
			}
		}

		normalized[i] = out
	}

	return convertIDs(normalized, integers)
}

// withoutNulls leaves null out of a list, as the server does.
func withoutNulls(value any) any {
	list, ok := value.([]any)
	if !ok {
		return value
	}

	kept := []any{}

	for _, element := range list {
		if element != nil {
			kept = append(kept, element)
		}
	}

	return kept
}

// convertIDs changes how the ids in steps are written.
func convertIDs(steps []any, convert func(any) any) []any {
	converted := make([]any, len(steps))
	for i, step := range steps {
		converted[i] = step

		object, ok := step.(map[string]any)
		if !ok {
			continue
		}

		name, _ := object["action_name"].(string)
		if name == "" {
			name, _ = object["attribute_key"].(string)
		}

		if !slices.Contains(idSteps, name) {
			continue
		}

		out := maps.Clone(object)
		for _, key := range []string{"action_params", "values"} {
			if out[key] != nil {
				out[key] = convert(out[key])
			}
		}

		converted[i] = out
	}

	return converted
}

// texts turns numbers into strings, as ids are written everywhere else in a configuration.
func texts(value any) any {
	switch value := value.(type) {
	case json.Number:
		return value.String()
	case []any:
		list := make([]any, len(value))
		for i, element := range value {
			list[i] = texts(element)
		}

		return list
	case map[string]any:
		object := maps.Clone(value)
		if ids, ok := object["team_ids"]; ok {
			object["team_ids"] = texts(ids)
		}

		return object
	default:
		return value
	}
}

// integers turns strings of digits into numbers, also in objects such as those of send_email_to_team.
func integers(value any) any {
	switch value := value.(type) {
	case string:
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return json.Number(strconv.FormatInt(n, 10))
		}

		return value
	case []any:
		list := make([]any, len(value))
		for i, element := range value {
			list[i] = integers(element)
		}

		return list
	case map[string]any:
		object := maps.Clone(value)
		if ids, ok := object["team_ids"]; ok {
			object["team_ids"] = integers(ids)
		}

		return object
	default:
		return value
	}
}

// jsonList is a list as JSON, for lists of data sources.
func jsonList(list api.Steps) types.String {
	text, err := json.Marshal(append([]any{}, list...))
	if err != nil {
		return types.StringNull()
	}

	return types.StringValue(string(text))
}

// actionList accepts a list of actions with these names.
type actionList []string

// Description says what is accepted.
func (actionList) Description(context.Context) string {
	return `must be a list of objects such as { action_name = "add_label", action_params = ["vip"] }`
}

// MarkdownDescription is Description.
func (v actionList) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateDynamic refuses what the server would refuse, or would crash over.
func (v actionList) ValidateDynamic(ctx context.Context, req validator.DynamicRequest, resp *validator.DynamicResponse) {
	eachStep(req.ConfigValue, req.Path, v.Description(ctx), &resp.Diagnostics, func(i int, step map[string]attr.Value) {
		name, known := textOf(step["action_name"])

		params, ok := tfvalue.Elements(underlying(step["action_params"]))
		if known && !slices.Contains(v, name) {
			resp.Diagnostics.AddAttributeWarning(req.Path, attribute.UnknownWord, fmt.Sprintf("The action_name of action %d: ", i)+attribute.UnknownWordDetail(v...))
		}

		switch {
		case !ok && tfvalue.IsSet(underlying(step["action_params"])):
			resp.Diagnostics.AddAttributeError(req.Path, "Parameters that are no list", fmt.Sprintf("Action %d has action_params that are no list, such as [\"vip\"].", i))
		case name == sendAttachment && len(params) == 0 && !isUnknown(step["action_params"]) && isAbsent(step["file"]):
			resp.Diagnostics.AddAttributeError(req.Path, "Attachment missing", fmt.Sprintf("Action %d, send_attachment, needs a file of this machine, such as file = \"${path.module}/prices.pdf\", "+
				"or in action_params the id of an upload, which the action chatlake_upload says.", i))
		}

		validateFile(i, step, req.Path, &resp.Diagnostics)
	})
}

// conditionList accepts a list of conditions.
type conditionList struct{}

// Description says what is accepted.
func (conditionList) Description(context.Context) string {
	return `must be a list of objects such as { attribute_key = "status", filter_operator = "equal_to", values = ["open"] }`
}

// MarkdownDescription is Description.
func (v conditionList) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateDynamic checks how the conditions are joined, and warns of words that the provider does not know. Which keys of
// custom attributes there are depends on the account, so the server checks them.
func (v conditionList) ValidateDynamic(ctx context.Context, req validator.DynamicRequest, resp *validator.DynamicResponse) {
	count := 0
	if rows, ok := tfvalue.Elements(underlying(req.ConfigValue)); ok {
		count = len(rows)
	}

	eachStep(req.ConfigValue, req.Path, v.Description(ctx), &resp.Diagnostics, func(i int, step map[string]attr.Value) {
		for _, key := range []string{"attribute_key", "filter_operator"} {
			name, known := textOf(step[key])
			if name == "" && (known || !isUnknown(step[key])) {
				resp.Diagnostics.AddAttributeError(req.Path, "Incomplete condition", fmt.Sprintf("Condition %d needs %s.", i, key))
			}
		}

		warnOfWords(i, step, req.Path, &resp.Diagnostics)

		if _, ok := tfvalue.Elements(underlying(step["values"])); !ok && tfvalue.IsSet(underlying(step["values"])) {
			resp.Diagnostics.AddAttributeError(req.Path, "Values that are no list", fmt.Sprintf("Condition %d has values that are no list, such as [\"open\"].", i))
		}

		if isUnknown(step["query_operator"]) {
			return
		}

		query, _ := textOf(step["query_operator"])
		if query == "" && i < count-1 {
			resp.Diagnostics.AddAttributeError(req.Path, "Conditions that are not joined", fmt.Sprintf("Condition %d needs query_operator, \"AND\" or \"OR\": only the last one has none.", i))
		}
	})
}

// warnOfWords warns of words in a condition that newer servers and forks may know.
func warnOfWords(i int, step map[string]attr.Value, at path.Path, diags *diag.Diagnostics) {
	for _, name := range []string{"attribute_key", "filter_operator", "query_operator"} {
		word, _ := textOf(step[name])

		known := map[string][]string{"attribute_key": ruleConditions, "filter_operator": filterOperators, "query_operator": queryOperators}[name]
		isKnown := slices.ContainsFunc(known, func(one string) bool { return one == word || name == "query_operator" && strings.EqualFold(one, word) })

		kind, isText := textOf(step["custom_attribute_type"])
		isCustom := name == "attribute_key" && (kind != "" || !isText && isUnknown(step["custom_attribute_type"]))

		if word != "" && !isKnown && !isCustom {
			diags.AddAttributeWarning(at, attribute.UnknownWord, fmt.Sprintf("The %s of condition %d: ", name, i)+attribute.UnknownWordDetail(known...))
		}
	}
}

// eachStep visits the objects of a list, and refuses anything else. What is not known yet is let through.
func eachStep(value types.Dynamic, at path.Path, rule string, diags *diag.Diagnostics, visit func(i int, step map[string]attr.Value)) {
	list := underlying(value)
	if !tfvalue.IsSet(list) {
		return
	}

	rows, ok := tfvalue.Elements(list)
	if !ok {
		diags.AddAttributeError(at, "Not a list", "The value "+rule+".")
		return
	}

	for i, row := range rows {
		row = underlying(row)
		if isUnknown(row) {
			continue
		}

		step, ok := tfvalue.Members(row)
		if !ok {
			diags.AddAttributeError(at, "Not an object", fmt.Sprintf("Element %d: the value %s.", i, rule))
			continue
		}

		visit(i, step)
	}
}

// underlying is the value in a dynamic one.
func underlying(v attr.Value) attr.Value {
	if dynamic, ok := v.(types.Dynamic); ok {
		if dynamic.IsUnknown() || dynamic.IsNull() {
			return dynamic
		}

		return dynamic.UnderlyingValue()
	}

	return v
}

func isUnknown(v attr.Value) bool {
	v = underlying(v)
	return v != nil && v.IsUnknown()
}

// isAbsent reports whether a member is null or not there.
func isAbsent(v attr.Value) bool {
	v = underlying(v)
	return v == nil || v.IsNull()
}

// textOf is a text, and whether it is known.
func textOf(v attr.Value) (string, bool) {
	text, ok := underlying(v).(types.String)
	return text.ValueString(), ok && tfvalue.IsSet(text)
}
