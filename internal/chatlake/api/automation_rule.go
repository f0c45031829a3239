package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// AutomationRule does something whenever something happens.
type AutomationRule struct {
	ID          ID     `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	EventName   string `json:"event_name"`
	Conditions  Steps  `json:"conditions"`
	Actions     Steps  `json:"actions"`
	Active      bool   `json:"active"`
	CreatedOn   Time   `json:"created_on"`

	Files AttachedFiles `json:"files"`
}

func (x AutomationRule) identity() ID { return x.ID }

// Check refuses a row without an id.
func (x AutomationRule) Check() error { return checkID(x.ID) }

// AutomationRuleRequest is what a create or an update of an automation rule sends.
type AutomationRuleRequest struct {
	Name        Nullable[string] `json:"name,omitzero"`
	Description Nullable[string] `json:"description,omitzero"`
	EventName   Nullable[string] `json:"event_name,omitzero"`
	Conditions  Nullable[Steps]  `json:"conditions,omitzero"`
	Actions     Nullable[Steps]  `json:"actions,omitzero"`
	Active      Nullable[bool]   `json:"active,omitzero"`
}

// CreateAutomationRule makes an automation rule.
//
// https://developers.chatwoot.com/api-reference/automation-rule/add-a-new-automation-rule
func (c *Client) CreateAutomationRule(ctx context.Context, request AutomationRuleRequest) (AutomationRule, error) {
	defer c.automationRules.Drop()

	found, err := doEnveloped[AutomationRule](ctx, c, c.create("POST", "/automation_rules").WithJSON(request))

	return found, c.need(ctx, err, "an automation rule", "2.1.0")
}

// AutomationRule reads one, from the list.
func (c *Client) AutomationRule(ctx context.Context, id ID) (AutomationRule, error) {
	return c.automationRules.Get(ctx, id)
}

// AutomationRules lists all that the token's user may see.
func (c *Client) AutomationRules(ctx context.Context) ([]AutomationRule, error) {
	return c.automationRules.All(ctx)
}

// https://developers.chatwoot.com/api-reference/automation-rule/list-all-automation-rules-in-an-account
func (c *Client) listAutomationRules(ctx context.Context) (wirejson.Rows[AutomationRule], error) {
	found, err := payloadRows[AutomationRule](ctx, c, c.read("GET", "/automation_rules"))
	return byID(found), c.need(ctx, err, "an automation rule", "2.1.0")
}

// UpdateAutomationRule changes fields of an automation rule.
//
// https://developers.chatwoot.com/api-reference/automation-rule/update-automation-rule-in-account
func (c *Client) UpdateAutomationRule(ctx context.Context, id ID, request AutomationRuleRequest) (AutomationRule, error) {
	defer c.automationRules.Drop()

	found, err := doEnveloped[AutomationRule](ctx, c, c.write("PATCH", "/automation_rules/%s", id.String()).WithJSON(request))

	return found, c.need(ctx, err, "an automation rule", "2.1.0")
}

// DeleteAutomationRule deletes an automation rule.
//
// https://developers.chatwoot.com/api-reference/automation-rule/remove-a-automation-rule-from-account
func (c *Client) DeleteAutomationRule(ctx context.Context, id ID) error {
	defer c.automationRules.Drop()

	err := transport.Run(ctx, c.sender, c.write("DELETE", "/automation_rules/%s", id.String()))

	return notFoundAfterCrash(ctx, c.automationRules, id, err)
}
