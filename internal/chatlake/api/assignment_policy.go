package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// AssignmentPolicy says to whom conversations go.
type AssignmentPolicy struct {
	ID                     ID     `json:"id"`
	Name                   string `json:"name"`
	Description            string `json:"description"`
	AssignmentOrder        string `json:"assignment_order"`
	ConversationPriority   string `json:"conversation_priority"`
	FairDistributionLimit  int64  `json:"fair_distribution_limit"`
	FairDistributionWindow int64  `json:"fair_distribution_window"`
	Enabled                bool   `json:"enabled"`
}

func (x AssignmentPolicy) identity() ID { return x.ID }

// Check refuses one that cannot be told from others.
func (x AssignmentPolicy) Check() error { return checkID(x.ID) }

// AssignmentPolicyRequest is what a create or an update of an assignment policy sends.
type AssignmentPolicyRequest struct {
	Name                   Nullable[string] `json:"name,omitzero"`
	Description            Nullable[string] `json:"description,omitzero"`
	AssignmentOrder        Nullable[string] `json:"assignment_order,omitzero"`
	ConversationPriority   Nullable[string] `json:"conversation_priority,omitzero"`
	FairDistributionLimit  Nullable[int64]  `json:"fair_distribution_limit,omitzero"`
	FairDistributionWindow Nullable[int64]  `json:"fair_distribution_window,omitzero"`
	Enabled                Nullable[bool]   `json:"enabled,omitzero"`
}

// explain says why a server may have crashed over a request.
func (r AssignmentPolicyRequest) explain(err error) error {
	order := r.AssignmentOrder.Value()
	if order == nil || *order != "balanced" {
		return err
	}

	return explainCrash(err, "assignment_order", `a server that is not the enterprise build crashes over "balanced"`)
}

// CreateAssignmentPolicy makes an assignment policy.
//
// POST /assignment_policies is not on the vendor's pages; it is in the server since 4.5.1.
func (c *Client) CreateAssignmentPolicy(ctx context.Context, request AssignmentPolicyRequest) (AssignmentPolicy, error) {
	defer c.assignmentPolicies.Drop()

	found, err := doObject[AssignmentPolicy](ctx, c, c.create("POST", "/assignment_policies").WithJSON(wrapped("assignment_policy", request)))

	return found, c.need(ctx, request.explain(err), "an assignment policy", "4.5.1")
}

// AssignmentPolicy reads one, from the list.
func (c *Client) AssignmentPolicy(ctx context.Context, id ID) (AssignmentPolicy, error) {
	return c.assignmentPolicies.Get(ctx, id)
}

// AssignmentPolicies lists all that the token's user may see.
func (c *Client) AssignmentPolicies(ctx context.Context) ([]AssignmentPolicy, error) {
	return c.assignmentPolicies.All(ctx)
}

// GET /assignment_policies is not on the vendor's pages.
func (c *Client) listAssignmentPolicies(ctx context.Context) (wirejson.Rows[AssignmentPolicy], error) {
	found, err := transport.Do[wirejson.Rows[AssignmentPolicy]](ctx, c.sender, c.read("GET", "/assignment_policies"))
	return byID(found), c.need(ctx, err, "an assignment policy", "4.5.1")
}

// UpdateAssignmentPolicy changes fields of an assignment policy.
//
// PATCH /assignment_policies/:id is not on the vendor's pages.
func (c *Client) UpdateAssignmentPolicy(ctx context.Context, id ID, request AssignmentPolicyRequest) (AssignmentPolicy, error) {
	defer c.assignmentPolicies.Drop()

	found, err := doObject[AssignmentPolicy](ctx, c, c.write("PATCH", "/assignment_policies/%s", id.String()).WithJSON(wrapped("assignment_policy", request)))

	return found, c.need(ctx, request.explain(err), "an assignment policy", "4.5.1")
}

// DeleteAssignmentPolicy deletes an assignment policy.
//
// DELETE /assignment_policies/:id is not on the vendor's pages.
func (c *Client) DeleteAssignmentPolicy(ctx context.Context, id ID) error {
	defer c.assignmentPolicies.Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/assignment_policies/%s", id.String()))
}

// InboxPolicy reads which assignment policy an inbox has; 0 is none.
//
// GET /inboxes/:id/assignment_policy is not on the vendor's pages; it is in the server since 4.5.1.
func (c *Client) InboxPolicy(ctx context.Context, inbox ID) (ID, error) {
	policy, err := doObject[AssignmentPolicy](ctx, c, c.read("GET", "/inboxes/%s/assignment_policy", inbox.String()))
	if transport.IsNotFound(err) { // The inbox itself was read before.
		return 0, nil
	}

	return policy.ID, c.need(ctx, err, "an assignment policy", "4.5.1")
}

// SetInboxPolicy gives an inbox an assignment policy, or takes it away with 0.
//
// POST and DELETE /inboxes/:id/assignment_policy are not on the vendor's pages.
func (c *Client) SetInboxPolicy(ctx context.Context, inbox, policy ID) error {
	call := c.write("POST", "/inboxes/%s/assignment_policy", inbox.String()).WithJSON(wrapped("assignment_policy_id", policy))
	if policy == 0 {
		call = c.write("DELETE", "/inboxes/%s/assignment_policy", inbox.String())
	}

	err := transport.Run(ctx, c.sender, call)
	if policy == 0 && transport.IsNotFound(err) {
		return nil
	}

	return c.need(ctx, err, "an assignment policy", "4.5.1")
}
