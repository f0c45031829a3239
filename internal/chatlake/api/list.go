package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// list is a list as the server sends it. It takes no null, and no object without an id: read leniently, such an answer
// would say that everything is gone.
type list[V any] []V

// UnmarshalJSON reads a list of whole objects.
func (l *list[V]) UnmarshalJSON(raw []byte) error {
	var rows []*V
	if err := json.Unmarshal(raw, &rows); err != nil {
		return err
	}

	if rows == nil {
		return errors.New("it is null instead of a list")
	}

	whole := make(list[V], len(rows))
	for i, row := range rows {
		if row == nil {
			return errors.New("the list holds null")
		}

		if object, ok := any(*row).(identified); ok && object.identity() == 0 {
			return errors.New("an object of the list has no id")
		}

		whole[i] = *row
	}

	*l = whole

	return nil
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

// lists holds the lists that the platform returns whole: one of them answers every read of a refresh.
type lists struct {
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

func newLists(c *Client) lists {
	return lists{
		customFilters:              newList("custom filter", "/custom_filters", byID(c.listCustomFilters)),
		macros:                     newList("macro", "/macros", byID(c.listMacros)),
		automationRules:            newList("automation rule", "/automation_rules", byID(c.listAutomationRules)),
		dashboardApps:              newList("dashboard app", "/dashboard_apps", byID(c.listDashboardApps)),
		assignmentPolicies:         newList("assignment policy", "/assignment_policies", byID(c.listAssignmentPolicies)),
		agentBots:                  newList("agent bot", "/agent_bots", byID(c.listAgentBots)),
		customAttributeDefinitions: newList("custom attribute definition", "/custom_attribute_definitions", byID(c.listCustomAttributeDefinitions)),
		cannedResponses:            newList("canned response", "/canned_responses", byID(c.listCannedResponses)),
		webhooks:                   newList("webhook", "/webhooks", byID(c.listWebhooks)),
		agents:                     newList("agent", "/agents", c.listAgents),
		inboxes:                    newList("inbox", "/inboxes", c.listInboxes),
		labels:                     newList("label", "/labels", c.listLabels),
		portals:                    newList("portal", "/portals", byID(c.listPortals)),
		teams:                      newList("team", "/teams", byID(c.listTeams)),
	}
}

// byID sorts a list by id. The server has no fixed order for most kinds, and a configuration that uses a list must not
// change by itself.
func byID[V identified](list func(context.Context) ([]V, error)) func(context.Context) ([]V, error) {
	return func(ctx context.Context) ([]V, error) {
		rows, err := list(ctx)
		slices.SortStableFunc(rows, func(a, b V) int { return cmp.Compare(a.identity(), b.identity()) })

		return rows, err
	}
}

// newList returns a list that answers reads of single objects.
func newList[V identified](noun, path string, list func(context.Context) ([]V, error)) *reads.List[ID, V] {
	return &reads.List[ID, V]{
		Read:    list,
		Key:     V.identity,
		Missing: func(id ID) error { return missing(noun, path, id) },
	}
}
