package account

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// changeOf returns the field of a request that turns prior into plan: left out if they are equal or the plan does not know
// the value yet, null to clear.
func changeOf[T any](prior, plan attr.Value, value func() T) api.Nullable[T] {
	switch {
	case plan.IsUnknown() || !IsChanged(prior, plan):
		return api.Nullable[T]{}
	case plan.IsNull():
		return api.Null[T]()
	default:
		return api.Set(value())
	}
}

// FlagChange is TextChange for a boolean.
func FlagChange(prior, plan types.Bool) api.Nullable[bool] {
	return changeOf(prior, plan, plan.ValueBool)
}

// NumberChange is TextChange for a number.
func NumberChange(prior, plan types.Int64) api.Nullable[int64] {
	return changeOf(prior, plan, plan.ValueInt64)
}

// FloatChange is TextChange for a number that may have a fraction.
func FloatChange(prior, plan types.Float64) api.Nullable[float64] {
	return changeOf(prior, plan, plan.ValueFloat64)
}

// IDChange is TextChange for the id of another object, which is sent as an integer. "" means none, as null does.
func IDChange(prior, plan types.String) api.Nullable[api.ID] {
	if plan.ValueString() == "" && !plan.IsUnknown() {
		plan = types.StringNull()
	}

	return changeOf(prior, plan, func() api.ID { return api.ParseID(plan.ValueString()) })
}

// TextsChange is TextChange for a set or a list of texts. Nothing is an empty list: the server ignores null in its place.
func TextsChange(prior, plan attr.Value) api.Nullable[[]string] {
	change := changeOf(prior, plan, func() []string { return Texts(plan) })
	if plan.IsNull() && !change.IsZero() {
		return api.Set([]string{})
	}

	return change
}

// IDsChange is IDChange for a set of ids.
func IDsChange(prior, plan attr.Value) api.Nullable[[]api.ID] {
	return changeOf(prior, plan, func() []api.ID {
		ids := []api.ID{}
		for _, text := range Texts(plan) {
			ids = append(ids, api.ParseID(text))
		}

		return ids
	})
}

// FreeChange is TextChange for an object of any keys. Nothing is an empty object: the server ignores null in its place.
func FreeChange(prior, plan types.Dynamic) api.Nullable[api.Object] {
	if plan.IsUnknown() || !IsChanged(prior, plan) {
		return api.Nullable[api.Object]{}
	}

	object, ok := tfvalue.JSON(plan).(map[string]any)
	if !ok {
		object = map[string]any{}
	}

	return api.Set(api.Object(object))
}

// Texts returns the known texts of a set or a list; for nothing, an empty list.
func Texts(v attr.Value) []string {
	found := []string{}

	elements, _ := tfvalue.Elements(v)
	for _, element := range elements {
		text, ok := element.(types.String)
		if ok && tfvalue.IsSet(text) {
			found = append(found, text.ValueString())
		}
	}

	return found
}
