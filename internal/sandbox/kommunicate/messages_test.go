package kommunicate

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

const send = "POST /rest/ws/message/v2/send"

// sent is the bare answer of the send calls.
type sent struct {
	MessageKey string
	CreatedAt  int64
}

func (w *world) send(body string) sent {
	w.t.Helper()
	a := w.call(send, body)

	out := decoded[sent](w.t, []byte(a.text))
	if a.status != 200 || out.MessageKey == "" {
		w.t.Fatal(a.text)
	}

	return out
}

// wireRow is a message as a caller reads it.
type wireRow struct {
	Key, Message, ContactIDs, To, ClientGroupID, GroupAssignee, FileMetaKey string
	GroupID                                                                 int64
	Type, ContentType, Source, GroupStatus                                  int
	CreatedAtTime                                                           int64
	Metadata                                                                map[string]string
	FileMeta                                                                map[string]any
}

func TestDocumentedMessages(t *testing.T) {
	w := start(t)
	w.addUser("userId of sender", roleUser)
	id := w.conversation("c")
	// The bodies of https://docs.kommunicate.io/docs/api-detail, "Send Message" (2026-11), with the id of a group.
	plain := w.call(send, `{"groupId":"`+id+`","clientGroupId":"c","message":"Hi John","fromUserName":"userId of sender"}`, "Of-User-Id", "")
	if !regexp.MustCompile(`^\{"messageKey":"5-` + id + `-\d{13}","createdAt":1760000000000\}$`).MatchString(plain.text) {
		t.Error(plain.text)
	}

	rich := w.send(`{"groupId":` + id + `,"message":"Do you want more updates?","fromUserName":"userId of sender","metadata":{
		"contentType":"300","templateId":"6","skipBot":true,
		"payload":"[{\"title\":\"Yes\",\"message\":\"Cool! send me more.\"},{\"title\":\"No \",\"message\":\"Don't send it to me again\"}]"}}`)
	// "Send Attachments", on its own host.
	file := w.call("POST /chat/rest/ws/message/send", `{"type":5,"contentType":1,"message":"This is an image description",
		"groupId":"`+id+`","metadata":{"skipBot":true},"key":"m4jgfy","fileMeta":{"blobKey":"2953a1e4","name":"ABX.png",
		"url":"Image_URL","size":182025,"contentType":"image/png","thumbnailUrl":"Image_URL","createdAtTime":1735049558019},"source":1}`)
	w.calm()

	stored := w.Messages(id)
	equal(t, len(stored), 3)
	equal(t, stored[0].From, "userId of sender")
	equal(t, stored[1].Key, rich.MessageKey)
	equal(t, stored[1].Metadata["skipBot"], "true")
	equal(t, stored[1].ContentType, 0)
	equal(t, stored[2].Key, decoded[sent](t, []byte(file.text)).MessageKey)
	equal(t, stored[2].FileURL, "Image_URL")
	equal(t, stored[2].From, OwnerID)

	got, _ := w.Message(rich.MessageKey)
	equal(t, got, stored[1])
}

func TestSendToAnUnknownGroup(t *testing.T) {
	w := start(t)
	id := w.conversation("gone")
	w.call("GET /rest/ws/group/delete?groupId="+id, "")

	for _, target := range []string{`"groupId":"9"`, `"groupId":"x"`, `"clientGroupId":"none"`, `"groupId":"` + id + `"`} {
		body := `{` + target + `,"message":"m","fromUserName":"u-1"}`
		w.switches.UnknownGroupOnSend = asEnvelope
		same(t, w.call(send, body).text, goldenGroupNotFound)
		w.switches.UnknownGroupOnSend = asText
		equal(t, w.call(send, body).text, "error")
	}

	w.calm()
}

func TestSendByAnUnknownSender(t *testing.T) {
	w := start(t)
	body := `{"groupId":"` + w.conversation("c") + `","message":"m","fromUserName":"new"}`
	same(t, w.call(send, body).text, goldenUserNotFound)
	w.switches.UnknownSender = makeUser
	w.send(body)
	equal(t, w.mustUser("new").RoleType, 3)
	w.calm()
}

func TestMessageToAClosedConversation(t *testing.T) {
	for mode, want := range map[string]string{reopen: "0", stay: "2", refuse: "2"} {
		w := start(t)
		w.switches.ClosedOnMessage = mode
		id := w.conversation("c")
		w.find(id).metadata[keyStatus] = statusResolved
		w.send(`{"groupId":"` + id + `","message":"m","fromUserName":"` + AgentOneID + `"}`)
		equal(t, w.find(id).metadata[keyStatus], "2")
		a := w.call(send, `{"groupId":"`+id+`","message":"m","fromUserName":"u-1"}`)
		equal(t, a.text == "CONVERSATION_CLOSED", mode == refuse)
		equal(t, w.find(id).metadata[keyStatus], want)
	}
}

func TestUnreadCounts(t *testing.T) {
	w := start(t)

	id, other := w.conversation("c"), w.conversation("d")
	for _, to := range []string{id, id, other} {
		w.send(`{"groupId":"` + to + `","message":"m","fromUserName":"` + AgentOneID + `"}`)
	}

	unread := func(user string) (total, here int) {
		u, _ := w.detail(user)
		info := decoded[created](t, w.call("GET /rest/ws/group/info?groupId="+id, "", "Of-User-Id", user).Response)

		return u.UnreadCount, info.UnreadCount
	}
	total, here := unread("u-1")
	equal(t, []int{total, here}, []int{3, 2})
	total, here = unread(AgentOneID)
	equal(t, []int{total, here}, []int{0, 0})
	equal(t, w.call("GET /rest/ws/message/read/conversation?groupId="+id, "", "Of-User-Id", "u-1").text, "success")

	total, here = unread("u-1")
	equal(t, []int{total, here}, []int{1, 0})
	equal(t, w.call("GET /rest/ws/message/read/conversation?groupId=1", "").text, "error")
	w.calm()
}

func TestMessageList(t *testing.T) {
	w := start(t)
	id := w.conversation("c")
	w.assign(w.find(id), AgentOneID)

	for i := range 5 {
		w.send(fmt.Sprintf(`{"groupId":"%s","message":"m%d","fromUserName":"u-1"}`, id, i))
	}

	type page struct {
		Message          []wireRow
		GroupFeeds       []created
		UserDetails      []detailed
		ConversationPxys []any
	}

	list := func(query, as string) page {
		t.Helper()
		return decoded[page](t, []byte(w.call("GET /rest/ws/message/list?"+query, "", "Of-User-Id", as).text))
	}
	all := list("groupId="+id+"&startIndex=0&skipRead=true", OwnerID)
	equal(t, len(all.Message), 5)
	first := all.Message[0]
	equal(t, []any{first.Message, first.Type, first.ContactIDs, first.To, first.ClientGroupID, first.GroupAssignee, first.Source},
		[]any{"m4", 4, "u-1", "u-1", "c", AgentOneID, 4})
	equal(t, list("groupId="+id, "u-1").Message[0].Type, 5)
	equal(t, all.GroupFeeds[0].Name, "c")
	equal(t, len(all.UserDetails), 3)

	if all.ConversationPxys == nil {
		t.Error("no conversationPxys")
	}

	var texts []string

	query := "groupId=" + id + "&pageSize=2"
	for cursor := ""; ; {
		rows := list(query+cursor, OwnerID).Message
		if len(rows) == 0 {
			break
		}

		for _, row := range rows {
			texts = append(texts, row.Message)
		}

		cursor = fmt.Sprintf("&endTime=%d", rows[len(rows)-1].CreatedAtTime)
	}

	equal(t, texts, []string{"m4", "m3", "m2", "m1", "m0"})

	w.switches.CursorInclusive = true
	again := list(fmt.Sprintf("%s&endTime=%d", query, all.Message[1].CreatedAtTime), OwnerID).Message
	equal(t, again[0].Message, "m3")
	equal(t, len(list(fmt.Sprintf("groupId=%s&startTime=%d&startIndex=1", id, all.Message[2].CreatedAtTime), OwnerID).Message), 2)

	// Without ids: the last message of each of the actor's conversations.
	w.send(`{"groupId":"` + w.conversation("d") + `","message":"other","fromUserName":"u-1"}`)

	main := list("startIndex=0&mainPageSize=60", "u-1")
	equal(t, []string{main.Message[0].Message, main.Message[1].Message}, []string{"other", "m4"})
	equal(t, len(list("mainPageSize=1", "u-1").Message), 1)

	same(t, w.call("GET /rest/ws/message/list?groupId=1", "").text, goldenGroupNotFound)
	w.call("GET /rest/ws/group/delete?groupId="+id, "")
	same(t, w.call("GET /rest/ws/message/list?groupId="+id, "").text, goldenGroupNotFound)
	equal(t, len(list("groupId="+id+"&deletedGroupIncluded=true", OwnerID).Message), 5)
	w.calm()
}

func TestMessageDetail(t *testing.T) {
	w := start(t)
	id := w.conversation("c")
	one := w.send(`{"groupId":"` + id + `","message":"m","fromUserName":"u-1","contentType":3,"metadata":{"a":"b"}}`)
	two := w.send(`{"groupId":"` + id + `","message":"n","fromUserName":"u-1"}`)
	a := w.call("GET /rest/ws/message/detail?keys="+one.MessageKey+"&keys="+two.MessageKey+"&keys=5-1-1", "")
	rows := decoded[struct{ Message []wireRow }](t, a.Response).Message
	equal(t, len(rows), 2)

	for _, row := range rows {
		if row.Key == one.MessageKey {
			equal(t, []any{row.Message, row.ContentType, row.Metadata["a"]}, []any{"m", 3, "b"})
		}
	}

	same(t, w.call("GET /rest/ws/message/detail?keys=5-1-1", "").text,
		`{"status":"success","generatedAt":1760000000500,"response":{"message":[]}}`)
	w.switches.MessageDetail = false
	equal(t, w.call("GET /rest/ws/message/detail?keys="+one.MessageKey, "").status, 404)
	w.calm()
}

func TestDeleteMessage(t *testing.T) {
	for _, path := range []string{"delete", "v2/delete"} {
		for _, mode := range []string{marked, gone} {
			t.Run(path+" "+mode, func(t *testing.T) {
				w := start(t)
				w.switches.DeletedMessage = mode
				id := w.conversation("c")
				key := w.send(`{"groupId":"` + id + `","message":"m","fromUserName":"u-1"}`).MessageKey
				seen := func(as string) []wireRow {
					a := w.call("GET /rest/ws/message/list?groupId="+id, "", "Of-User-Id", as)
					return decoded[struct{ Message []wireRow }](t, []byte(a.text)).Message
				}
				ok := func(text string) bool { return text == "success" || strings.Contains(text, `"response":"success"`) }
				line := "GET /rest/ws/message/" + path + "?key=" + url.QueryEscape(key)
				equal(t, ok(w.call(line, "").text), true)
				equal(t, len(seen(OwnerID)), 0)
				equal(t, len(seen("u-1")), 1)

				stored, _ := w.Message(key)
				equal(t, stored.Deleted, false)
				equal(t, ok(w.call(line, "").text), false)

				equal(t, ok(w.call(line+"&deleteForAll=true", "", "Of-User-Id", "u-1").text), true)

				rows := seen("u-1")
				if mode == gone {
					equal(t, len(rows), 0)
				} else {
					equal(t, rows[0].Metadata["AL_DELETE_GROUP_MESSAGE_FOR_ALL"], "true")
					equal(t, rows[0].Message, "")
				}

				stored, _ = w.Message(key)
				equal(t, stored.Deleted, true)
				w.calm()
			})
		}
	}

	w := start(t)
	equal(t, w.call("GET /rest/ws/message/delete?key=5-1-1", "").text, "error")
	equal(t, w.call("GET /rest/ws/message/v2/delete?key=5-1-1", "").code(), "SIM-M-NOT-FOUND")
}

func TestUpdateMessageMetadata(t *testing.T) {
	const line = "POST /rest/ws/message/update/metadata"

	w := start(t)
	key := w.send(`{"groupId":"` + w.conversation("c") + `","message":"m","fromUserName":"u-1","metadata":{"a":"1","b":"1"}}`).MessageKey
	same(t, w.call(line, `{"key":"`+key+`","metadata":{"b":"2"}}`).text, goldenSuccess)
	stored, _ := w.Message(key)
	equal(t, stored.Metadata, map[string]string{"a": "1", "b": "2"})
	equal(t, w.call(line, `{"key":"x","metadata":{}}`).code(), "SIM-M-NOT-FOUND")
	w.calm()
}

func TestMessageKeysAreUnique(t *testing.T) {
	w := start(t)
	id := w.conversation("c")

	keys := map[string]bool{}
	for range 50 {
		keys[w.send(`{"groupId":"`+id+`","message":"m","fromUserName":"u-1"}`).MessageKey] = true
	}

	equal(t, len(keys), 50)
}

func TestServicesMessageSendSwitch(t *testing.T) {
	w := start(t)
	body := `{"groupId":"` + w.conversation("c") + `","message":"m","fromUserName":"u-1"}`
	equal(t, w.call("POST /rest/ws/message/send", body).status, 200)
	w.switches.ServicesMessageSend = false
	equal(t, w.call("POST /rest/ws/message/send", body).status, 404)
	equal(t, w.call("POST /chat/rest/ws/message/send", body).status, 200)
	equal(t, w.call(send, body).status, 200)
	w.calm()
}
