package kommunicate

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// host is which of the vendor's hosts serves an endpoint.
type host int

const (
	onBoth host = iota
	onServices
	onChat
)

// standing is whether the Platform API's pages list an endpoint. It decides what a gateway may refuse.
type standing int

const (
	documented standing = iota
	documentedRead
	guessed
	guessedRead
)

// actor is what Of-User-Id means to an endpoint: the user who acts, except on user/update and user/delete, where it is
// the user that changes.
type actor int

const (
	noActor actor = iota
	mayAct
	mustAct
)

// endpoint is one line of the vendor's index.
type endpoint struct {
	pattern  string
	host     host
	standing standing
	actor    actor
	query    string // The parameters it takes, apart from apiKey and ofUserId.
	handle   func(*call) sandbox.Reply
}

// call is a request whose sender is known.
type call struct {
	*sandbox.Request
	// actor is Of-User-Id, or the user of the session token, or the account's owner.
	actor *user
	// named reports whether the request itself names the actor.
	named bool
}

func (p *Platform) endpoints() []endpoint {
	return slices.Concat(p.documentedEndpoints(), p.userEndpoints(), p.groupEndpoints(), p.messageEndpoints())
}

// documentedEndpoints returns the calls that the Platform API's page lists.
func (p *Platform) documentedEndpoints() []endpoint {
	return []endpoint{
		// https://docs.kommunicate.io/docs/api-detail
		{"POST /rest/ws/group/conversation", onBoth, documented, noActor, "", p.createConversation},
		{"POST /rest/ws/user/v2/detail", onBoth, documentedRead, noActor, "fetchLatestMessageTime v", p.userDetail},
		{"PATCH /rest/ws/group/status/change", onBoth, documented, mustAct, "groupId status sendNotifyMessage", p.changeStatus},
		{
			"PATCH /rest/ws/group/assignee/change", onBoth, documented, mustAct,
			"groupId assignee sendNotifyMessage takeOverFromBot switchAssignee", p.changeAssignee,
		},
		{"POST /rest/ws/user/update", onBoth, documented, mustAct, "elasticUpdate allowEmail", p.updateUser},
		// The 2019 edition of the same page.
		{"POST /rest/ws/group/update", onBoth, documented, mustAct, "resetGroupImageUrl", p.updateGroup},

		{"POST /rest/ws/message/v2/send", onBoth, documented, mayAct, "", p.send},
		{"POST /rest/ws/message/send", onBoth, documented, mayAct, "", p.send},
	}
}

// userEndpoints returns the calls about users, of the backend's pages and the SDKs.
func (p *Platform) userEndpoints() []endpoint {
	return []endpoint{
		{"POST /rest/ws/user/v2/create", onBoth, guessed, noActor, "", p.createUser},
		{"POST /rest/ws/register/client", onChat, guessed, noActor, "", p.registerClient},
		{"POST /rest/ws/user/delete", onBoth, guessed, mustAct, "reset", p.deleteUser},
		{"GET /rest/ws/user/block", onBoth, guessed, mustAct, "userId block", p.blockUser},
		{"GET /rest/ws/user/merge", onBoth, guessed, noActor, "userId mergeUserId", p.mergeUsers},
		{"GET /rest/ws/user/unblock", onBoth, guessed, mustAct, "userId", p.blockUser},
		{
			"GET /rest/ws/user/v3/filter", onBoth, guessedRead, mayAct,
			"startIndex pageSize orderBy roleNameList inactiveUser", p.filterUsers,
		},
	}
}

// groupEndpoints returns the calls about groups, of the backend's pages and the SDKs.
func (p *Platform) groupEndpoints() []endpoint {
	return []endpoint{
		{"GET /rest/ws/group/v2/info", onBoth, guessedRead, mayAct, "groupId clientGroupId", p.groupInfo},
		{"GET /rest/ws/group/info", onBoth, guessedRead, mayAct, "groupId clientGroupId", p.groupInfo},
		{"GET /rest/ws/group/details", onBoth, guessedRead, mayAct, "groupIds clientGroupIds", p.groupDetails},
		{
			"GET /rest/ws/group/delete", onBoth, guessed, mustAct,
			"groupId clientGroupId updateClientGroupId resetCount", p.deleteGroup,
		},
		{"POST /rest/ws/group/add/member", onBoth, guessed, mustAct, "", p.addMember},
		{"GET /rest/ws/group/add/member", onBoth, guessed, mustAct, "groupId clientGroupId userId", p.addMember},
		{"POST /rest/ws/group/remove/member", onBoth, guessed, mustAct, "", p.removeMember},
		{"GET /rest/ws/group/remove/member", onBoth, guessed, mustAct, "groupId clientGroupId userId", p.removeMember},
		{"POST /rest/ws/group/add/users", onBoth, guessed, mustAct, "role createNew", p.changeMembers(p.addMany)},
		{"POST /rest/ws/group/remove/users", onBoth, guessed, mustAct, "", p.changeMembers(p.removeMany)},
		{
			"GET /rest/ws/group/support", onBoth, guessedRead, mayAct,
			"pageSize status lastFetchTime conversationCount search deletedGroupIncluded", p.supportGroups,
		},
		{
			"GET /rest/ws/group/support/assigned", onBoth, guessedRead, mayAct,
			"userId pageSize status lastFetchTime conversationCount search deletedGroupIncluded", p.supportGroups,
		},
		{"GET /rest/ws/group/filter", onBoth, guessedRead, mayAct, "pageSize endTime", p.filterGroups},
		{"GET /rest/ws/team/list", onBoth, guessedRead, mayAct, "", p.listTeams},
	}
}

// messageEndpoints returns the calls about messages and files, of the backend's pages and the SDKs.
func (p *Platform) messageEndpoints() []endpoint {
	return []endpoint{
		{
			"GET /rest/ws/message/list", onBoth, guessedRead, mayAct,
			"groupId userId startIndex pageSize mainPageSize startTime endTime skipRead deletedGroupIncluded", p.listMessages,
		},
		{"GET /rest/ws/message/detail", onBoth, guessedRead, mayAct, "keys", p.messageDetail},
		{"GET /rest/ws/message/delete", onBoth, guessed, mustAct, "key deleteForAll", p.deleteMessage},
		{"GET /rest/ws/message/v2/delete", onBoth, guessed, mustAct, "key deleteForAll", p.deleteMessageV2},
		{"POST /rest/ws/message/update/metadata", onBoth, guessed, mayAct, "", p.updateMessageMetadata},
		{"GET /rest/ws/message/read/conversation", onBoth, guessed, mustAct, "groupId", p.readConversation},
		{"POST /rest/ws/upload/image", onBoth, guessed, mayAct, "aclsPrivate", p.uploadImage},
		{"POST /rest/ws/upload/file", onBoth, guessed, mayAct, "aclsPrivate", p.uploadFile},
		{"GET /rest/ws/file/url", onBoth, guessedRead, mayAct, "key", p.fileURL},
		{"GET /rest/ws/aws/file/{key}", onChat, guessedRead, mayAct, "signature", p.download},
	}
}

// Routes returns the endpoints on both hosts.
func (p *Platform) Routes() []sandbox.Route {
	var routes []sandbox.Route

	for _, e := range p.endpoints() {
		read := e.standing == documentedRead || e.standing == guessedRead

		verb, path, _ := strings.Cut(e.pattern, " ")
		if e.host != onChat {
			routes = append(routes, sandbox.Route{Pattern: e.pattern, Handle: p.serve(e, onServices), Read: read})
		}

		if e.host != onServices {
			routes = append(routes, sandbox.Route{Pattern: verb + " " + chatPrefix + path, Handle: p.serve(e, onChat), Read: read})
		}
	}

	return routes
}

// serve checks what every endpoint needs and hands the rest to its handler.
func (p *Platform) serve(e endpoint, at host) sandbox.Handler {
	takes := append(strings.Fields(e.query), "apiKey", "ofUserId")

	return func(req *sandbox.Request) sandbox.Reply {
		refused := p.refuseWithheld(e, at)
		if refused != nil {
			return *refused
		}

		for name := range req.URL.Query() {
			if !slices.Contains(takes, name) {
				req.Complain("%s takes no query parameter %q", e.pattern, name)
			}
		}

		if req.Method == http.MethodPatch {
			// The pages ask for the header although these calls have no body.
			if !strings.HasPrefix(req.Header.Get("Content-Type"), "application/json") {
				req.Complain("a PATCH needs Content-Type: application/json")
			}

			if len(req.Raw) > 0 {
				req.Complain("%s takes no body", e.pattern)
			}
		}

		served := &call{Request: req}

		refused = p.identify(served, e.actor)
		if refused != nil {
			return *refused
		}

		return e.handle(served)
	}
}

// refuseWithheld refuses an endpoint that the host does not serve, as the switches have it.
func (p *Platform) refuseWithheld(e endpoint, at host) *sandbox.Reply {
	refused := func(reply sandbox.Reply) *sandbox.Reply { return &reply }
	method, path, _ := strings.Cut(e.pattern, " ")

	switch {
	case path == "/rest/ws/group/details" && !p.switches.GroupDetails,
		path == "/rest/ws/message/detail" && !p.switches.MessageDetail,
		path == "/rest/ws/user/v2/create" && !p.switches.UserCreate,
		path == "/rest/ws/message/send" && at == onServices && !p.switches.ServicesMessageSend,
		strings.HasPrefix(path, "/rest/ws/upload/") && at == onServices && !p.switches.ServicesUpload:
		return refused(noRoute())
	case strings.HasSuffix(path, "/member") && p.switches.MemberCalls != both && !strings.EqualFold(method, p.switches.MemberCalls):
		return refused(p.fail(methodNotAllowed))
	case at == onChat:
		return nil
	case e.standing == guessedRead && p.switches.UndocumentedReads != http.StatusOK:
		return refused(p.refuseUndocumented(p.switches.UndocumentedReads))
	case e.standing == guessed && p.switches.UndocumentedWrites != http.StatusOK:
		return refused(p.refuseUndocumented(p.switches.UndocumentedWrites))
	}

	return nil
}

// refuseUndocumented refuses a call that no page of the Platform API lists, as the gateway or in the backend's envelope.
func (p *Platform) refuseUndocumented(status int) sandbox.Reply {
	for _, f := range []failure{otherCredentials, methodNotAllowed, unauthorized} {
		if f.ErrorCode == p.switches.UndocumentedRefusal {
			return p.fail(f)
		}
	}

	switch status {
	case http.StatusUnauthorized:
		return gateway(status, "Unauthorized")
	case http.StatusForbidden:
		return gateway(status, "You cannot consume this service")
	}

	return noRoute()
}

// identify finds out who acts.
func (p *Platform) identify(c *call, rule actor) *sandbox.Reply {
	owner, _ := p.users.Get(OwnerID)

	c.actor = owner
	if user, ok := p.sessionUser(c.Request); ok {
		c.actor, c.named = user, true
	}

	if rule == noActor {
		return nil
	}

	id := c.Header.Get("Of-User-Id")
	if id == "" {
		id = c.URL.Query().Get("ofUserId") // The older spelling.
	}

	switch {
	case id == "" && rule == mustAct && !c.named:
		if p.switches.MissingOfUser == refuse {
			reply := p.badRequest(c.Request, "Of-User-Id is missing")
			return &reply
		}

		c.Complain("Of-User-Id is missing")
	case id != "":
		acting, ok := p.findExisting(id)
		ok = ok && !p.switches.OfUserIDDecoded

		if plain, err := url.QueryUnescape(id); !ok && err == nil {
			acting, ok = p.findExisting(plain) // SDKs percent-encode the header.
		}

		if ok {
			c.actor, c.named = acting, true
		} else if p.switches.UnknownOfUser == refuse {
			reply := p.fail(userNotFound)
			return &reply
		}
	}

	return nil
}

// Admit checks the credentials, as https://docs.kommunicate.io/docs/api-authentication describes them: on the gateway an
// Api-Key as header or query parameter. The chat host takes a session token with the application's id; of the names that
// header has, SDKs write Application-Key and the attachment page application-id.
func (p *Platform) Admit(req *sandbox.Request) *sandbox.Reply {
	key := req.Header.Get("Api-Key")
	if key == "" {
		key = req.URL.Query().Get("apiKey")
	}

	if !strings.HasPrefix(req.URL.Path, chatPrefix+"/") {
		return p.admitKey(req, key)
	}

	if req.URL.Path == chatPrefix+"/rest/ws/register/client" || p.isSigned(req) {
		return nil // The application's id is in the body; the signature is in the address.
	}

	if key != "" && p.switches.ChatTakesAPIKey {
		return p.admitKey(req, key)
	}

	if _, ok := p.sessionUser(req); ok {
		return nil
	}

	if key == "" && req.Header.Get("X-Authorization") == "" {
		req.Complain("neither a session token nor an Api-Key")
	}

	reply := p.refuseOnChat(req)

	return &reply
}

// refuseOnChat refuses credentials that the chat host does not take.
func (p *Platform) refuseOnChat(req *sandbox.Request) sandbox.Reply {
	switch {
	case p.switches.BrokenCredentialsText && req.Header.Get("X-Authorization") != "" && applicationID(req) == "":
		return sandbox.Text(http.StatusOK, "application id is empty or AppInfo not persent") // Spelled so.
	case p.switches.ChatRefusalEnvelope:
		return p.fail(otherCredentials)
	}

	return sandbox.Text(http.StatusUnauthorized, "UnAuthorized Access")
}

func (p *Platform) admitKey(req *sandbox.Request, key string) *sandbox.Reply {
	if key == APIKey {
		return nil
	}

	reply := gateway(http.StatusUnauthorized, "Invalid authentication credentials")

	if key == "" {
		req.Complain("Api-Key is missing")

		reply = gateway(http.StatusUnauthorized, "No API key found in request")
	}

	if p.switches.PlainTextUnauthorized {
		reply = sandbox.Text(http.StatusUnauthorized, "UnAuthorized Access")
	}

	return &reply
}

// sessionUser finds the user of a token that register/client gave out.
func (p *Platform) sessionUser(req *sandbox.Request) (*user, bool) {
	id, ok := p.tokens[req.Header.Get("X-Authorization")]
	if !ok {
		return nil, false
	}

	if applicationID(req) != ApplicationID {
		return nil, false
	}

	return p.users.Get(id)
}

// applicationID returns the application's id of the headers, under any of the names that it has.
func applicationID(req *sandbox.Request) string {
	return cmp.Or(req.Header.Get("Application-Key"), req.Header.Get("Application-Id"), req.Header.Get("Apz-AppId"))
}
