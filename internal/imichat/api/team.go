package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// Team is a team of the tenant.
type Team struct{ ID, Name string }

// UnmarshalJSON reads an id and a name under any of the keys that they have elsewhere.
//
// Unverified: the fields of a team; the call is only named.
func (t *Team) UnmarshalJSON(raw []byte) error {
	var wire struct {
		ID       wirejson.Text `json:"id"`
		TeamID   wirejson.Text `json:"team_id"`
		Teamid   wirejson.Text `json:"teamid"`
		Name     wirejson.Text `json:"name"`
		TeamName wirejson.Text `json:"team_name"`
		Teamname wirejson.Text `json:"teamname"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}

	*t = Team{ID: firstOf(wire.ID, wire.TeamID, wire.Teamid), Name: firstOf(wire.Name, wire.TeamName, wire.Teamname)}
	if t.ID == "" {
		return errors.New("a team without id")
	}

	return nil
}

func firstOf(texts ...wirejson.Text) string {
	for _, t := range texts {
		if t != "" {
			return string(t)
		}
	}

	return ""
}

func (t Team) key() string { return t.ID }

// Teams lists the teams that the key is shared with (named on https://docs.imi.chat/reference/transfer-api-private-beta).
//
// Unverified: whether the list has pages. Reading ends with a page that is not full, or that shows nothing new.
func (c *Client) Teams(ctx context.Context) ([]Team, error) {
	return every(ctx, c, "teams", func(ctx context.Context, query url.Values) (list[Team], error) {
		return many[Team](ctx, c, inTeam(c.read(http.MethodGet, "/teams"), c.TeamID).WithQuery(query), "team")
	}, func(Team) bool { return true })
}
