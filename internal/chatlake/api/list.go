package api

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// rowList is a list that is read row by row: a row that cannot be read is an error for its own object alone.
type rowList[V Identified] struct {
	*reads.List[ID, V]

	call transport.Call
	last atomic.Pointer[wirejson.Rows[V]] // What Read has returned.
}

func newRowList[V Identified](noun string, call transport.Call, read func(context.Context) (wirejson.Rows[V], error)) *rowList[V] {
	l := &rowList[V]{call: call}
	l.List = &reads.List[ID, V]{
		Read: func(ctx context.Context) ([]V, error) {
			rows, err := read(ctx)
			l.last.Store(&rows)

			return rows.Good, err
		},
		Key: V.identity,
		Missing: func(id ID) error {
			rows := l.last.Load()
			if rows != nil {
				odd := rows.Missing(id.String())
				if odd != nil {
					return unusable(call, odd.Error())
				}
			}

			return missing(noun, call, id)
		},
	}

	return l
}

// All reads every object, and notes which rows could not be read.
func (l *rowList[V]) All(ctx context.Context) ([]V, error) {
	all, err := l.List.All(ctx)

	rows := l.last.Load()
	if rows != nil {
		transport.LeaveOut(ctx, l.call.Path, rows.Odd...)
	}

	return all, err
}

// bareRows returns how a list is read that comes without an envelope.
func bareRows[V Identified](c *Client, path string) func(context.Context) (wirejson.Rows[V], error) {
	return func(ctx context.Context) (wirejson.Rows[V], error) {
		rows, err := transport.Do[wirejson.Rows[V]](ctx, c.sender, c.read("GET", path))
		return byID(rows), err
	}
}

// payloadRows sends a call that answers with a list in an envelope, which is read row by row.
func payloadRows[V any](ctx context.Context, c *Client, call transport.Call) (wirejson.Rows[V], error) {
	answer, err := transport.Do[struct {
		Payload *wirejson.Rows[V] `json:"payload"`
	}](ctx, c.sender, call)
	if err != nil {
		return wirejson.Rows[V]{}, err
	}

	if answer.Payload == nil {
		return wirejson.Rows[V]{}, unusable(call, "the answer is not the list that was expected: it has no payload")
	}

	return *answer.Payload, nil
}

// whole returns the rows of a list if all of them can be read: in the list of what an object consists of, such as the
// members of a team, a row that is left out would count as removed.
func whole[V any](call transport.Call, rows wirejson.Rows[V], err error) ([]V, error) {
	if err == nil && len(rows.Odd) > 0 {
		err = unusable(call, rows.Odd[0].Error())
	}

	return rows.Good, err
}

// payload sends a call that answers with a list in an envelope, of which every row counts.
func payload[V any](ctx context.Context, c *Client, call transport.Call) ([]V, error) {
	rows, err := payloadRows[V](ctx, c, call)
	return whole(call, rows, err)
}

// answer is what a list that many reads share says about one object.
type answer[V any] struct {
	object V
	err    error
}

// answers returns what a list says about the objects with these ids. What it surely does not hold is left out.
func answers[V Identified](call transport.Call, rows *wirejson.Rows[V], ids []ID) map[ID]answer[V] {
	found := make(map[ID]answer[V], len(ids))

	for _, id := range ids {
		odd := rows.Missing(id.String())
		if odd != nil {
			found[id] = answer[V]{err: unusable(call, odd.Error())}
		}
	}

	for _, row := range rows.Good {
		found[row.identity()] = answer[V]{object: row}
	}

	return found
}

// lists holds the lists that the platform returns whole: one of them answers every read of a refresh.
type lists struct {
	customFilters              *reads.By[string, *rowList[CustomFilter]] // By type.
	macros                     *rowList[Macro]
	automationRules            *rowList[AutomationRule]
	dashboardApps              *rowList[DashboardApp]
	assignmentPolicies         *rowList[AssignmentPolicy]
	agentBots                  *rowList[AgentBot]
	customAttributeDefinitions *rowList[CustomAttributeDefinition]
	cannedResponses            *rowList[CannedResponse]
	webhooks                   *rowList[Webhook]
	agents                     *rowList[Agent]
	inboxes                    *rowList[Inbox]
	labels                     *rowList[Label]
	portals                    *rowList[Portal]
	teams                      *rowList[Team]
	teamMembers                *reads.By[ID, *reads.List[ID, ID]]
	inboxMembers               *reads.By[ID, *reads.List[ID, ID]]
	participants               *reads.By[ID, *reads.List[ID, ID]] // By conversation.
}

func newLists(c *Client) lists {
	return lists{
		customFilters:              c.newCustomFilters(),
		macros:                     newRowList("macro", c.read("GET", "/macros"), c.listMacros),
		automationRules:            newRowList("automation rule", c.read("GET", "/automation_rules"), c.listAutomationRules),
		dashboardApps:              newRowList("dashboard app", c.read("GET", "/dashboard_apps"), c.listDashboardApps),
		assignmentPolicies:         newRowList("assignment policy", c.read("GET", "/assignment_policies"), c.listAssignmentPolicies),
		agentBots:                  newRowList("agent bot", c.read("GET", "/agent_bots"), c.listAgentBots),
		customAttributeDefinitions: newRowList("custom attribute definition", c.read("GET", "/custom_attribute_definitions"), c.listCustomAttributeDefinitions),
		cannedResponses:            newRowList("canned response", c.read("GET", "/canned_responses"), bareRows[CannedResponse](c, "/canned_responses")),
		webhooks:                   newRowList("webhook", c.read("GET", "/webhooks"), c.listWebhooks),
		agents:                     newRowList("agent", c.read("GET", "/agents"), bareRows[Agent](c, "/agents")),
		inboxes:                    newRowList("inbox", c.read("GET", "/inboxes"), c.listInboxes),
		labels:                     newRowList("label", c.read("GET", "/labels"), c.listLabels),
		portals:                    newRowList("portal", c.read("GET", "/portals"), c.listPortals),
		teams:                      newRowList("team", c.read("GET", "/teams"), bareRows[Team](c, "/teams")),
		teamMembers:                membersOf(c.listTeamMembers),
		inboxMembers:               membersOf(c.listInboxMembers),
		participants:               membersOf(c.listParticipantIDs),
	}
}

// byID sorts rows by id. The server has no fixed order for most kinds, and a configuration that uses a list must not
// change by itself.
func byID[V Identified](rows wirejson.Rows[V]) wirejson.Rows[V] {
	slices.SortStableFunc(rows.Good, compareIDs)
	return rows
}

func compareIDs[V Identified](a, b V) int { return cmp.Compare(a.identity(), b.identity()) }
