package chatlake

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// planted is what a file adds to the seed data, all in the account that the environment names.
type planted struct {
	Agents []struct {
		Name  string `json:"name"`
		Email string `json:"email"`
		Role  string `json:"role"`
		Token string `json:"token"` // A made-up one, for people who act on their own.
	} `json:"agents"`
	Teams []struct {
		Name    string   `json:"name"`
		Members []string `json:"members"` // By e-mail.
	} `json:"teams"`
	Inboxes []struct {
		Name    string   `json:"name"`
		Members []string `json:"members"`
	} `json:"inboxes"` // Of the API channel.
	Labels []string `json:"labels"`
}

// Plant adds agents, teams, inboxes and labels.
func (p *Platform) Plant(raw json.RawMessage) error {
	var more planted
	if err := sandbox.DecodeHook(raw, &more); err != nil {
		return err
	}

	for _, agent := range more.Agents {
		if err := p.plantAgent(agent.Name, agent.Email, agent.Role, agent.Token); err != nil {
			return err
		}
	}

	for _, t := range more.Teams {
		_, taken := p.teamNames[nameKey{AccountID, t.Name}]
		if taken || t.Name == "" {
			return fmt.Errorf("team %q: its name must be set and free", t.Name)
		}

		members, err := p.findPlanted(t.Members)
		if err != nil {
			return fmt.Errorf("team %q: %w", t.Name, err)
		}

		p.seedTeam(AccountID, t.Name).members = members
	}

	for _, i := range more.Inboxes {
		if i.Name == "" {
			return errors.New("an inbox needs a name")
		}

		members, err := p.findPlanted(i.Members)
		if err != nil {
			return fmt.Errorf("inbox %q: %w", i.Name, err)
		}

		p.seedInbox(AccountID, i.Name, "api", object{}).members = members
	}

	for _, title := range more.Labels {
		_, taken := p.labelNames[nameKey{AccountID, title}]
		if taken || !labelTitle.MatchString(title) {
			return fmt.Errorf("label %q is taken, or no title of a label", title)
		}

		p.keepLabel(&label{ID: p.nextID("labels"), Title: title, Color: defaultColor, account: AccountID})
	}

	return nil
}

func (p *Platform) plantAgent(name, email, role, token string) error {
	if role == "" {
		role = roleAgent
	}

	_, known := p.tokens[token]

	switch {
	case name == "" || email == "" || p.emails[email] != nil:
		return fmt.Errorf("agent %q: name and email must be set, and the email must be free", email)
	case role != roleAgent && role != roleAdministrator:
		return fmt.Errorf("agent %q: the role %q is neither %s nor %s", email, role, roleAgent, roleAdministrator)
	case known:
		return fmt.Errorf("agent %q: the token is taken", email)
	case token == "":
		token = p.newToken()
	}

	p.seedUser(name, email, token, role, AccountID)

	return nil
}

// findPlanted finds people of the account by their e-mail.
func (p *Platform) findPlanted(emails []string) ([]int64, error) {
	var ids []int64

	for _, email := range emails {
		u := p.emails[email]
		if u == nil || u.memberships[AccountID] == nil {
			return nil, fmt.Errorf("there is no agent %q", email)
		}

		ids = append(ids, u.id)
	}

	return ids, nil
}
