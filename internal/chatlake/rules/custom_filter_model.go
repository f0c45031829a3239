package rules

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// filterModel is a custom filter in a configuration and in state.
type filterModel struct {
	ID         types.String  `tfsdk:"id"`
	Name       types.String  `tfsdk:"name"`
	FilterType types.String  `tfsdk:"filter_type"`
	Query      types.Dynamic `tfsdk:"query"`
	UserID     types.String  `tfsdk:"user_id"`
	CreatedAt  types.String  `tfsdk:"created_at"`
}

// filterData is what data sources tell of a filter; lists of such cannot hold values of differing types.
type filterData struct {
	ID         types.String `tfsdk:"id"`
	Name       types.String `tfsdk:"name"`
	FilterType types.String `tfsdk:"filter_type"`
	Query      types.String `tfsdk:"query"`
	CreatedAt  types.String `tfsdk:"created_at"`
}

// fromAPI takes over a filter of the token's user.
func (m *filterModel) fromAPI(found api.CustomFilter, user api.ID) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.FilterType = types.StringValue(found.FilterType)
	m.Query = tfvalue.Object(m.Query, found.Query)
	m.UserID = account.IDOrNull(user)
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a filter.
func (m *filterModel) changeFrom(prior filterModel) api.CustomFilterRequest {
	return api.CustomFilterRequest{
		Name:       account.TextChange(prior.Name, m.Name),
		FilterType: account.TextChange(prior.FilterType, m.FilterType),
		Query:      account.FreeChange(prior.Query, m.Query),
	}
}

func (m *filterData) fromAPI(found api.CustomFilter) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.FilterType = types.StringValue(found.FilterType)

	query, err := json.Marshal(found.Query)
	if err == nil {
		m.Query = types.StringValue(string(query))
	}

	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}
