package kommunicate

import (
	"fmt"
	"testing"
)

// The answers of https://docs.kommunicate.io/docs/api-detail, "Change Conversation Assignee Responses" (2026-11), with the
// clock of the tests.
const (
	goldenUpdated        = `{"status":"success","generatedAt":1760000000500,"response":"updated"}`
	goldenAlreadyUpdated = `{"status":"success","generatedAt":1760000000500,"response":"already updated"}`
	goldenEngaged        = `{"status":"success","generatedAt":1760000000500,"response":"AGENT_IS_ALREADY_ENGAGED"}`
	goldenUserNotFound   = `{"status":"error","errorResponse":[{"errorCode":"AL-U-01","description":"user not found",
		"displayMessage":"unable to process"}],"generatedAt":1760000000500}`
	goldenGroupNotFound = `{"status":"error","errorResponse":[{"errorCode":"AL-G-01","description":"group not found",
		"displayMessage":"unable to process"}],"generatedAt":1760000000500}`
)

func TestDocumentedAnswersOfStatusAndAssignee(t *testing.T) {
	w := start(t)
	id := w.conversation("c")
	w.settings.HandlingLimit[AgentTwoID] = 1
	full := w.conversation("full")
	w.assign(w.find(full), AgentTwoID)
	for _, step := range []struct{ path, want string }{
		{"status/change?groupId=" + id + "&status=2&sendNotifyMessage=false", goldenUpdated},
		{"status/change?groupId=" + id + "&status=2", goldenAlreadyUpdated},
		{"status/change?groupId=1&status=2", goldenGroupNotFound},
		{"assignee/change?groupId=" + id + "&assignee=" + AgentOneID + "&takeOverFromBot=true", goldenUpdated},
		{"assignee/change?groupId=" + id + "&assignee=" + AgentOneID, goldenAlreadyUpdated},
		{"assignee/change?groupId=" + id + "&assignee=" + AgentTwoID, goldenEngaged},
		{"assignee/change?groupId=" + id + "&assignee=nobody", goldenUserNotFound},
		{"assignee/change?groupId=1&assignee=" + AgentOneID, goldenGroupNotFound},
	} {
		a := w.call("PATCH /rest/ws/group/"+step.path, "")
		if a.status != 200 {
			t.Errorf("%s: status %d", step.path, a.status)
		}
		same(t, a.text, step.want)
	}
	w.calm()
	g := w.find(id)
	equal(t, g.metadata[keyStatus], "2")
	equal(t, g.metadata[keyAssignee], AgentOneID)
	if g.member(DefaultBotID) != nil {
		t.Error("takeOverFromBot left the bot")
	}
}

func (w *world) find(id string) *group {
	w.t.Helper()
	g, ok := w.lookUp(ident(id), "")
	if !ok {
		w.t.Fatal(fmt.Sprintf("no group %s", id))
	}
	return g
}
