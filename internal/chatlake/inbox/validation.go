package inbox

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// ValidateObject names the fields that the type has.
func (channelValidator) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	kind := channelType(req.ConfigValue)
	if kind == "" || !slices.Contains(channelTypes, kind) {
		return // Not known yet, or refused by its own validator.
	}

	values := req.ConfigValue.Attributes()

	for _, f := range channelFields {
		at := req.Path.AtName(f.written())

		value := values[f.written()]
		switch {
		case value == nil:
		case !f.has(kind) && !tfvalue.IsEmpty(value):
			resp.Diagnostics.AddAttributeError(at, "Field of another type of channel", fmt.Sprintf(
				"A channel of type %s has no %s. It has: %s.", kind, f.written(), fieldsOf(kind)))
		case slices.Contains(f.oneOf, kind):
		case f.has(kind) && f.needed && !f.secret && tfvalue.IsEmpty(value):
			f.addMissing(req.Path, kind, &resp.Diagnostics)
		}
	}

	checkOneOf(kind, req, &resp.Diagnostics)

	provider, _ := values["provider"].(types.String)
	if kind == "whatsapp" && provider.ValueString() != "" && provider.ValueString() != "default" && provider.ValueString() != "whatsapp_cloud" {
		resp.Diagnostics.AddAttributeError(req.Path.AtName("provider"), "Unknown provider",
			"A channel of type whatsapp takes the providers default and whatsapp_cloud.")
	}
}

// checkOneOf wants exactly one of the fields of which the type needs one. One that is not known yet may be any of them.
func checkOneOf(kind string, req validator.ObjectRequest, diags *diag.Diagnostics) {
	var names []string

	given, isOpen := 0, false
	values := req.ConfigValue.Attributes()

	for _, f := range channelFields {
		if !slices.Contains(f.oneOf, kind) {
			continue
		}

		names = append(names, f.name)

		value := values[f.name]

		switch {
		case value == nil:
		case value.IsUnknown():
			isOpen = true
		case !tfvalue.IsEmpty(value):
			given++
		}
	}

	wanted := fmt.Sprintf("A channel of type %s needs exactly one of %s.", kind, strings.Join(names, " and "))

	switch {
	case given > 1:
		diags.AddAttributeError(req.Path.AtName(names[1]), "Fields that exclude each other", wanted)
	case given == 0 && !isOpen && len(names) > 0:
		diags.AddAttributeError(req.Path, "Missing field of the channel", wanted)
	}
}

// fieldsOf names the fields of a type of channel.
func fieldsOf(kind string) string {
	var names []string

	for _, f := range channelFields {
		if f.has(kind) {
			names = append(names, f.written())
		}
	}

	return strings.Join(names, ", ")
}

// addMissing reports a field that a channel of the type needs.
func (f channelField) addMissing(channel path.Path, kind string, diags *diag.Diagnostics) {
	diags.AddAttributeError(channel.AtName(f.written()), "Missing field of the channel", fmt.Sprintf(
		"A channel of type %s needs %s. It has: %s.", kind, f.written(), fieldsOf(kind)))
}

// hoursValidator refuses working hours that the platform would ignore without a word.
type hoursValidator struct{}

func (hoursValidator) Description(context.Context) string {
	return "must have each day once, and for each hours that end after they begin, or closed_all_day, or open_all_day"
}

func (v hoursValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (hoursValidator) ValidateList(ctx context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	if !tfvalue.IsSet(req.ConfigValue) {
		return
	}

	seen := map[int64]bool{}

	for i, element := range req.ConfigValue.Elements() {
		object, ok := element.(types.Object)
		if !ok || !tfvalue.IsSet(object) {
			continue
		}

		var day hoursModel
		resp.Diagnostics.Append(object.As(ctx, &day, objectAsOptions)...)

		at := req.Path.AtListIndex(i)
		if tfvalue.IsSet(day.DayOfWeek) && seen[day.DayOfWeek.ValueInt64()] {
			resp.Diagnostics.AddAttributeError(at.AtName("day_of_week"), "Day given twice",
				fmt.Sprintf("There are working hours of day %d already.", day.DayOfWeek.ValueInt64()))
		}

		seen[day.DayOfWeek.ValueInt64()] = tfvalue.IsSet(day.DayOfWeek)
		day.validate(at, &resp.Diagnostics)
	}
}

// validate looks at one day. What is not known yet is let through.
func (m *hoursModel) validate(at path.Path, diags *diag.Diagnostics) {
	if m.ClosedAllDay.IsUnknown() || m.OpenAllDay.IsUnknown() {
		return
	}

	closed, open := m.ClosedAllDay.ValueBool(), m.OpenAllDay.ValueBool()
	hours := []types.Int64{m.OpenHour, m.OpenMinutes, m.CloseHour, m.CloseMinutes}
	given := slices.ContainsFunc(hours, func(n types.Int64) bool { return !n.IsNull() })

	unknown := slices.ContainsFunc(hours, func(n types.Int64) bool { return n.IsUnknown() })
	switch {
	case closed && open:
		diags.AddAttributeError(at, "Closed and open all day", "A day has closed_all_day or open_all_day, not both.")
	case (closed || open) && given:
		diags.AddAttributeError(at, "Hours of a whole day", "A day with closed_all_day or open_all_day has no hours: leave them out.")
	case closed || open || unknown:
	case m.OpenHour.IsNull() || m.CloseHour.IsNull():
		diags.AddAttributeError(at, "Hours missing", "A day needs open_hour and close_hour, or closed_all_day, or open_all_day.")
	case m.CloseHour.ValueInt64()*60+m.CloseMinutes.ValueInt64() <= m.OpenHour.ValueInt64()*60+m.OpenMinutes.ValueInt64():
		diags.AddAttributeError(at, "Hours that end before they begin", "close_hour and close_minutes must be after open_hour and open_minutes, on the same day.")
	}
}
