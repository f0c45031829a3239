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

func (f *fixture) send(body string) sent {
	f.t.Helper()
	a := f.call(send, body)

	out := decoded[sent](f.t, []byte(a.text))
	if a.status != 200 || out.MessageKey == "" {
		f.t.Fatal(a.text)
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

func TestDocumentedMessagesAreStored(t *testing.T) {
	f := start(t)
	f.addUser("userId of sender", roleUser)
	id := f.conversation("c")
	// The bodies of https://docs.kommunicate.io/docs/api-detail, "Send Message" (2026-11), with the id of a group.
	plain := f.call(send, `{"groupId":"`+id+`","clientGroupId":"c","message":"Hi John","fromUserName":"userId of sender"}`, "Of-User-Id", "")
	if !regexp.MustCompile(`^\{"messageKey":"5-` + id + `-\d{16}","createdAt":1760000000000\}$`).MatchString(plain.text) {
		t.Error(plain.text)
	}

	rich := f.send(`{"groupId":` + id + `,"message":"Do you want more updates?","fromUserName":"userId of sender","metadata":{
		"contentType":"300","templateId":"6","skipBot":true,
		"payload":"[{\"title\":\"Yes\",\"message\":\"Cool! send me more.\"},{\"title\":\"No \",\"message\":\"Don't send it to me again\"}]"}}`)
	// "Send Attachments", on its own host.
	file := f.call("POST /chat/rest/ws/message/send", `{"type":5,"contentType":1,"message":"This is an image description",
		"groupId":"`+id+`","metadata":{"skipBot":true},"key":"m4jgfy","fileMeta":{"blobKey":"2953a1e4","name":"ABX.png",
		"url":"Image_URL","size":182025,"contentType":"image/png","thumbnailUrl":"Image_URL","createdAtTime":1735049558019},"source":1}`)
	f.calm()

	stored := f.Messages(id)
	equal(t, len(stored), 3)
	equal(t, stored[0].From, "userId of sender")
	equal(t, stored[1].Key, rich.MessageKey)
	equal(t, stored[1].Metadata["skipBot"], "true")
	equal(t, stored[1].ContentType, 0)
	equal(t, stored[2].Key, decoded[sent](t, []byte(file.text)).MessageKey)
	equal(t, stored[2].FileURL, "Image_URL")
	equal(t, stored[2].From, OwnerID)

	got, _ := f.Message(rich.MessageKey)
	equal(t, got, stored[1])
}

func TestSendToAnUnknownGroupFails(t *testing.T) {
	f := start(t)
	id := f.conversation("gone")
	f.call("GET /rest/ws/group/delete?groupId="+id, "")

	for _, target := range []string{`"groupId":"9"`, `"groupId":"x"`, `"clientGroupId":"none"`, `"groupId":"` + id + `"`} {
		body := `{` + target + `,"message":"m","fromUserName":"u-1"}`
		f.switches.UnknownGroupOnSend = asEnvelope
		same(t, f.call(send, body).text, goldenGroupNotFound)
		f.switches.UnknownGroupOnSend = asText
		equal(t, f.call(send, body).text, "error")
	}

	f.calm()
}

func TestSendByAnUnknownSenderFollowsTheSwitch(t *testing.T) {
	f := start(t)
	body := `{"groupId":"` + f.conversation("c") + `","message":"m","fromUserName":"new"}`
	same(t, f.call(send, body).text, goldenUserNotFound)
	f.switches.UnknownSender = makeUser
	f.send(body)
	equal(t, f.mustUser("new").RoleType, 3)
	f.calm()
}

func TestMessageToAClosedConversationFollowsTheSwitch(t *testing.T) {
	for mode, want := range map[string]string{reopen: "0", stay: "2", refuse: "2"} {
		f := start(t)
		f.switches.ClosedOnMessage = mode
		id := f.conversation("c")
		f.find(id).metadata[keyStatus] = statusResolved
		f.send(`{"groupId":"` + id + `","message":"m","fromUserName":"` + AgentOneID + `"}`)
		equal(t, f.find(id).metadata[keyStatus], "2")
		a := f.call(send, `{"groupId":"`+id+`","message":"m","fromUserName":"u-1"}`)
		equal(t, a.text == "CONVERSATION_CLOSED", mode == refuse)
		equal(t, f.find(id).metadata[keyStatus], want)
	}
}

func TestUnreadCountsFollowMessages(t *testing.T) {
	f := start(t)

	id, other := f.conversation("c"), f.conversation("d")
	for _, to := range []string{id, id, other} {
		f.send(`{"groupId":"` + to + `","message":"m","fromUserName":"` + AgentOneID + `"}`)
	}

	unread := func(user string) (total, here int) {
		u, _ := f.detail(user)
		info := decoded[created](t, f.call("GET /rest/ws/group/info?groupId="+id, "", "Of-User-Id", user).Response)

		return u.UnreadCount, info.UnreadCount
	}
	total, here := unread("u-1")
	equal(t, []int{total, here}, []int{3, 2})
	total, here = unread(AgentOneID)
	equal(t, []int{total, here}, []int{0, 0})
	equal(t, f.call("GET /rest/ws/message/read/conversation?groupId="+id, "", "Of-User-Id", "u-1").text, "success")

	total, here = unread("u-1")
	equal(t, []int{total, here}, []int{1, 0})
	equal(t, f.call("GET /rest/ws/message/read/conversation?groupId=1", "").text, "error")
	f.calm()
}

func TestMessageListPagesFromTheNewest(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	f.assign(f.find(id), AgentOneID)

	for i := range 5 {
		f.send(fmt.Sprintf(`{"groupId":"%s","message":"m%d","fromUserName":"u-1"}`, id, i))
	}

	type page struct {
		Message          []wireRow
		GroupFeeds       []created
		UserDetails      []detailed
		ConversationPxys []any
	}

	list := func(query, as string) page {
		t.Helper()
		return decoded[page](t, []byte(f.call("GET /rest/ws/message/list?"+query, "", "Of-User-Id", as).text))
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

	f.switches.CursorInclusive = true
	again := list(fmt.Sprintf("%s&endTime=%d", query, all.Message[1].CreatedAtTime), OwnerID).Message
	equal(t, again[0].Message, "m3")
	equal(t, len(list(fmt.Sprintf("groupId=%s&startTime=%d&startIndex=1", id, all.Message[2].CreatedAtTime), OwnerID).Message), 2)

	// Without ids: the last message of each of the actor's conversations.
	f.send(`{"groupId":"` + f.conversation("d") + `","message":"other","fromUserName":"u-1"}`)

	main := list("startIndex=0&mainPageSize=60", "u-1")
	equal(t, []string{main.Message[0].Message, main.Message[1].Message}, []string{"other", "m4"})
	equal(t, len(list("mainPageSize=1", "u-1").Message), 1)

	same(t, f.call("GET /rest/ws/message/list?groupId=1", "").text, goldenGroupNotFound)
	f.call("GET /rest/ws/group/delete?groupId="+id, "")
	same(t, f.call("GET /rest/ws/message/list?groupId="+id, "").text, goldenGroupNotFound)
	equal(t, len(list("groupId="+id+"&deletedGroupIncluded=true", OwnerID).Message), 5)
	f.calm()
}

func TestMessageDetailFindsByKey(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	one := f.send(`{"groupId":"` + id + `","message":"m","fromUserName":"u-1","contentType":3,"metadata":{"a":"b"}}`)
	two := f.send(`{"groupId":"` + id + `","message":"n","fromUserName":"u-1"}`)
	a := f.call("GET /rest/ws/message/detail?keys="+one.MessageKey+"&keys="+two.MessageKey+"&keys=5-1-1", "")
	rows := decoded[struct{ Message []wireRow }](t, a.Response).Message
	equal(t, len(rows), 2)

	for _, row := range rows {
		if row.Key == one.MessageKey {
			equal(t, []any{row.Message, row.ContentType, row.Metadata["a"]}, []any{"m", 3, "b"})
		}
	}

	same(t, f.call("GET /rest/ws/message/detail?keys=5-1-1", "").text,
		`{"status":"success","generatedAt":1760000000500,"response":{"message":[]}}`)
	f.switches.MessageDetail = false
	equal(t, f.call("GET /rest/ws/message/detail?keys="+one.MessageKey, "").status, 404)
	f.calm()
}

func TestDeleteMessageForOneOrForAll(t *testing.T) {
	for _, path := range []string{"delete", "v2/delete"} {
		for _, mode := range []string{marked, gone} {
			t.Run(path+" "+mode, func(t *testing.T) {
				f := start(t)
				f.switches.DeletedMessage = mode
				id := f.conversation("c")
				key := f.send(`{"groupId":"` + id + `","message":"m","fromUserName":"u-1"}`).MessageKey
				seen := func(as string) []wireRow {
					a := f.call("GET /rest/ws/message/list?groupId="+id, "", "Of-User-Id", as)
					return decoded[struct{ Message []wireRow }](t, []byte(a.text)).Message
				}
				ok := func(text string) bool { return text == "success" || strings.Contains(text, `"response":"success"`) }
				line := "GET /rest/ws/message/" + path + "?key=" + url.QueryEscape(key)
				equal(t, ok(f.call(line, "").text), true)
				equal(t, len(seen(OwnerID)), 0)
				equal(t, len(seen("u-1")), 1)

				stored, _ := f.Message(key)
				equal(t, stored.Deleted, false)
				equal(t, ok(f.call(line, "").text), false)

				equal(t, ok(f.call(line+"&deleteForAll=true", "", "Of-User-Id", "u-1").text), true)

				rows := seen("u-1")
				if mode == gone {
					equal(t, len(rows), 0)
				} else {
					equal(t, rows[0].Metadata["AL_DELETE_GROUP_MESSAGE_FOR_ALL"], "true")
					equal(t, rows[0].Message, "")
				}

				stored, _ = f.Message(key)
				equal(t, stored.Deleted, true)
				f.calm()
			})
		}
	}

	f := start(t)
	equal(t, f.call("GET /rest/ws/message/delete?key=5-1-1", "").text, "error")
	equal(t, f.call("GET /rest/ws/message/v2/delete?key=5-1-1", "").code(), "SIM-M-NOT-FOUND")
}

func TestUpdateMessageMetadataMerges(t *testing.T) {
	const line = "POST /rest/ws/message/update/metadata"

	f := start(t)
	key := f.send(`{"groupId":"` + f.conversation("c") + `","message":"m","fromUserName":"u-1","metadata":{"a":"1","b":"1"}}`).MessageKey
	same(t, f.call(line, `{"key":"`+key+`","metadata":{"b":"2"}}`).text, goldenSuccess)
	stored, _ := f.Message(key)
	equal(t, stored.Metadata, map[string]string{"a": "1", "b": "2"})
	equal(t, f.call(line, `{"key":"x","metadata":{}}`).code(), "SIM-M-NOT-FOUND")
	f.calm()
}

func TestMessageKeysAreUnique(t *testing.T) {
	f := start(t)
	id := f.conversation("c")

	keys := map[string]bool{}
	for range 50 {
		keys[f.send(`{"groupId":"`+id+`","message":"m","fromUserName":"u-1"}`).MessageKey] = true
	}

	equal(t, len(keys), 50)
}

func TestServicesMessageSendFollowsTheSwitch(t *testing.T) {
	f := start(t)
	body := `{"groupId":"` + f.conversation("c") + `","message":"m","fromUserName":"u-1"}`
	equal(t, f.call("POST /rest/ws/message/send", body).status, 200)
	f.switches.ServicesMessageSend = false
	equal(t, f.call("POST /rest/ws/message/send", body).status, 404)
	equal(t, f.call("POST /chat/rest/ws/message/send", body).status, 200)
	equal(t, f.call(send, body).status, 200)
	f.calm()
}
