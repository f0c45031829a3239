package kommunicate

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// planted is what a file adds to the seed data.
type planted struct {
	Agents []struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"agents"`
	Bots  []string `json:"bots"`
	Teams []struct {
		ID      int64    `json:"id"`
		Name    string   `json:"name"`
		Members []string `json:"members"`
	} `json:"teams"`
	Users []struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		Email string `json:"email"`
	} `json:"users"`
}

// Plant adds agents, bots, teams and users.
func (p *Platform) Plant(raw json.RawMessage) error {
	var more planted
	if err := sandbox.DecodeHook(raw, &more); err != nil {
		return err
	}

	add := func(id string, role int) (*user, error) {
		_, taken := p.users.Get(id)
		if taken || id == "" {
			return nil, fmt.Errorf("the user id %q is empty or taken", id)
		}

		return p.addUser(id, role), nil
	}

	for _, agent := range more.Agents {
		made, err := add(agent.ID, roleAgent)
		if err != nil {
			return err
		}

		made.email, made.password, made.online = agent.ID, AgentPassword, true
		if agent.Name != "" {
			made.displayName = agent.Name
		}
	}

	for _, bot := range more.Bots {
		if _, err := add(bot, roleBot); err != nil {
			return err
		}
	}

	for _, user := range more.Users {
		made, err := add(user.ID, roleUser)
		if err != nil {
			return err
		}

		made.displayName, made.email = user.Name, user.Email
	}

	for _, t := range more.Teams {
		if err := p.plantTeam(team{id: t.ID, alias: t.Name, name: t.Name, members: t.Members}); err != nil {
			return err
		}
	}

	return nil
}

func (p *Platform) plantTeam(t team) error {
	_, taken := p.team(t.key())
	if taken || t.id == 0 {
		return fmt.Errorf("the team id %d is missing or taken", t.id)
	}

	if t.name == "" {
		return errors.New("a team needs a name")
	}

	for _, member := range t.members {
		u, ok := p.users.Get(member)
		if !ok || u.role != roleAgent {
			return fmt.Errorf("team %q: there is no agent %q", t.name, member)
		}
	}

	p.teams = append(p.teams, t)

	return nil
}
