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

// verdict is one line of the vendor's table of response codes.
type verdict struct {
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
	chatRetrieved    = verdict{http.StatusOK, 4304, "The chat details retrieved successfully"}
	userRetrieved    = verdict{http.StatusOK, 4306, "The user details retrieved successfully"}
	usersRetrieved   = verdict{http.StatusOK, 4307, "The user list retrieved successfully"}
	chatTransferred  = verdict{http.StatusAccepted, 4342, "The chat transferred successfully"}
	headerMissing    = verdict{http.StatusBadRequest, 2002, "Invalid header param - could not find mandatory header parameters"}
	tokenInvalid     = verdict{http.StatusBadRequest, 2003, "Invalid Access Token"}
	tokenExpired     = verdict{http.StatusUnauthorized, 2004, "Access Token expired"}
	serverError      = verdict{http.StatusInternalServerError, 2007, "Internal Server Error"}
	teamUnknown      = verdict{http.StatusNotFound, 2010, "Could not find details of team based on the teamid passed in the header"}
	chatUnknown      = verdict{http.StatusNotFound, 2031, "Provided Chat ID does not exist"}
	methodNotAllowed = verdict{http.StatusMethodNotAllowed, 2099, "Method not allowed"}
	userUnknown      = verdict{http.StatusNotFound, 3101, "User not found"}
	userUnavailable  = verdict{http.StatusInternalServerError, 3105, "Unable to get the user details"}
	chatUnavailable  = verdict{http.StatusInternalServerError, 4108, "Unable to get the chat details"}
)

// Codes that no page names. Successes follow the vendor's pattern of 43xx; errors stand outside of every range it uses.
//
// Unverified: all of them, with their HTTP status.
var (
	authorized      = verdict{http.StatusOK, 4390, invented + "Authorized"}
	chatsListed     = verdict{http.StatusOK, 4391, invented + "The chat list retrieved successfully"}
	chatUpdated     = verdict{http.StatusOK, 4392, invented + "The chat updated successfully"}
	messageAppended = verdict{http.StatusOK, 4393, invented + "The message appended successfully"}
	teamsListed     = verdict{http.StatusOK, 4394, invented + "The team list retrieved successfully"}
	userCreated     = verdict{http.StatusOK, 4395, invented + "The user created successfully"}
	bodyInvalid     = verdict{http.StatusBadRequest, 9400, invented + "Invalid request"}
	keyInvalid      = verdict{http.StatusUnauthorized, 9401, invented + "Invalid API key or domain"}
	unknownPath     = verdict{http.StatusNotFound, 9404, invented + "No such resource"}
	taken           = verdict{http.StatusConflict, 9409, invented + "Already exists"}
	chatClosed      = verdict{http.StatusConflict, 9410, invented + "The chat is closed"}
	quotaExceeded   = verdict{http.StatusTooManyRequests, 9429, invented + "Daily limit of requests exceeded"}
)

type envelope struct {
	StatusCode  any    `json:"status_code"`
	Description string `json:"description"`
	Response    any    `json:"response"`
}

func (p *Platform) answer(v verdict, response any) sandbox.Reply {
	body := envelope{v.code, v.description, response}
	if p.switches.StatusCodeString {
		body.StatusCode = strconv.Itoa(v.code)
	}

	reply := sandbox.JSON(v.status, body)
	reply.Header = p.headers()

	return reply
}

// created is answer with the HTTP status that the switch wants for new objects.
func (p *Platform) created(v verdict, response any) sandbox.Reply {
	v.status = p.switches.CreateStatus
	return p.answer(v, response)
}

// refuse answers an error; the vendor's are told apart by code alone, so details go only into invented ones.
func (p *Platform) refuse(v verdict, details ...string) sandbox.Reply {
	for _, detail := range details {
		v.description += ": " + detail
	}

	return p.answer(v, "")
}

// invalid refuses what no right client sends, and complains.
func (p *Platform) invalid(req *sandbox.Request, detail string) sandbox.Reply {
	req.Complain("%s", detail)
	return p.refuse(bodyInvalid, detail)
}

// one wraps a single object as the switch wants it.
func (p *Platform) one(key string, object any) any {
	if p.switches.WrapObject {
		return map[string]any{key: object}
	}

	return object
}

// list wraps rows as the switch wants them.
func (p *Platform) list(key string, rows []any) any {
	if p.switches.BareLists {
		return rows
	}

	return map[string]any{key: rows}
}

// headers are on every answer (docs.imi.chat/reference/rate-limits-1).
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

// spend takes one request off the day's quota and says whether there was one left.
func (p *Platform) spend() bool {
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

// decode reads a body strictly; nil means v is usable. Unknown fields are complained of, and ignored or refused.
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

// hasNull says whether a JSON text holds a null anywhere outside of its strings.
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

// query complains of parameters that the call does not document.
func query(req *sandbox.Request, known ...string) url.Values {
	values := req.URL.Query()
	for name := range values {
		if len(known) == 0 || name != known[0] {
			req.Complain("query parameter %q is not documented", name)
		}
	}

	return values
}

// page reads the page parameter and counts from 1, whatever the switch says.
func (p *Platform) page(req *sandbox.Request) (int, *sandbox.Reply) {
	text := query(req, "page").Get("page")
	if text == "" {
		return 1, nil
	}

	n, err := strconv.Atoi(text)
	if err != nil || n < p.switches.PageBase {
		reply := p.invalid(req, "page "+strconv.Quote(text)+" is not a page")
		return 0, &reply
	}

	return n - p.switches.PageBase + 1, nil
}

// put adds a field to an object, or what stands for a field without a value.
func (p *Platform) put(object map[string]any, key string, value any, empty bool) {
	switch {
	case !empty || p.switches.Empty == "blank":
		object[key] = value
	case p.switches.Empty == "null":
		object[key] = nil
	}
}

// identifier takes an id as a string or as a number: the vendor documents some as one and shows them as the other.
type identifier string

// UnmarshalJSON keeps the digits of a number as they are.
func (id *identifier) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, (*string)(id))
	}

	var number json.Number
	if err := json.Unmarshal(raw, &number); err != nil {
		return err
	}

	*id = identifier(number)

	return nil
}
