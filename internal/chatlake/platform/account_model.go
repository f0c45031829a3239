package platform

import (
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// accountModel is an account in a configuration and in state.
type accountModel struct {
	ID               types.String   `tfsdk:"id"`
	Name             types.String   `tfsdk:"name"`
	Locale           types.String   `tfsdk:"locale"`
	Domain           types.String   `tfsdk:"domain"`
	SupportEmail     types.String   `tfsdk:"support_email"`
	Status           types.String   `tfsdk:"status"`
	Features         types.Map      `tfsdk:"features"`
	Limits           types.Map      `tfsdk:"limits"`
	CustomAttributes types.Dynamic  `tfsdk:"custom_attributes"`
	Timeouts         timeouts.Value `tfsdk:"timeouts"`
}

// accountData is what a data source tells of an account.
type accountData struct {
	ID               types.String `tfsdk:"id"`
	Name             types.String `tfsdk:"name"`
	Locale           types.String `tfsdk:"locale"`
	Domain           types.String `tfsdk:"domain"`
	SupportEmail     types.String `tfsdk:"support_email"`
	Status           types.String `tfsdk:"status"`
	Features         types.List   `tfsdk:"features"`
	Limits           types.Map    `tfsdk:"limits"`
	CustomAttributes types.String `tfsdk:"custom_attributes"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed. Of the features, only
// those that the configuration names count: an account has dozens.
func (m *accountModel) fromAPI(found api.PlatformAccount, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Locale = tfvalue.StringOrNull(found.Locale)
	m.Domain = account.Track(everything, m.Domain, tfvalue.StringOrNull(found.Domain))
	m.SupportEmail = account.Track(everything, m.SupportEmail, tfvalue.StringOrNull(found.SupportEmail))
	m.Status = tfvalue.StringOrNull(found.Status)
	m.Features = featuresOf(m.Features, found.Features)
	m.Limits = account.Track(everything, m.Limits, limitsOf(found.Limits))
	m.CustomAttributes = account.TrackObject(everything, m.CustomAttributes, found.CustomAttributes)
}

// featuresOf returns for each named feature whether it is on. What is not named is off.
func featuresOf(named types.Map, on map[string]bool) types.Map {
	if named.IsNull() || named.IsUnknown() {
		return types.MapNull(types.BoolType)
	}

	features := map[string]attr.Value{}
	for name := range named.Elements() {
		features[name] = types.BoolValue(on[name])
	}

	return types.MapValueMust(types.BoolType, features)
}

// limitsOf returns the limits that are numbers; none is null.
func limitsOf[V ~string](found map[string]V) types.Map {
	limits := map[string]attr.Value{}

	for name, value := range found {
		number, err := strconv.ParseInt(string(value), 10, 64)
		if err == nil {
			limits[name] = types.Int64Value(number)
		}
	}

	if len(limits) == 0 {
		return types.MapNull(types.Int64Type)
	}

	return types.MapValueMust(types.Int64Type, limits)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates an account. Limits and
// attributes are sent whole, and features one by one.
func (m *accountModel) changeFrom(prior accountModel) api.PlatformAccountRequest {
	change := api.PlatformAccountRequest{
		Name:             account.TextChange(prior.Name, m.Name),
		Locale:           account.TextChange(prior.Locale, m.Locale),
		Domain:           account.TextChange(prior.Domain, m.Domain),
		SupportEmail:     account.TextChange(prior.SupportEmail, m.SupportEmail),
		Status:           account.TextChange(prior.Status, m.Status),
		CustomAttributes: account.FreeChange(prior.CustomAttributes, m.CustomAttributes),
	}

	features := map[string]bool{}

	for name, value := range m.Features.Elements() {
		flag, isKnown := value.(types.Bool)
		if isKnown && tfvalue.IsSet(flag) && !flag.Equal(prior.Features.Elements()[name]) {
			features[name] = flag.ValueBool()
		}
	}

	if len(features) > 0 {
		change.Features = api.Set(features)
	}

	if account.IsChanged(prior.Limits, m.Limits) && !m.Limits.IsUnknown() {
		limits := map[string]int64{}

		for name, value := range m.Limits.Elements() {
			number, isKnown := value.(types.Int64)
			if isKnown && tfvalue.IsSet(number) {
				limits[name] = number.ValueInt64()
			}
		}

		change.Limits = api.Set(limits)
	}

	return change
}
