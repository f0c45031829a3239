package api_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

func TestConversationIsReadLeniently(t *testing.T) {
	c := client(t, exchange{request: "GET https://s.example/rest/ws/group/v2/info?groupId=131", answer: group})

	found, err := c.Conversation(t.Context(), "131")
	if err != nil {
		t.Fatal(err)
	}

	if found.ID != "131" || found.Metadata["CONVERSATION_STATUS"] != "0" || found.Metadata["x"] != "true" || found.Object(api.KeyInfo)["total"] != "12" ||
		!reflect.DeepEqual(found.Members(), []string{"a", "b", "c"}) || !found.IsWhole() {
		t.Errorf("%+v", found)
	}
}

func TestDeletedConversationIsNotFound(t *testing.T) {
	c := client(t, exchange{request: "GET https://s.example/rest/ws/group/v2/info?groupId=131", answer: envelope(`{"id":131,"deletedAtTime":5}`)})
	if _, err := c.Conversation(t.Context(), "131"); !transport.IsNotFound(err) {
		t.Errorf("%v", err)
	}
}

// TestUsersOfOtherSpelling: the platform may have lower-cased an agent's id, deleted users are gone, and order is no matter.
func TestUsers(t *testing.T) {
	c := client(t, exchange{
		request: "POST https://s.example/rest/ws/user/v2/detail?fetchLatestMessageTime=true", body: `{"userIdList":["Ana@x","gone","b"]}`,
		answer: `[{"userId":"b","connectedLastSeenTime":1.5},{"userId":"gone","deletedAtTime":7},{"userId":"ana@x","lastSeenAtTime":12.5}]`,
	})

	found, err := c.Users(t.Context(), []string{"Ana@x", "gone", "b"})
	if err != nil || len(found) != 2 || found["Ana@x"].UserID != "ana@x" || found["b"].UserID != "b" {
		t.Errorf("%+v %v", found, err)
	}
}

func TestUsersInBatchesOfSixty(t *testing.T) {
	var ids, first, second []string
	for i := range 70 {
		ids = append(ids, fmt.Sprint(i))
	}

	first, second = ids[:60], ids[60:]
	body := func(ids []string) string {
		raw, err := json.Marshal(map[string]any{"userIdList": ids})
		if err != nil {
			t.Fatal(err)
		}

		return string(raw)
	}

	const request = "POST https://s.example/rest/ws/user/v2/detail?fetchLatestMessageTime=true"

	c := client(t, exchange{request: request, body: body(first), answer: `[]`}, exchange{request: request, body: body(second), answer: envelope(`[]`)})
	if found, err := c.Users(t.Context(), ids); err != nil || len(found) != 0 {
		t.Errorf("%v %v", found, err)
	}
}

func TestRegisterWhereCreatingIsRefused(t *testing.T) {
	create := exchange{request: "POST https://s.example/rest/ws/user/v2/create", body: `{"userId":"a","roleName":"USER"}`, status: 403, answer: `{"message":"no"}`}

	register := exchange{
		request: "POST https://c.example/rest/ws/register/client", body: `{"userId":"a","applicationId":"app","deviceType":1,"platform":5}`, answer: `{"message":"UPDATED","authToken":"x"}`,
	}
	if err := client(t, create, register).CreateUser(t.Context(), api.UserRequest{UserID: "a"}); err != nil {
		t.Error(err)
	}

	for _, message := range []string{"INVALID_PARAMETER", "INVALID_APPLICATIONID", "PASSWORD_INVALID", "PASSWORD_REQUIRED"} {
		register.answer = fmt.Sprintf(`{"message":%q}`, message)
		if err := client(t, create, register).CreateUser(t.Context(), api.UserRequest{UserID: "a"}); err == nil || transport.As(err).Code != message {
			t.Errorf("%s: %v", message, err)
		}
	}
}

// TestAttachmentGoesWhereItIsTaken: the gateway, the chat host, and the chat host with a session.
func TestAttachmentGoesWhereItIsTaken(t *testing.T) {
	refused := func(request string) exchange {
		return exchange{request: request, status: 404, answer: `{"message":"no"}`}
	}

	const upload, answer = "/rest/ws/upload/image?aclsPrivate=true", `{"blobKey":"b","url":"https://x.example"}`
	for n, exchanges := range map[int][]exchange{
		1: {{request: "POST https://c.example" + upload, answer: answer}},
		2: {refused("POST https://c.example" + upload), {request: "POST https://s.example" + upload, answer: answer}},
		4: {
			refused("POST https://c.example" + upload), refused("POST https://s.example" + upload),
			{request: "POST https://c.example/rest/ws/register/client", body: `{"userId":"a","applicationId":"app","deviceType":1,"platform":5}`, answer: `{"message":"UPDATED","authToken":"x"}`},
			{request: "POST https://c.example" + upload, answer: answer},
		},
	} {
		if file, err := client(t, exchanges...).Upload(t.Context(), "a", "f.txt", "text/plain", []byte("x")); err != nil || file.BlobKey != "b" {
			t.Errorf("%d: %+v %v", n, file, err)
		}
	}
}

func TestUpdatedFlagOfAUsedClientGroupID(t *testing.T) {
	c := client(t, exchange{
		request: "POST https://s.example/rest/ws/group/conversation", body: `{"groupName":"n","groupMemberList":["a"]}`,
		answer: `{"status":"success","updated":true,"response":` + group + `}`,
	})

	found, existed, err := c.CreateConversation(t.Context(), api.ConversationRequest{GroupName: "n", GroupMemberList: []string{"a"}})
	if err != nil || !existed || found.ID != "131" {
		t.Errorf("%+v %v %v", found, existed, err)
	}
}

// TestListsEnd: a cursor that repeats a row, or does not move, ends the list.
func TestListsEnd(t *testing.T) {
	const request = "GET https://s.example/rest/ws/group/support?"

	c := client(t,
		exchange{request: request + "pageSize=60", ofUser: "owner", answer: envelope(`{"groupFeeds":[{"id":2},{"id":1,"deletedAtTime":3}],"lastFetchTime":50}`)},
		exchange{request: request + "lastFetchTime=50&pageSize=60", ofUser: "owner", answer: envelope(`{"groupFeeds":[{"id":1},{"id":"0"}],"lastFetchTime":40}`)},
		exchange{request: request + "lastFetchTime=40&pageSize=60", ofUser: "owner", answer: envelope(`{"groupFeeds":[{"id":0}],"lastFetchTime":40}`)},
	)
	if found, err := api.Collect(c.Conversations(t.Context(), api.ConversationFilter{}), 100); err != nil || len(found) != 2 {
		t.Errorf("%+v %v", found, err)
	}
}

func FuzzGroupOfMessage(f *testing.F) {
	for _, seed := range []string{"5-226299-1490015022917", "", "5--", "5-x-1", "4-1-1", "5-1-1-1", "5-1-99999999999999999999"} {
		f.Add(seed)
	}

	f.Fuzz(func(t *testing.T, key string) {
		id := api.GroupOfMessage(key)
		if id != "" && !strings.HasPrefix(key, "5-"+id+"-") && !strings.HasPrefix(key, "4-"+id+"-") {
			t.Errorf("%q names %q", key, id)
		}
	})
}

// TestPartOfAConversation: an answer without members would look as if they had been removed. One without metadata can
// be used, and says so.
func TestPartOfAConversation(t *testing.T) {
	const request = "GET https://s.example/rest/ws/group/v2/info?groupId=131"

	c := client(t, exchange{request: request, answer: envelope(`{"id":131,"name":"n"}`)})
	if found, err := c.Conversation(t.Context(), "131"); err == nil || transport.IsNotFound(err) {
		t.Errorf("%+v %v", found, err)
	}

	c = client(t, exchange{request: request, answer: envelope(`{"id":131,"name":"n","membersId":["a"],"createdAtTime":1}`)})
	if found, err := c.Conversation(t.Context(), "131"); err != nil || found.HasMetadata() || found.IsWhole() {
		t.Errorf("%+v %v", found, err)
	}
}

// refusals are the recorded and likely answers to a path that the platform does not serve to a key.
func refusals() map[string]exchange {
	return map[string]exchange{
		"gateway 401":        {status: 401, answer: `{"message":"no"}`},
		"gateway 403":        {status: 403, answer: `{"message":"no"}`},
		"gateway 404":        {status: 404, answer: `{"message":"no"}`},
		"page 405":           {status: 405, answer: "<html>Method Not Allowed</html>"},
		"wrong method":       {answer: failure("AL-MA-01", "method not allowed")},
		"wrong method 400":   {status: 400, answer: failure("AL-MA-01", "method not allowed")},
		"wrong method 404":   {status: 404, answer: failure("AL-MA-01", "method not allowed")},
		"wrong method 405":   {status: 405, answer: failure("AL-MA-01", "method not allowed")},
		"other credentials":  {answer: failure("AL-GE-01", "Application key or UserId as request body or device key as header not passed")},
		"other with a 401":   {status: 401, answer: failure("AL-GE-01", "Application key not passed")},
		"unauthorized":       {answer: failure("AL-UN-01", "unauthorized user")},
		"no application":     {answer: "application id is empty or AppInfo not persent"},
		"unauthorized words": {answer: "UnAuthorized Access"},
	}
}

// TestRefusedPath tells a key that is not good from a path that is not served to it, with one documented call.
func TestRefusedPath(t *testing.T) {
	for name, refused := range refusals() {
		info := refused
		info.request = "GET https://s.example/rest/ws/group/v2/info?groupId=1"
		probe := exchange{request: "POST https://s.example/rest/ws/user/v2/detail", body: `{"userIdList":["owner"]}`, answer: `[]`}

		c := client(t, info, probe, info)
		for range 2 { // The key is tried only once.
			if _, err := c.Conversation(t.Context(), "1"); !api.IsUnreadable(err) || transport.IsNotFound(err) {
				t.Errorf("%s: %v", name, err)
			}
		}

		probe.status, probe.answer = refused.status, refused.answer

		c = client(t, info, probe)
		if _, err := c.Conversation(t.Context(), "1"); api.IsUnreadable(err) || transport.IsNotFound(err) || err == nil {
			t.Errorf("%s with a bad key: %v", name, err)
		}
	}
}

// TestRefusedCreate registers the user where creating is refused, in whatever form.
func TestRefusedCreate(t *testing.T) {
	for name, create := range refusals() {
		create.request, create.body = "POST https://s.example/rest/ws/user/v2/create", `{"userId":"a","roleName":"USER"}`

		register := exchange{
			request: "POST https://c.example/rest/ws/register/client", body: `{"userId":"a","applicationId":"app","deviceType":1,"platform":5}`, answer: `{"message":"UPDATED"}`,
		}
		if err := client(t, create, register).CreateUser(t.Context(), api.UserRequest{UserID: "a"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRefusedUpload tries every host, and a session at last, in whatever form a host refuses.
func TestRefusedUpload(t *testing.T) {
	const upload, answer = "/rest/ws/upload/image?aclsPrivate=true", `{"blobKey":"b","url":"https://x.example"}`

	for name, refused := range refusals() {
		chat, gateway := refused, refused
		chat.request, gateway.request = "POST https://c.example"+upload, "POST https://s.example"+upload

		c := client(t, chat, gateway,
			exchange{
				request: "POST https://c.example/rest/ws/register/client", body: `{"userId":"a","applicationId":"app","deviceType":1,"platform":5}`,
				answer: `{"message":"UPDATED","authToken":"x"}`,
			},
			exchange{request: "POST https://c.example" + upload, answer: answer})
		if file, err := c.Upload(t.Context(), "a", "f.txt", "text/plain", []byte("x")); err != nil || file.BlobKey != "b" {
			t.Errorf("%s: %+v %v", name, file, err)
		}
	}
}

// TestNotTheAdmin: the same code means something else where only an admin may call.
func TestNotTheAdmin(t *testing.T) {
	c := client(t, exchange{
		request: "GET https://s.example/rest/ws/group/delete?groupId=1&resetCount=true&updateClientGroupId=true", ofUser: "a", answer: failure("AL-UN-01", "unauthorized user"),
	})
	if err := c.DeleteConversation(t.Context(), "a", "1"); !api.IsNotAdmin(err) || api.IsUnreadable(err) {
		t.Errorf("%v", err)
	}
}

// TestMemberByGet adds a member with the form of the mobile SDKs where only that one is served.
func TestMemberByGet(t *testing.T) {
	c := client(t,
		exchange{
			request: "POST https://s.example/rest/ws/group/add/member", ofUser: "owner", body: `{"userId":"a","groupId":"1","role":3}`,
			answer: failure("AL-MA-01", "method not allowed"),
		},
		exchange{request: "GET https://s.example/rest/ws/group/add/member?groupId=1&role=3&userId=a", ofUser: "owner", answer: success})
	if err := c.AddMember(t.Context(), "owner", api.Membership{UserID: "a", GroupID: "1", Role: 3}); err != nil {
		t.Error(err)
	}
}

// TestUserAnswersAreKeptApart: a row that cannot be read, and the recorded form of a user, spoil nothing.
func TestUserAnswersAreKeptApart(t *testing.T) {
	const request = "POST https://s.example/rest/ws/user/v2/detail"

	recorded := `{"userId":"a","userName":"Ana ","connected":false,"status":0,"lastSeenAtTime":1,"createdAtTime":2,"unreadCount":0,"displayName":"Ana ",
		"deactivated":true,"connectedClientCount":0,"active":true,"lastLoggedInAtTime":3,"roleKey":"b-c","metadata":{},"roleType":3}`

	c := client(t, exchange{request: request, body: `{"userIdList":["a"]}`, answer: envelope("[" + recorded + `,{"userId":"odd","createdAtTime":"yesterday"}]`)})
	if found, err := c.User(t.Context(), "a"); err != nil || !bool(found.Deactivated) || found.Name() != "Ana " || found.Email != "" {
		t.Errorf("%+v %v", found, err)
	}

	c = client(t, exchange{request: request, body: `{"userIdList":["odd"]}`, answer: envelope(`[{"userId":"odd","createdAtTime":"yesterday"}]`)})
	if _, err := c.User(t.Context(), "odd"); err == nil || transport.IsNotFound(err) {
		t.Errorf("%v", err)
	}
}

// oddBatch answers for several conversations with a row that cannot be read, and for one with the conversation.
type oddBatch struct{}

func (oddBatch) RoundTrip(r *http.Request) (*http.Response, error) {
	time.Sleep(100 * time.Millisecond)

	answer := `[{"id":{"name":"private"}}]`
	if strings.HasSuffix(r.URL.Path, "/info") {
		answer = `{"id":131,"clientGroupId":"` + r.URL.Query().Get("clientGroupId") + `","membersId":["a"],"createdAtTime":1,"metadata":{}}`
	}

	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(envelope(answer))), Request: r}, nil
}

// TestOddRowOfABatch reads a conversation singly if a row that cannot be read may be it.
func TestOddRowOfABatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := &url.URL{Scheme: "https", Host: "s.example"}
		c := api.New(api.Settings{BaseURL: base, ChatBaseURL: base, APIKey: "key", Transport: transport.Config{HTTP: oddBatch{}, Timeout: time.Minute}})

		var readers sync.WaitGroup
		for i := range 4 {
			readers.Go(func() {
				found, err := c.LookUpConversation(t.Context(), fmt.Sprint("k", i))
				if err != nil || found.ID != "131" {
					t.Errorf("%+v %v", found, err)
				}
			})
		}

		readers.Wait()
	})
}

// TestPlusInAnID explains that an id may not survive the way through a header.
func TestPlusInAnID(t *testing.T) {
	for id, want := range map[string]bool{"ana+shop@x": true, "ana": false} {
		c := client(t, exchange{
			request: "POST https://s.example/rest/ws/user/update?elasticUpdate=true", ofUser: id, body: `{"displayName":"A"}`, answer: failure("AL-U-01", "user not found"),
		})
		name := "A"

		err := c.UpdateUser(t.Context(), id, api.UserUpdate{DisplayName: &name})

		failure := transport.As(err)
		if failure == nil || strings.Contains(failure.Advice, "Of-User-Id") != want {
			t.Errorf("%s: %v", id, err)
		}
	}
}

const (
	askDetail = "GET https://s.example/rest/ws/message/detail?keys="
	askList   = "GET https://s.example/rest/ws/message/list?"
)

// TestTwoKeys finds a message under either of its two keys.
func TestTwoKeys(t *testing.T) {
	for name, row := range map[string]string{
		"its own key":   `{"key":"5-131-77"}`,
		"the other key": `{"key":"4-131-77"}`,
		"paired":        `{"key":"x","pairedMessageKey":"5-131-77"}`,
	} {
		c := client(t, exchange{request: askDetail + "5-131-77", ofUser: "owner", answer: envelope(`{"message":[{"key":"5-131-78"},` + row + `]}`)})
		if found, err := c.Message(t.Context(), "5-131-77", ""); err != nil || found.Key != "5-131-77" {
			t.Errorf("%s: %+v %v", name, found, err)
		}
	}
}

// TestSearchForAMessage: the number of a key is no time, so the list is read from its newest page on, and a message that is
// not met there is not called gone.
func TestSearchForAMessage(t *testing.T) {
	refused := exchange{request: askDetail + "5-131-1", ofUser: "owner", answer: failure("AL-MA-01", "method not allowed")}
	probe := exchange{request: "POST https://s.example/rest/ws/user/v2/detail", body: `{"userIdList":["owner"]}`, answer: `[]`}
	first := exchange{request: askList + "groupId=131&pageSize=50&startIndex=0", ofUser: "owner", answer: `{"message":[{"key":"5-131-9","createdAtTime":50}]}`}
	second := exchange{
		request: askList + "endTime=50&groupId=131&pageSize=50&startIndex=0", ofUser: "owner", answer: `{"message":[{"key":"5-131-1","createdAtTime":40}]}`,
	}

	c := client(t, refused, first, second)
	if found, err := c.Message(t.Context(), "5-131-1", ""); err != nil || found.CreatedAtTime != 40 {
		t.Errorf("%+v %v", found, err)
	}

	second.answer = `{"message":[]}`

	c = client(t, refused, first, second)
	if _, err := c.Message(t.Context(), "5-131-1", ""); !api.IsUnreadable(err) || transport.IsNotFound(err) {
		t.Errorf("%v", err)
	}

	second.answer = `{"message":[{"key":"5-131-1","createdAtTime":40,"metadata":{"AL_DELETE_GROUP_MESSAGE_FOR_ALL":true}}]}`

	c = client(t, refused, first, second)
	if _, err := c.Message(t.Context(), "5-131-1", ""); !transport.IsNotFound(err) {
		t.Errorf("%v", err)
	}

	other := refused
	other.request = askDetail + "5-null-1"

	c = client(t, other, probe)
	if _, err := c.Message(t.Context(), "5-null-1", ""); !api.IsUnreadable(err) {
		t.Errorf("%v", err)
	}
}

// TestListUsers reads pages until one brings nothing new, and applies the filter to rows that the platform did not leave out.
func TestListUsers(t *testing.T) {
	const request = "GET https://s.example/rest/ws/user/v3/filter?"

	for name, c := range map[string]struct {
		filter api.UserFilter
		query  string
		want   string
	}{
		"everyone who is active": {api.UserFilter{}, "orderBy=1&pageSize=100&startIndex=", "old user bot agent"},
		"users":                  {api.UserFilter{Role: "USER"}, "orderBy=1&pageSize=100&roleNameList=USER&startIndex=", "old user"},
		"agents":                 {api.UserFilter{Role: "APPLICATION_WEB_ADMIN"}, "orderBy=1&pageSize=100&roleNameList=APPLICATION_WEB_ADMIN&startIndex=", "old agent"},
		"bots that are inactive": {api.UserFilter{Role: "BOT", Inactive: true}, "inactiveUser=true&orderBy=1&pageSize=100&roleNameList=BOT&startIndex=", "ended"},
	} {
		t.Run(name, func(t *testing.T) {
			client := client(t,
				exchange{request: request + c.query + "0", ofUser: "owner", answer: envelope(`{"users":[{"userId":"old"},{"userId":"user","roleType":3},{"userId":"bot","roleType":1},
					{"userId":"ended","roleType":1,"deactivated":true},{"userId":"deleted","roleType":3,"deletedAtTime":5}]}`)},
				exchange{request: request + c.query + "100", ofUser: "owner", answer: envelope(`{"users":[{"userId":"user","roleType":3},{"userId":"agent","roleType":8}]}`)},
				exchange{request: request + c.query + "200", ofUser: "owner", answer: envelope(`{"users":[{"userId":"agent","roleType":8}]}`)})

			var ids []string

			for found, err := range client.ListUsers(t.Context(), c.filter) {
				if err != nil {
					t.Fatal(err)
				}

				ids = append(ids, found.UserID)
			}

			if strings.Join(ids, " ") != c.want {
				t.Errorf("listed %v, want %s", ids, c.want)
			}
		})
	}
}

// TestUsersByPhoneNumber keeps the users who have the number, whatever else the platform answers, and however it writes it.
func TestUsersByPhoneNumber(t *testing.T) {
	asked := exchange{request: "POST https://s.example/rest/ws/user/v2/detail?fetchLatestMessageTime=true", body: `{"phoneNumberList":["+14155550123"]}`}

	for name, c := range map[string]struct {
		answer, want string
		isError      bool
	}{
		"one":                    {answer: envelope(`[{"userId":"a","phoneNumber":"+14155550123"}]`), want: "a"},
		"two, bare":              {answer: `[{"userId":"a","phoneNumber":"1 415 5550123"},{"userId":"b","phoneNumber":"14155550123"}]`, want: "a b"},
		"others, and deleted":    {answer: envelope(`[{"userId":"a","phoneNumber":"+14155550124"},{"userId":"b"},{"userId":"c","phoneNumber":"+14155550123","deletedAtTime":5}]`)},
		"none":                   {answer: envelope(`[]`)},
		"null":                   {answer: envelope(`null`)},
		"the code for none":      {answer: failure("AL-U-01", "user not found")},
		"another refusal":        {answer: failure("AL-X-01", "no"), isError: true},
		"one that is unreadable": {answer: envelope(`[{"userId":"a","phoneNumber":"+14155550123"},{"userId":"b","phoneNumber":5}]`), isError: true},
		"one without an id":      {answer: envelope(`[{"userId":"a","phoneNumber":"+14155550123"},{}]`), isError: true},
	} {
		t.Run(name, func(t *testing.T) {
			once := asked
			once.answer = c.answer

			found, err := client(t, once).UsersByPhoneNumber(t.Context(), "+14155550123")

			var ids []string
			for _, u := range found {
				ids = append(ids, u.UserID)
			}

			if strings.Join(ids, " ") != c.want || (err != nil) != c.isError {
				t.Errorf("found %v, want %q: %v", ids, c.want, err)
			}
		})
	}
}

// TestExistenceIsAskedOnce: a thousand messages of one conversation ask once whether it exists, and again after a deletion.
func TestExistenceIsAskedOnce(t *testing.T) {
	info := exchange{request: "GET https://s.example/rest/ws/group/v2/info?groupId=131", answer: group}
	gone := exchange{request: "GET https://s.example/rest/ws/group/delete?groupId=131&resetCount=true&updateClientGroupId=true", ofUser: "a", answer: success}
	missing := exchange{request: info.request, answer: failure("AL-G-01", "group not found")}

	c := client(t, info, gone, missing)
	for range 1000 {
		if err := c.CheckConversation(t.Context(), "131"); err != nil {
			t.Fatal(err)
		}
	}

	if err := c.DeleteConversation(t.Context(), "a", "131"); err != nil {
		t.Fatal(err)
	}

	if err := c.CheckConversation(t.Context(), "131"); !transport.IsNotFound(err) {
		t.Errorf("%v", err)
	}
}

// TestReadAfterWrite: an object that was just made may take a moment to show.
func TestReadAfterWrite(t *testing.T) {
	empty := exchange{request: "POST https://s.example/rest/ws/user/v2/detail", body: `{"userIdList":["a"]}`, answer: `[]`}
	there := exchange{request: empty.request, body: empty.body, answer: `[{"userId":"a"}]`}

	if found, err := client(t, empty, empty, there).UserAfterWrite(t.Context(), "a"); err != nil || found.UserID != "a" {
		t.Errorf("%+v %v", found, err)
	}
}
