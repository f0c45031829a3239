package api

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// AgentCapacityPolicy says how many conversations its users take in some inboxes.
type AgentCapacityPolicy struct {
	ID          ID             `json:"id"`
	Name        string         `json:"name"`
	Description string         `json:"description"`
	Rules       ExclusionRules `json:"exclusion_rules"`
	Users       int64          `json:"assigned_agent_count"`
	Limits      []InboxLimit   `json:"inbox_capacity_limits"`
}

func (p AgentCapacityPolicy) identity() ID { return p.ID }

// Check refuses a policy that cannot be told from others.
func (p AgentCapacityPolicy) Check() error { return checkID(p.ID) }

// InboxLimit is how many conversations of an inbox a user takes.
type InboxLimit struct {
	ID    ID    `json:"id"`
	Inbox ID    `json:"inbox_id"`
	Limit int64 `json:"conversation_limit"`
}

// ExclusionRules say which conversations do not count.
type ExclusionRules struct {
	Labels         []string `json:"excluded_labels,omitempty"`
	OlderThanHours *float64 `json:"exclude_older_than_hours,omitempty"`
}

// UnmarshalJSON reads what the server stored as it was sent: the hours may be a text, and the whole an empty list.
func (r *ExclusionRules) UnmarshalJSON(raw []byte) error {
	var object Object

	err := object.UnmarshalJSON(raw)
	if err != nil {
		return err
	}

	*r = ExclusionRules{}

	labels, _ := object["excluded_labels"].([]any)
	for _, label := range labels {
		r.Labels = append(r.Labels, fmt.Sprint(label))
	}

	hours, err := strconv.ParseFloat(fmt.Sprint(object["exclude_older_than_hours"]), 64)
	if err == nil {
		r.OlderThanHours = &hours
	}

	return nil
}

// AgentCapacityPolicyRequest is what a create or an update of an agent capacity policy sends. The rules are replaced whole.
type AgentCapacityPolicyRequest struct {
	Name        Nullable[string]         `json:"name,omitzero"`
	Description Nullable[string]         `json:"description,omitzero"`
	Rules       Nullable[ExclusionRules] `json:"exclusion_rules,omitzero"`
}

// AgentCapacityPolicies are the agent capacity policies of the account. The vendor's pages do not have them.
type AgentCapacityPolicies struct {
	*Objects[AgentCapacityPolicy, AgentCapacityPolicyRequest]

	client *Client
	users  *reads.By[ID, *reads.List[ID, ID]] // By policy.
	// seats let one policy at a time change its users: to add a user moves them, and to remove one takes them out of whatever
	// policy they are in.
	seats locks
}

// AgentCapacityPolicies returns those of the account.
func (c *Client) AgentCapacityPolicies() *AgentCapacityPolicies {
	const typeName = "chatlake_agent_capacity_policy"

	policies := objectsOf[AgentCapacityPolicy, AgentCapacityPolicyRequest](c, typeName, form{root: "agent_capacity_policy"})

	return kindOf(c, typeName+".user_ids", func() *AgentCapacityPolicies {
		p := &AgentCapacityPolicies{Objects: policies, client: c}
		p.users = membersOf(p.listUsers)

		return p
	})
}

// UserIDs lists the users of a policy. The server shows their tokens too, of which nothing is kept.
func (p *AgentCapacityPolicies) UserIDs(ctx context.Context, policy ID) ([]ID, error) {
	return p.users.Of(policy).All(ctx)
}

func (p *AgentCapacityPolicies) listUsers(ctx context.Context, policy ID) ([]ID, error) {
	return p.client.memberIDs(ctx, p.client.read("GET", p.path+"/%s/users", policy.String()))
}

// SetUsers makes the users the only ones of a policy, and returns who has it then. Who has another policy is moved. Who was
// moved to another one meanwhile is left there.
func (p *AgentCapacityPolicies) SetUsers(ctx context.Context, policy ID, users []ID) ([]ID, error) {
	unlock, err := p.seats.lock(ctx, 0)
	if err != nil {
		return nil, err
	}

	defer unlock()
	defer p.list.Drop()
	defer p.users.Drop()

	had, err := p.writtenUsers(ctx, policy, nil)
	if err != nil {
		return nil, err
	}

	for _, user := range had {
		if !slices.Contains(users, user) {
			err = p.removeUser(ctx, policy, user)
			if err != nil {
				return nil, err
			}
		}
	}

	for _, user := range users {
		if !slices.Contains(had, user) {
			call := p.client.write("POST", p.path+"/%s/users", policy.String()).WithJSON(wrapped("user_id", user))

			err = transport.Run(ctx, p.client.sender, call)
			if err != nil {
				return nil, err
			}
		}
	}

	return p.writtenUsers(ctx, policy, users)
}

// writtenUsers lists the users directly after a write, as soon as these are among them.
func (p *AgentCapacityPolicies) writtenUsers(ctx context.Context, policy ID, users []ID) ([]ID, error) {
	return ReadBack(ctx, "the users of policy "+policy.String(), func(ctx context.Context) ([]ID, error) { return p.listUsers(ctx, policy) },
		func(found []ID) bool {
			return !slices.ContainsFunc(users, func(user ID) bool { return !slices.Contains(found, user) })
		})
}

// removeUser takes a user out of a policy. One who has left the account is out of it already.
func (p *AgentCapacityPolicies) removeUser(ctx context.Context, policy, user ID) error {
	err := transport.Run(ctx, p.client.sender, p.client.write("DELETE", p.path+"/%s/users/%s", policy.String(), user.String()))
	if transport.IsNotFound(err) {
		return nil
	}

	return err
}

// SetLimits makes the limits the only ones of a policy, and returns those that it has then. The server changes them by their
// ids, which only the policy tells.
func (p *AgentCapacityPolicies) SetLimits(ctx context.Context, policy ID, limits []InboxLimit) ([]InboxLimit, error) {
	defer p.list.Drop()

	found, err := p.written(ctx, policy, nil)
	if err != nil {
		return nil, err
	}

	for _, had := range found.Limits {
		isWanted := slices.ContainsFunc(limits, func(limit InboxLimit) bool { return limit.Inbox == had.Inbox })
		if !isWanted {
			err = p.removeLimit(ctx, policy, had)
			if err != nil {
				return nil, err
			}
		}
	}

	for _, limit := range limits {
		err = p.setLimit(ctx, policy, found.Limits, limit)
		if err != nil {
			return nil, err
		}
	}

	found, err = p.written(ctx, policy, limits)

	return found.Limits, err
}

// written reads a policy directly after a write, as soon as it has these limits.
func (p *AgentCapacityPolicies) written(ctx context.Context, policy ID, limits []InboxLimit) (AgentCapacityPolicy, error) {
	return ReadBack(ctx, "policy "+policy.String(), func(ctx context.Context) (AgentCapacityPolicy, error) { return p.One(reads.Fresh(ctx), policy) },
		func(found AgentCapacityPolicy) bool {
			return !slices.ContainsFunc(limits, func(limit InboxLimit) bool { return !found.has(limit) })
		})
}

// has reports whether a policy has a limit.
func (p AgentCapacityPolicy) has(limit InboxLimit) bool {
	return slices.ContainsFunc(p.Limits, func(had InboxLimit) bool { return had.Inbox == limit.Inbox && had.Limit == limit.Limit })
}

func (p *AgentCapacityPolicies) removeLimit(ctx context.Context, policy ID, limit InboxLimit) error {
	call := p.client.write("DELETE", p.path+"/%s/inbox_limits/%s", policy.String(), limit.ID.String())

	err := transport.Run(ctx, p.client.sender, call)
	if transport.IsNotFound(err) {
		return nil
	}

	return err
}

// setLimit changes the limit of an inbox that has one, and makes it otherwise.
func (p *AgentCapacityPolicies) setLimit(ctx context.Context, policy ID, had []InboxLimit, limit InboxLimit) error {
	i := slices.IndexFunc(had, func(had InboxLimit) bool { return had.Inbox == limit.Inbox })

	switch {
	case i >= 0 && had[i].Limit == limit.Limit:
		return nil
	case i >= 0:
		call := p.client.write("PATCH", p.path+"/%s/inbox_limits/%s", policy.String(), had[i].ID.String())

		return transport.Run(ctx, p.client.sender, call.WithJSON(wrapped("conversation_limit", limit.Limit)))
	default:
		return p.addLimit(ctx, policy, limit)
	}
}

// addLimit makes a limit. It may be repeated: the server refuses a second one for the inbox. After an error, the policy tells
// whether the limit is there. As a part of a policy that was begun, it is made after an interrupt, too.
func (p *AgentCapacityPolicies) addLimit(ctx context.Context, policy ID, limit InboxLimit) error {
	call := p.client.write("POST", p.path+"/%s/inbox_limits", policy.String()).WithJSON(struct {
		Inbox ID    `json:"inbox_id"`
		Limit int64 `json:"conversation_limit"`
	}{limit.Inbox, limit.Limit})

	err := transport.Run(ctx, p.client.sender, call)
	if err == nil {
		return nil
	}

	found, problem := p.One(reads.Fresh(ctx), policy)
	if problem == nil && found.has(limit) {
		return nil
	}

	return err
}
