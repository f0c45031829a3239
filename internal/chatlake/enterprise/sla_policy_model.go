package enterprise

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// slaPolicyModel is an SLA policy in a configuration and in state.
type slaPolicyModel struct {
	slaPolicyData

	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// slaPolicyData is what the platform has of an SLA policy.
type slaPolicyData struct {
	ID            types.String  `tfsdk:"id"`
	Name          types.String  `tfsdk:"name"`
	Description   types.String  `tfsdk:"description"`
	FirstResponse types.Float64 `tfsdk:"first_response_time_threshold"`
	NextResponse  types.Float64 `tfsdk:"next_response_time_threshold"`
	Resolution    types.Float64 `tfsdk:"resolution_time_threshold"`
	BusinessHours types.Bool    `tfsdk:"only_during_business_hours"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *slaPolicyData) fromAPI(found api.SLAPolicy, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))
	m.FirstResponse = account.Track(everything, m.FirstResponse, types.Float64PointerValue(found.FirstResponse))
	m.NextResponse = account.Track(everything, m.NextResponse, types.Float64PointerValue(found.NextResponse))
	m.Resolution = account.Track(everything, m.Resolution, types.Float64PointerValue(found.Resolution))
	m.BusinessHours = types.BoolValue(found.BusinessHours)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates an SLA policy.
func (m *slaPolicyData) changeFrom(prior slaPolicyData) api.SLAPolicyRequest {
	return api.SLAPolicyRequest{
		Name:          account.TextChange(prior.Name, m.Name),
		Description:   account.TextChange(prior.Description, m.Description),
		FirstResponse: account.FloatChange(prior.FirstResponse, m.FirstResponse),
		NextResponse:  account.FloatChange(prior.NextResponse, m.NextResponse),
		Resolution:    account.FloatChange(prior.Resolution, m.Resolution),
		BusinessHours: account.FlagChange(prior.BusinessHours, m.BusinessHours),
	}
}
