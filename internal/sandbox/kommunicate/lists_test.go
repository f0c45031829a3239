package kommunicate

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
)

// supportPage is an answer of group/support.
type supportPage struct {
	Message           []wireRow
	GroupFeeds        []created
	UserDetails       []detailed
	LastFetchTime     int64
	ConversationCount int
}

func (f *fixture) support(query string) supportPage {
	f.t.Helper()
	return decoded[supportPage](f.t, f.call("GET /rest/ws/group/support"+query, "").Response)
}

func names(groups []created) (out []string) {
	for _, g := range groups {
		out = append(out, g.Name)
	}

	return out
}

func TestSupportListsByStatusAndAssignee(t *testing.T) {
	f := start(t)

	ids := map[string]string{}
	for _, name := range []string{"Alpha", "Beta", "Gamma", "Delta"} {
		ids[name] = f.conversation(name)
	}

	f.call("PATCH /rest/ws/group/status/change?status=2&sendNotifyMessage=false&groupId="+ids["Alpha"], "")
	f.call("PATCH /rest/ws/group/assignee/change?sendNotifyMessage=false&assignee="+AgentTwoID+"&groupId="+ids["Beta"], "")
	f.call("GET /rest/ws/group/delete?groupId="+ids["Delta"], "")
	f.send(`{"groupId":"` + ids["Gamma"] + `","message":"last","fromUserName":"u-1"}`)

	all := f.support("")
	equal(t, names(all.GroupFeeds), []string{"Gamma", "Beta", "Alpha"})
	equal(t, all.ConversationCount, 3)
	equal(t, len(all.Message), 1)
	equal(t, all.Message[0].Message, "last")
	equal(t, names(f.support("?status=2").GroupFeeds), []string{"Alpha"})
	equal(t, names(f.support("?status=2&status=0").GroupFeeds), []string{"Gamma", "Beta", "Alpha"})
	equal(t, names(f.support("?search=ALPH").GroupFeeds), []string{"Alpha"})
	equal(t, names(f.support("?deletedGroupIncluded=true&search=elta").GroupFeeds), []string{"Delta"})
	equal(t, names(f.support("/assigned?userId="+AgentTwoID).GroupFeeds), []string{"Beta"})
	equal(t, names(f.support("/assigned?status=2&userId="+AgentTwoID).GroupFeeds), []string(nil))
	f.switches.SilentConversationsListed = false
	equal(t, names(f.support("").GroupFeeds), []string{"Gamma"})
	f.calm()
	equal(t, f.call("GET /rest/ws/group/support/assigned", "").status, 400)
	f.support("?status=99")

	if f.complaint() == "" {
		t.Error("no complaint about status 99")
	}
}

func TestCursorsReachEveryRow(t *testing.T) {
	for _, inclusive := range []bool{false, true} {
		f := start(t)
		f.switches.CursorInclusive = inclusive

		var want []string

		for i := range 7 {
			f.conversation(fmt.Sprint(i))
			want = append(want, fmt.Sprint(6-i))
		}

		walk := func(read func(cursor int64) ([]created, int64)) (seen []string) {
			for cursor := int64(0); ; {
				page, next := read(cursor)
				if len(page) > 3 {
					t.Fatalf("%d rows on a page of three", len(page))
				}

				for _, g := range page {
					if !slices.Contains(seen, g.Name) {
						seen = append(seen, g.Name)
					} else if !inclusive {
						t.Errorf("%s came twice", g.Name)
					}
				}

				if len(page) == 0 || next == cursor {
					return seen
				}

				cursor = next
			}
		}
		equal(t, walk(func(cursor int64) ([]created, int64) {
			page := f.support(fmt.Sprintf("?pageSize=3&lastFetchTime=%d", cursor))
			return page.GroupFeeds, page.LastFetchTime
		}), want)
		equal(t, walk(func(cursor int64) ([]created, int64) {
			a := f.call(fmt.Sprintf("GET /rest/ws/group/filter?pageSize=3&endTime=%d", cursor), "")
			page := decoded[struct {
				Groups        []created
				LastFetchTime int64
			}](t, a.Response)

			return page.Groups, page.LastFetchTime
		}), want)
		f.calm()
	}
}

func TestUserFilterTellsRoles(t *testing.T) {
	f := start(t)
	for i := range 5 {
		f.addUser(fmt.Sprintf("u-%d", i), roleUser)
	}

	f.addUser("off", roleUser).deactivated = true
	filter := func(query string) (ids []string) {
		t.Helper()

		a := f.call("GET /rest/ws/user/v3/filter?"+query, "")

		page := decoded[struct {
			Users            []detailed
			Groups, Devices  []any
			LastFetchIndex   int
			TotalUnreadCount json.Number
		}](t, a.Response)
		if page.Groups == nil || page.Devices == nil || page.TotalUnreadCount == "" {
			t.Error(a.text)
		}

		for _, u := range page.Users {
			ids = append(ids, u.UserID)
		}

		return ids
	}
	equal(t, filter("roleNameList=USER&startIndex=0&pageSize=3&orderBy=1"), []string{"u-0", "u-1", "u-2"})
	equal(t, filter("roleNameList=USER&startIndex=3&pageSize=3"), []string{"u-3", "u-4"})
	equal(t, filter("roleNameList=USER&startIndex=9"), []string(nil))
	equal(t, filter("roleNameList=BOT"), []string{DefaultBotID, HelperBotID})
	equal(t, filter("inactiveUser=true"), []string{"off"})
	equal(t, len(filter("roleNameList=BOT&roleNameList=APPLICATION_WEB_ADMIN")), 5)
	f.calm()
	filter("roleNameList=EMPEROR")

	if f.complaint() == "" {
		t.Error("no complaint about an unknown role")
	}
}

func TestTeamsAreListed(t *testing.T) {
	f := start(t)
	rows := decoded[[]struct {
		TeamID      int64
		TeamName    string
		TeamMembers []string
	}](t, f.call("GET /chat/rest/ws/team/list", "").Response)
	equal(t, len(rows), 2)

	for _, row := range rows {
		want := map[int64][]string{DefaultTeamID: {OwnerID, AgentOneID, AgentTwoID}, BillingTeamID: {AgentTwoID}}[row.TeamID]
		equal(t, row.TeamMembers, want)
	}

	f.calm()
}
