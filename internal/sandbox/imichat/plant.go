package imichat

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// planted is what a file adds to the seed data.
type planted struct {
	Assets []struct {
		Channel string `json:"channel"`
		ID      string `json:"id"`
	} `json:"assets"`
	Teams []struct {
		ID      int    `json:"id"`
		Name    string `json:"name"`
		Private bool   `json:"private"` // Not shared with the API key.
	} `json:"teams"`
	Users []struct {
		LoginID    string      `json:"login_id"`
		FirstName  string      `json:"first_name"`
		LastName   string      `json:"last_name"`
		Email      string      `json:"email_id"`
		Privileges []Privilege `json:"privileges"`
	} `json:"users"`
}

// Plant adds assets, teams and users.
func (p *Platform) Plant(raw json.RawMessage) error {
	p.assets = map[string][]string{}

	var more planted
	if err := sandbox.DecodeHook(raw, &more); err != nil {
		return err
	}

	for _, asset := range more.Assets {
		if !slices.Contains(Channels(), asset.Channel) || asset.ID == "" {
			return fmt.Errorf("asset %q: its channel must be one of %q, and its id must be set", asset.ID, Channels())
		}

		p.assets[asset.Channel] = append(p.assets[asset.Channel], asset.ID)
	}

	for _, team := range more.Teams {
		_, taken := p.teams.Get(team.ID)
		if taken || team.ID == 0 || team.Name == "" {
			return fmt.Errorf("team %q: its name must be set, and its id must be set and free", team.Name)
		}

		p.teams.Put(team.ID, &Team{ID: team.ID, Name: team.Name, Shared: !team.Private})
	}

	for _, u := range more.Users {
		_, taken := p.findByLogin(u.LoginID)
		if taken || u.LoginID == "" {
			return fmt.Errorf("user %q: its login id must be set and free", u.LoginID)
		}

		for _, privilege := range u.Privileges {
			if _, ok := p.teams.Get(privilege.TeamID); !ok {
				return fmt.Errorf("user %q: there is no team %d", u.LoginID, privilege.TeamID)
			}
		}

		p.addUser(User{
			LoginID: u.LoginID, FirstName: u.FirstName, LastName: u.LastName, Email: u.Email, Privileges: u.Privileges,
			AcceptingChats: true,
		})
	}

	return nil
}

// hasAsset reports whether the tenant has the asset on the channel.
func (p *Platform) hasAsset(channel, id string) bool {
	return id == AssetID(channel) || slices.Contains(p.assets[channel], id)
}
