package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// CaptainScenario says what an assistant does in some kind of conversation. Its tools are those that the instruction names.
type CaptainScenario struct {
	ID          ID             `json:"id"`
	Title       string         `json:"title"`
	Description string         `json:"description"`
	Instruction string         `json:"instruction"`
	Tools       wirejson.Texts `json:"tools"`
	Enabled     bool           `json:"enabled"`
}

func (s CaptainScenario) identity() ID { return s.ID }

// Check refuses a scenario that cannot be told from others.
func (s CaptainScenario) Check() error { return checkID(s.ID) }

// CaptainScenarioRequest is what a create or an update of a scenario sends.
type CaptainScenarioRequest struct {
	Title       Nullable[string] `json:"title,omitzero"`
	Description Nullable[string] `json:"description,omitzero"`
	Instruction Nullable[string] `json:"instruction,omitzero"`
	Enabled     Nullable[bool]   `json:"enabled,omitzero"`
}

// captainScenarios are the lists of the assistants.
func (c *Client) captainScenarios() *reads.By[ID, *rowList[CaptainScenario]] {
	return kindOf(c, "chatlake_captain_scenario", func() *reads.By[ID, *rowList[CaptainScenario]] {
		return &reads.By[ID, *rowList[CaptainScenario]]{New: func(assistant ID) *rowList[CaptainScenario] {
			call := c.read("GET", "/captain/assistants/%s/scenarios", assistant.String())

			return newRowList("Captain scenario", call, func(ctx context.Context) (wirejson.Rows[CaptainScenario], error) {
				rows, err := payloadRows[CaptainScenario](ctx, c, call)
				return byID(rows), err
			})
		}}
	})
}

// CaptainScenarios lists the scenarios of an assistant. The server leaves out those that are disabled.
//
// GET /captain/assistants/:id/scenarios is not on the vendor's pages.
func (c *Client) CaptainScenarios(ctx context.Context, assistant ID) ([]CaptainScenario, error) {
	return c.captainScenarios().Of(assistant).All(ctx)
}

// CaptainScenario reads a scenario: from the list, or alone if it is not there, for it may be disabled.
//
// GET /captain/assistants/:id/scenarios/:id is not on the vendor's pages.
func (c *Client) CaptainScenario(ctx context.Context, assistant, id ID) (CaptainScenario, error) {
	found, err := c.captainScenarios().Of(assistant).Get(ctx, id)
	if !transport.IsNotFound(err) {
		return found, err
	}

	return doObject[CaptainScenario](ctx, c, c.read("GET", "/captain/assistants/%s/scenarios/%s", assistant.String(), id.String()))
}

// CreateCaptainScenario makes a scenario.
//
// POST /captain/assistants/:id/scenarios is not on the vendor's pages.
func (c *Client) CreateCaptainScenario(ctx context.Context, assistant ID, request CaptainScenarioRequest) (CaptainScenario, error) {
	defer c.captainScenarios().Forget(assistant)

	call := c.create("POST", "/captain/assistants/%s/scenarios", assistant.String()).WithJSON(wrapped("scenario", request))

	return doObject[CaptainScenario](ctx, c, call)
}

// UpdateCaptainScenario changes fields of a scenario.
//
// PATCH /captain/assistants/:id/scenarios/:id is not on the vendor's pages.
func (c *Client) UpdateCaptainScenario(ctx context.Context, assistant, id ID, request CaptainScenarioRequest) (CaptainScenario, error) {
	defer c.captainScenarios().Forget(assistant)

	call := c.write("PATCH", "/captain/assistants/%s/scenarios/%s", assistant.String(), id.String()).WithJSON(wrapped("scenario", request))

	return doObject[CaptainScenario](ctx, c, call)
}

// DeleteCaptainScenario deletes a scenario.
//
// DELETE /captain/assistants/:id/scenarios/:id is not on the vendor's pages.
func (c *Client) DeleteCaptainScenario(ctx context.Context, assistant, id ID) error {
	defer c.captainScenarios().Forget(assistant)
	return transport.Run(ctx, c.sender, c.write("DELETE", "/captain/assistants/%s/scenarios/%s", assistant.String(), id.String()))
}
