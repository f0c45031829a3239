package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Fields are what a request about an object of the account's configuration sends. A key that is absent leaves the
// platform's value alone; nil clears it.
type Fields map[string]any

// kinds are the kinds of object that the platform lists whole: one list answers every read of a refresh.
type kinds struct {
	customFilters              *reads.List[ID, CustomFilter]
	macros                     *reads.List[ID, Macro]
	automationRules            *reads.List[ID, AutomationRule]
	dashboardApps              *reads.List[ID, DashboardApp]
	assignmentPolicies         *reads.List[ID, AssignmentPolicy]
	agentBots                  *reads.List[ID, AgentBot]
	customAttributeDefinitions *reads.List[ID, CustomAttributeDefinition]
	cannedResponses            *reads.List[ID, CannedResponse]
	webhooks                   *reads.List[ID, Webhook]
	agents                     *reads.List[ID, Agent]
	inboxes                    *reads.List[ID, Inbox]
	labels                     *reads.List[ID, Label]
	portals                    *reads.List[ID, Portal]
	teams                      *reads.List[ID, Team]
}

func newKinds(c *Client) kinds {
	return kinds{
		customFilters:              listed("custom filter", "/custom_filters", byID(c.listCustomFilters)),
		macros:                     listed("macro", "/macros", byID(c.listMacros)),
		automationRules:            listed("automation rule", "/automation_rules", byID(c.listAutomationRules)),
		dashboardApps:              listed("dashboard app", "/dashboard_apps", byID(c.listDashboardApps)),
		assignmentPolicies:         listed("assignment policy", "/assignment_policies", byID(c.listAssignmentPolicies)),
		agentBots:                  listed("agent bot", "/agent_bots", byID(c.listAgentBots)),
		customAttributeDefinitions: listed("custom attribute definition", "/custom_attribute_definitions", byID(c.listCustomAttributeDefinitions)),
		cannedResponses:            listed("canned response", "/canned_responses", byID(c.listCannedResponses)),
		webhooks:                   listed("webhook", "/webhooks", byID(c.listWebhooks)),
		agents:                     listed("agent", "/agents", c.listAgents),
		inboxes:                    listed("inbox", "/inboxes", c.listInboxes),
		labels:                     listed("label", "/labels", c.listLabels),
		portals:                    listed("portal", "/portals", byID(c.listPortals)),
		teams:                      listed("team", "/teams", byID(c.listTeams)),
	}
}

// identified is an object with an id.
type identified interface{ identity() ID }

// byID is a list in the order of ids. The server promises none for most kinds, and what a configuration makes of a list
// must not change by itself.
func byID[V identified](list func(context.Context) ([]V, error)) func(context.Context) ([]V, error) {
	return func(ctx context.Context) ([]V, error) {
		rows, err := list(ctx)
		slices.SortStableFunc(rows, func(a, b V) int { return cmp.Compare(a.identity(), b.identity()) })

		return rows, err
	}
}

func listed[V identified](noun, path string, list func(context.Context) ([]V, error)) *reads.List[ID, V] {
	return &reads.List[ID, V]{
		Read:    list,
		Key:     V.identity,
		Missing: func(id ID) error { return missing(noun, path, id) },
	}
}

// missing is the not-found of an object that its list does not show.
func missing(noun, path string, id ID) error {
	return &transport.Error{
		Platform: "Chatlake", Method: http.MethodGet, Path: path, Status: http.StatusOK, Reason: transport.NotFound,
		Message: fmt.Sprintf("there is no %s %s", noun, id),
	}
}

// one sends a call that answers with an object, and takes no other answer for one.
func one[V identified](ctx context.Context, c *Client, call transport.Call) (V, error) {
	object, err := transport.Do[V](ctx, c.sender, call)
	return whole(call, object, err)
}

// whole refuses an object without an id: an empty one must never reach the state.
func whole[V identified](call transport.Call, object V, err error) (V, error) {
	if err != nil || object.identity() != 0 {
		return object, err
	}

	return object, unusable(call, "the answer is not the object that was expected: it has no id")
}

// Require refuses what the server is too old for, before it ignores it: feature, as in "csat_config of an inbox", came
// with the release since.
func (c *Client) Require(ctx context.Context, feature, since string) error {
	if c.has(ctx, since) {
		return nil
	}

	return c.tooOld(ctx, nil, feature, since)
}

// listing is an envelope around a list.
type listing[V any] struct {
	Payload *list[V] `json:"payload"`
}

// rows sends a call that answers with a list in an envelope. An answer without one is an error, for as an empty list it
// would say that everything is gone.
func rows[V any](ctx context.Context, c *Client, call transport.Call) ([]V, error) {
	answer, err := transport.Do[listing[V]](ctx, c.sender, call)
	if err != nil {
		return nil, err
	}

	if answer.Payload == nil {
		return nil, unusable(call, "the answer is not the list that was expected: it has no payload")
	}

	return *answer.Payload, nil
}

// either is an object in an envelope or bare: the same kind comes in both.
type either[V any] struct{ object V }

// UnmarshalJSON takes what is in the payload, or everything.
func (e *either[V]) UnmarshalJSON(raw []byte) error {
	var outer struct {
		Payload json.RawMessage `json:"payload"`
	}
	if err := json.Unmarshal(raw, &outer); err != nil {
		return err
	}

	if outer.Payload != nil {
		raw = outer.Payload
	}

	return json.Unmarshal(raw, &e.object)
}

// wrapped is one, for objects that may come in an envelope.
func wrapped[V identified](ctx context.Context, c *Client, call transport.Call) (V, error) {
	answer, err := transport.Do[either[V]](ctx, c.sender, call)
	return whole(call, answer.object, err)
}

// List is a free JSON list. Its numbers keep their digits.
type List []any

// UnmarshalJSON reads a list or null.
func (l *List) UnmarshalJSON(raw []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()

	var elements []any
	if err := decoder.Decode(&elements); err != nil {
		return err
	}

	*l = elements

	return nil
}

// stumbled explains a crash of the server over an object that is not there: for some kinds that is its way to say so. It
// looks at the list; any other error, and none, stays as it is.
func stumbled[V any](ctx context.Context, list *reads.List[ID, V], id ID, err error) error {
	failure := transport.As(err)
	if failure == nil || failure.Status != http.StatusInternalServerError {
		return err
	}

	list.Drop()

	_, gone := list.Get(ctx, id)
	if transport.IsNotFound(gone) {
		return gone
	}

	return err
}
