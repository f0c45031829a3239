package imichat

import (
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// Team is a team of the tenant.
type Team struct {
	ID   int
	Name string
	// Shared reports whether the API key works for the team.
	Shared bool
}

func newTeams() (teams sandbox.Collection[int, *Team]) {
	for _, team := range []Team{{101, TeamName, true}, {102, OtherTeamName, true}, {103, "Back office", false}} {
		teams.Put(team.ID, &team)
	}

	return teams
}

// isShared reports whether the key works for a team: it does for the teams that it is shared with (docs.imi.chat/docs/api-keys).
func (p *Platform) isShared(id int) bool {
	team, ok := p.teams.Get(id)
	return ok && team.Shared
}

// listTeams is named on docs.imi.chat/reference/transfer-api-private-beta.
//
// Unverified: fields, order and pages, and that teams which the key is not shared with are left out.
func (p *Platform) listTeams(req *sandbox.Request, _ int) sandbox.Reply {
	n, refused := p.pageNumber(req)
	if refused != nil {
		return *refused
	}

	rows := []any{}
	for _, team := range sandbox.Page(p.teams.Where(func(t *Team) bool { return t.Shared }), n, pageSize) {
		rows = append(rows, map[string]any{p.switches.TeamIDKey: team.ID, p.switches.TeamNameKey: team.Name})
	}

	return p.answer(teamsListed, p.wrapList("teams", rows))
}

// transferRequest is the body of a transfer. Its page documents teamid as an integer and shows a string.
type transferRequest struct {
	Transfer struct {
		TeamID    sandbox.ID `json:"teamid"`
		SkillName string     `json:"skill_name"`
	} `json:"transfer"`
}

// transferChat moves a chat to a team (docs.imi.chat/reference/transfer-api-private-beta).
//
// Unverified: the path, which the vendor gives to customers only, and that the chat goes back to a queue.
func (p *Platform) transferChat(req *sandbox.Request, _ int) sandbox.Reply {
	if !p.switches.Transfer {
		return p.refuse(unknownPath, "transfer is not enabled")
	}

	checkQuery(req)

	var body transferRequest

	refused := p.decode(req, &body)
	if refused != nil {
		return *refused
	}

	team, err := strconv.Atoi(string(body.Transfer.TeamID))
	if err != nil {
		return p.refuseInvalid(req, "transfer.teamid is not an integer")
	}

	chat, refused := p.findChat(req)
	if refused != nil {
		return *refused
	}

	if !p.isShared(team) {
		return p.refuse(teamUnknown)
	}

	p.transfer(chat, team, body.Transfer.SkillName)

	return p.answer(chatTransferred, "")
}

// transfer puts a chat into another team's queue.
func (p *Platform) transfer(chat *Chat, team int, skill string) {
	chat.TeamID, chat.Skill = team, skill
	p.release(chat)
}

// release puts a chat back into its team's queue.
func (p *Platform) release(chat *Chat) {
	chat.Status, chat.Assignee = queued, ""
	p.touch(chat)
}
