package imichat

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// responseCode is one line of the vendor's table of response codes.
type responseCode struct {
	status      int
	code        int
	description string
}

const (
	pageSize = 10
	stamp    = "2006-01-02T15:04:05.000Z"
	invented = "[code invented by the sandbox] "
)

// Codes and words of docs.imi.chat/reference/create-chat, where those of the other pages are only known by meaning.
var (
	chatRetrieved    = responseCode{http.StatusOK, 4304, "The chat details retrieved successfully"}
	userRetrieved    = responseCode{http.StatusOK, 4306, "The user details retrieved successfully"}
	usersRetrieved   = responseCode{http.StatusOK, 4307, "The user list retrieved successfully"}
	chatTransferred  = responseCode{http.StatusAccepted, 4342, "The chat transferred successfully"}
	headerMissing    = responseCode{http.StatusBadRequest, 2002, "Invalid header param - could not find mandatory header parameters"}
	tokenInvalid     = responseCode{http.StatusBadRequest, 2003, "Invalid Access Token"}
	tokenExpired     = responseCode{http.StatusUnauthorized, 2004, "Access Token expired"}
	serverError      = responseCode{http.StatusInternalServerError, 2007, "Internal Server Error"}
	teamUnknown      = responseCode{http.StatusNotFound, 2010, "Could not find details of team based on the teamid passed in the header"}
	chatUnknown      = responseCode{http.StatusNotFound, 2031, "Provided Chat ID does not exist"}
	methodNotAllowed = responseCode{http.StatusMethodNotAllowed, 2099, "Method not allowed"}
	userUnknown      = responseCode{http.StatusNotFound, 3101, "User not found"}
	userUnavailable  = responseCode{http.StatusInternalServerError, 3105, "Unable to get the user details"}
	chatUnavailable  = responseCode{http.StatusInternalServerError, 4108, "Unable to get the chat details"}
)

// Codes that no page names. Successes follow the vendor's pattern of 43xx; errors stand outside of every range it uses.
//
// Unverified: all of them, with their HTTP status.
var (
	authorized      = responseCode{http.StatusOK, 4390, invented + "Authorized"}
	chatsListed     = responseCode{http.StatusOK, 4391, invented + "The chat list retrieved successfully"}
	chatUpdated     = responseCode{http.StatusOK, 4392, invented + "The chat updated successfully"}
	messageAppended = responseCode{http.StatusOK, 4393, invented + "The message appended successfully"}
	teamsListed     = responseCode{http.StatusOK, 4394, invented + "The team list retrieved successfully"}
	userCreated     = responseCode{http.StatusOK, 4395, invented + "The user created successfully"}
	bodyInvalid     = responseCode{http.StatusBadRequest, 9400, invented + "Invalid request"}
	keyInvalid      = responseCode{http.StatusUnauthorized, 9401, invented + "Invalid API key or domain"}
	unknownPath     = responseCode{http.StatusNotFound, 9404, invented + "No such resource"}
	taken           = responseCode{http.StatusConflict, 9409, invented + "Already exists"}
	chatClosed      = responseCode{http.StatusConflict, 9410, invented + "The chat is closed"}
	quotaExceeded   = responseCode{http.StatusTooManyRequests, 9429, invented + "Daily limit of requests exceeded"}
)

type envelope struct {
	StatusCode  any    `json:"status_code"`
	Description string `json:"description"`
	Response    any    `json:"response"`
}

func (p *Platform) answer(v responseCode, response any) sandbox.Reply {
	body := envelope{v.code, v.description, response}
	if p.switches.StatusCodeString {
		body.StatusCode = strconv.Itoa(v.code)
	}

	reply := sandbox.JSON(v.status, body)
	reply.Header = p.headers()

	return reply
}

// answerCreated answers a new object, with the HTTP status and as much of it as the switches want.
func (p *Platform) answerCreated(v responseCode, key, idKey string, object map[string]any) sandbox.Reply {
	v.status = p.switches.CreateStatus

	switch p.switches.CreateAnswer {
	case "id":
		return p.answer(v, p.wrapOne(key, map[string]any{idKey: object[idKey]}))
	case "transaction":
		return p.answer(v, map[string]any{"transaction_id": p.core.Text("0123456789abcdef", 32)})
	case "empty":
		return p.answer(v, "")
	}

	return p.answer(v, p.wrapOne(key, object))
}

// refuse answers an error; the vendor's are told apart by code alone, so details go only into invented ones.
func (p *Platform) refuse(v responseCode, details ...string) sandbox.Reply {
	for _, detail := range details {
		v.description += ": " + detail
	}

	return p.answer(v, "")
}

// refuseInvalid refuses a request that no correct client sends, and complains.
func (p *Platform) refuseInvalid(req *sandbox.Request, detail string) sandbox.Reply {
	req.Complain("%s", detail)
	return p.refuse(bodyInvalid, detail)
}

// wrapOne wraps a single object as the switch wants it.
func (p *Platform) wrapOne(key string, object any) any {
	if p.switches.OneInArray && key == "chat" {
		object = []any{object}
	}

	if p.switches.WrapObject {
		return map[string]any{key: object}
	}

	return object
}

// wrapList wraps rows as the switch wants them.
func (p *Platform) wrapList(key string, rows []any) any {
	if p.switches.BareLists {
		return rows
	}

	return map[string]any{key: rows}
}

// headers returns the headers of every answer (docs.imi.chat/reference/rate-limits-1).
func (p *Platform) headers() http.Header {
	reset := p.today().AddDate(0, 0, 1)

	at := strconv.FormatInt(reset.Unix(), 10)
	if p.switches.ResetFormat == "rfc3339" {
		at = reset.Format(time.RFC3339)
	}

	header := http.Header{}
	header.Set("trxid", p.core.Text("0123456789abcdef", 32))
	header.Set("Rate-Limit-Limit", strconv.Itoa(p.switches.Quota))
	header.Set("Rate-Limit-Remaining", strconv.Itoa(max(0, p.switches.Quota-p.used)))
	header.Set("Rate-Limit-Reset", at)

	return header
}

// today starts at 00:00:00 of the clock's UTC day. Unverified: the vendor names the hour but no time zone.
func (p *Platform) today() time.Time { return p.core.Now().Truncate(24 * time.Hour) }

// spendRequest takes one request off the quota of the day and reports whether one was left.
func (p *Platform) spendRequest() bool {
	today := p.today()
	if !today.Equal(p.day) {
		p.day, p.used = today, 0
	}

	if p.used >= p.switches.Quota {
		return false
	}

	p.used++

	return true
}

// decode reads a body strictly; nil means v is usable. Unknown fields are complained about, and ignored or refused.
func (p *Platform) decode(req *sandbox.Request, v any) *sandbox.Reply {
	if !strings.HasPrefix(req.Header.Get("Content-Type"), "application/json") {
		req.Complain("content type %q is not application/json", req.Header.Get("Content-Type"))

		reply := p.refuse(headerMissing)

		return &reply
	}

	if err := req.Decode(v); err != nil && (p.switches.RejectUnknown || json.Unmarshal(req.Raw, v) != nil) {
		reply := p.refuse(bodyInvalid, err.Error())
		return &reply
	}

	if hasNull(req.Raw) {
		req.Complain("the body holds a null, which no page documents")
	}

	return nil
}

// hasNull reports whether a JSON text holds a null outside of its strings.
func hasNull(raw []byte) bool {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	for {
		token, err := decoder.Token()
		if err != nil {
			return false
		}

		if token == nil {
			return true
		}
	}
}

// checkQuery complains about parameters that the call does not document.
func checkQuery(req *sandbox.Request, known ...string) url.Values {
	values := req.URL.Query()
	for name := range values {
		if len(known) == 0 || name != known[0] {
			req.Complain("query parameter %q is not documented", name)
		}
	}

	return values
}

// pageNumber reads the page parameter. The number counts from 1 whatever the switch PageBase is.
func (p *Platform) pageNumber(req *sandbox.Request) (int, *sandbox.Reply) {
	text := checkQuery(req, "page").Get("page")
	if text == "" {
		return 1, nil
	}

	n, err := strconv.Atoi(text)
	if err != nil || n < p.switches.PageBase {
		reply := p.refuseInvalid(req, "page "+strconv.Quote(text)+" is not a page")
		return 0, &reply
	}

	return n - p.switches.PageBase + 1, nil
}

// putField adds a field to an object, or the form that the switch gives to a field without a value.
func (p *Platform) putField(object map[string]any, key string, value any, empty bool) {
	switch {
	case !empty || p.switches.Empty == "blank":
		object[key] = value
	case p.switches.Empty == "null":
		object[key] = nil
	}
}
