package api

// SLAPolicy says how soon a conversation is to be answered and resolved, in seconds. Nil is no limit.
type SLAPolicy struct {
	ID            ID       `json:"id"`
	Name          string   `json:"name"`
	Description   string   `json:"description"`
	FirstResponse *float64 `json:"first_response_time_threshold"`
	NextResponse  *float64 `json:"next_response_time_threshold"`
	Resolution    *float64 `json:"resolution_time_threshold"`
	BusinessHours bool     `json:"only_during_business_hours"`
}

func (p SLAPolicy) identity() ID { return p.ID }

// Check refuses a policy that cannot be told from others.
func (p SLAPolicy) Check() error { return checkID(p.ID) }

// SLAPolicyRequest is what a create or an update of an SLA policy sends.
type SLAPolicyRequest struct {
	Name          Nullable[string]  `json:"name,omitzero"`
	Description   Nullable[string]  `json:"description,omitzero"`
	FirstResponse Nullable[float64] `json:"first_response_time_threshold,omitzero"`
	NextResponse  Nullable[float64] `json:"next_response_time_threshold,omitzero"`
	Resolution    Nullable[float64] `json:"resolution_time_threshold,omitzero"`
	BusinessHours Nullable[bool]    `json:"only_during_business_hours,omitzero"`
}

// SLAPolicies are the SLA policies of the account. The vendor's pages do not have them.
func (c *Client) SLAPolicies() *Objects[SLAPolicy, SLAPolicyRequest] {
	return objectsOf[SLAPolicy, SLAPolicyRequest](c, "chatlake_sla_policy", form{root: "sla_policy", inPayload: true, crashesIfGone: true})
}
