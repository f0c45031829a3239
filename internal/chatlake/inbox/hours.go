package inbox

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// hoursModel is one day of working_hours.
type hoursModel struct {
	DayOfWeek    types.Int64 `tfsdk:"day_of_week"`
	ClosedAllDay types.Bool  `tfsdk:"closed_all_day"`
	OpenAllDay   types.Bool  `tfsdk:"open_all_day"`
	OpenHour     types.Int64 `tfsdk:"open_hour"`
	OpenMinutes  types.Int64 `tfsdk:"open_minutes"`
	CloseHour    types.Int64 `tfsdk:"close_hour"`
	CloseMinutes types.Int64 `tfsdk:"close_minutes"`
}

var hoursType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"day_of_week": types.Int64Type, "closed_all_day": types.BoolType, "open_all_day": types.BoolType,
	"open_hour": types.Int64Type, "open_minutes": types.Int64Type, "close_hour": types.Int64Type, "close_minutes": types.Int64Type,
}}

var objectAsOptions = basetypes.ObjectAsOptions{}

func hoursAttribute() schema.ListNestedAttribute {
	number := func(description string, most int64) schema.Int64Attribute {
		return schema.Int64Attribute{MarkdownDescription: description, Optional: true, Validators: []validator.Int64{int64validator.Between(0, most)}}
	}

	return schema.ListNestedAttribute{
		MarkdownDescription: "When the inbox is open, by day, in `timezone`. Days that are not listed are left alone. The platform's default is Monday to Friday, 9 to 17. " +
			"Taken out of the configuration, the hours stay as they are.",
		Optional:      true,
		Computed:      true,
		Validators:    []validator.List{listvalidator.NoNullValues(), listvalidator.SizeAtMost(7), hoursValidator{}},
		PlanModifiers: []planmodifier.List{keepHours{}},
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"day_of_week": schema.Int64Attribute{
				MarkdownDescription: "The day, from `0`, Sunday, to `6`.", Required: true,
				Validators: []validator.Int64{int64validator.Between(0, 6)},
			},
			"closed_all_day": schema.BoolAttribute{MarkdownDescription: "Whether the inbox is closed all day; then there are no hours.", Optional: true},
			"open_all_day":   schema.BoolAttribute{MarkdownDescription: "Whether the inbox is open all day; then there are no hours.", Optional: true},
			"open_hour":      number("When the inbox opens: the hour.", 23),
			"open_minutes":   number("When the inbox opens: the minutes. Default `0`.", 59),
			"close_hour":     number("When the inbox closes: the hour.", 23),
			"close_minutes":  number("When the inbox closes: the minutes. Default `0`.", 59),
		}},
	}
}

// hoursRequest is every day of a plan, in full.
func hoursRequest(ctx context.Context, hours types.List) ([]api.WorkingHours, diag.Diagnostics) {
	if !tfvalue.IsSet(hours) {
		return nil, nil
	}

	var days []hoursModel

	diags := hours.ElementsAs(ctx, &days, false)

	sent := make([]api.WorkingHours, len(days))
	for i, day := range days {
		sent[i] = api.WorkingHours{
			DayOfWeek: day.DayOfWeek.ValueInt64(), ClosedAllDay: day.ClosedAllDay.ValueBool(), OpenAllDay: day.OpenAllDay.ValueBool(),
		}
		if !sent[i].ClosedAllDay && !sent[i].OpenAllDay {
			openHour, openMinutes := day.OpenHour.ValueInt64(), day.OpenMinutes.ValueInt64()
			closeHour, closeMinutes := day.CloseHour.ValueInt64(), day.CloseMinutes.ValueInt64()
			sent[i].OpenHour, sent[i].OpenMinutes, sent[i].CloseHour, sent[i].CloseMinutes = &openHour, &openMinutes, &closeHour, &closeMinutes
		}
	}

	return sent, diags
}

// hoursFromAPI is the working hours of the days that prior has, in its order, or of the whole week.
func hoursFromAPI(ctx context.Context, prior types.List, found []api.WorkingHours, all bool) (types.List, diag.Diagnostics) {
	var (
		days  []hoursModel
		diags diag.Diagnostics
	)

	switch {
	case all:
		for _, day := range found {
			days = append(days, hoursModel{DayOfWeek: types.Int64Value(day.DayOfWeek)})
		}

		slices.SortFunc(days, func(a, b hoursModel) int { return int(a.DayOfWeek.ValueInt64() - b.DayOfWeek.ValueInt64()) })
	case tfvalue.IsSet(prior):
		diags.Append(prior.ElementsAs(ctx, &days, false)...)
	}

	if len(days) == 0 {
		return types.ListNull(hoursType), diags
	}

	for i := range days {
		for _, day := range found {
			if day.DayOfWeek == days[i].DayOfWeek.ValueInt64() {
				days[i].fromAPI(day, all)
			}
		}
	}

	list, problems := types.ListValueFrom(ctx, hoursType, days)
	diags.Append(problems...)

	return list, diags
}

// fromAPI takes over one day. What was left out stays so as long as it means the same.
func (m *hoursModel) fromAPI(found api.WorkingHours, all bool) {
	flag := func(prior types.Bool, found bool) types.Bool {
		if prior.IsNull() && !found {
			return prior
		}

		return types.BoolValue(found)
	}

	m.ClosedAllDay, m.OpenAllDay = flag(m.ClosedAllDay, found.ClosedAllDay), flag(m.OpenAllDay, found.OpenAllDay)
	if found.OpenAllDay || found.ClosedAllDay { // The platform says 0:00 to 23:59, or the hours from before the day was closed.
		m.OpenHour, m.OpenMinutes, m.CloseHour, m.CloseMinutes = types.Int64Null(), types.Int64Null(), types.Int64Null(), types.Int64Null()
		return
	}

	minutes := func(prior types.Int64, found *int64) types.Int64 {
		if prior.IsNull() && !all && found != nil && *found == 0 {
			return prior
		}

		return types.Int64PointerValue(found)
	}
	m.OpenHour, m.CloseHour = types.Int64PointerValue(found.OpenHour), types.Int64PointerValue(found.CloseHour)
	m.OpenMinutes, m.CloseMinutes = minutes(m.OpenMinutes, found.OpenMinutes), minutes(m.CloseMinutes, found.CloseMinutes)
}

// refusedHours names the days that the platform did not take, which it does not say.
func refusedHours(sent, found []api.WorkingHours) string {
	var refused []string

	for _, day := range sent {
		taken := slices.ContainsFunc(found, func(other api.WorkingHours) bool { return sameHours(day, other) })
		if !taken {
			refused = append(refused, fmt.Sprint(day.DayOfWeek))
		}
	}

	return strings.Join(refused, ", ")
}

func sameHours(sent, found api.WorkingHours) bool {
	if sent.DayOfWeek != found.DayOfWeek || sent.ClosedAllDay != found.ClosedAllDay || sent.OpenAllDay != found.OpenAllDay {
		return false
	}

	same := func(a, b *int64) bool { return a == nil || b != nil && *a == *b }

	return same(sent.OpenHour, found.OpenHour) && same(sent.OpenMinutes, found.OpenMinutes) &&
		same(sent.CloseHour, found.CloseHour) && same(sent.CloseMinutes, found.CloseMinutes)
}
