package chatlake

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// captainToolsSince is the release that has custom tools, and captainToolLimit is how many an account may have.
const (
	captainToolsSince = "4.7.0"
	captainToolLimit  = 15
)

// captainTool is a request that an assistant may send.
type captainTool struct {
	id                        int64
	slug                      string
	title, description        *string
	endpoint                  *string
	method                    string
	requestText, responseText *string
	authType                  string
	auth                      object
	params                    []any
	enabled                   bool
	created, updated          time.Time
	account                   int64
}

func (r *captainTool) key() int64   { return r.id }
func (r *captainTool) owner() int64 { return r.account }

// json has the credentials for administrators alone.
func (r *captainTool) json(administrator bool) object {
	out := object{
		"id": r.id, "slug": r.slug, "title": r.title, "description": r.description, "endpoint_url": r.endpoint, "http_method": r.method,
		"request_template": r.requestText, "response_template": r.responseText, "auth_type": r.authType, "param_schema": r.params,
		"enabled": r.enabled, "account_id": r.account, "created_at": epoch(r.created), "updated_at": epoch(r.updated),
	}

	if administrator {
		out["auth_config"] = r.auth
	}

	return out
}

// builtInTools are those of every assistant.
var builtInTools = []object{
	{"id": "add_contact_note", "title": "Add Contact Note", "description": "Add a note to a contact profile", "icon": "note-add"},
	{"id": "add_private_note", "title": "Add Private Note", "description": "Add a private note to a conversation (internal only)", "icon": "eye-off"},
	{"id": "update_priority", "title": "Update Priority", "description": "Update conversation priority level", "icon": "exclamation-triangle"},
	{"id": "add_label_to_conversation", "title": "Add Label to Conversation", "description": "Add a label to a conversation", "icon": "tag"},
	{"id": "faq_lookup", "title": "FAQ Lookup", "description": "Search FAQ responses using semantic similarity", "icon": "search"},
	{"id": "resolve_conversation", "title": "Resolve Conversation", "description": "Resolve a conversation when the issue has been addressed", "icon": "checkmark"},
	{"id": "handoff", "title": "Handoff to Human", "description": "Hand off the conversation to a human agent", "icon": "user-switch"},
}

func (p *Platform) captainToolKind() kind {
	tools := p.captainToolShelf()

	return kind{
		name: "captain/custom_tools",
		endpoints: slices.Concat(
			ofEnterprise(get("/captain/assistants/tools", admin, p.listCaptainTools).from(captainSince)),
			// Unverified: that one of the two features is enough.
			needing("Custom tools are not enabled for this account", []string{"custom_tools", "captain_integration_v2"}, ofEnterprise(
				get("/captain/custom_tools", member, tools.list).takes("page").from(captainToolsSince),
				post("/captain/custom_tools", admin, tools.create).from(captainToolsSince),
				get("/captain/custom_tools/{tool}", member, tools.show).from(captainToolsSince),
				patch("/captain/custom_tools/{tool}", admin, tools.update).from(captainToolsSince),
				remove("/captain/custom_tools/{tool}", admin, tools.remove).from(captainToolsSince),
			)...),
		),
		view: func(account int64) sandbox.TableView {
			return tableOf("Captain's tools", tools.rows, func(r *captainTool) (int64, []string) {
				return r.account, []string{number(r.id), r.slug, deref(r.title), r.method, deref(r.endpoint)}
			}, account, "Id", "Slug", "Title", "Method", "Address")
		},
		held: func(c *call) []map[string]any { return held(c, tools) },
	}
}

func (p *Platform) captainToolShelf() *shelf[*captainTool] {
	return shelf[*captainTool]{
		p: p, param: "tool", rows: rowsOf[*captainTool](p, "captain/custom_tools"), deleted: http.StatusNoContent,
		fresh: func(c *call) *captainTool {
			return &captainTool{account: c.account.id, method: http.MethodGet, authType: "none", auth: object{}, params: []any{}, enabled: true}
		},
		assign: p.assignCaptainTool,
		keep: func(r *captainTool) {
			r.updated = p.core.Now()
			if r.id == 0 {
				r.id, r.created = p.nextID("captain/custom_tools"), r.updated
			}
		},
		copy:    func(r *captainTool) *captainTool { draft := *r; return &draft },
		commit:  func(into, draft *captainTool) { *into = *draft },
		shape:   func(c *call, r *captainTool) any { return r.json(c.isAdmin()) },
		wrapAll: oneCaptainPage,
	}.with()
}

// listCaptainTools has the tools that a scenario may name.
func (p *Platform) listCaptainTools(c *call) sandbox.Reply {
	rows := slices.Clone(builtInTools)

	for _, tool := range p.captainToolShelf().rows.All() {
		if tool.account == c.account.id && tool.enabled {
			rows = append(rows, object{"id": tool.slug, "title": tool.title, "description": tool.description, "custom": true})
		}
	}

	return ok(rows)
}

func (p *Platform) assignCaptainTool(c *call, r *captainTool, fresh bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "custom_tool", nil, "title", "description", "endpoint_url", "http_method", "request_template",
		"response_template", "auth_type", "enabled", "auth_config*", "param_schema*")
	if refused != nil {
		return refused
	}

	in.optString("title", &r.title, maxString)
	in.optString("description", &r.description, maxLong)
	in.optString("endpoint_url", &r.endpoint, maxLong)
	in.optString("request_template", &r.requestText, maxLong)
	in.optString("response_template", &r.responseText, maxLong)
	in.flag("enabled", &r.enabled)
	in.captainAuth(&r.auth)

	if r.slug == "" && presence(r.title) != nil {
		r.slug = p.captainSlug(r)
	}

	if r.slug == "" {
		in.errs.add("slug", "Slug can't be blank")
	}

	if presence(r.title) == nil {
		in.errs.add("title", "Title can't be blank")
	}

	in.captainWord("http_method", []string{http.MethodGet, http.MethodPost}, &r.method)
	in.captainWord("auth_type", []string{"none", "bearer", "basic", "api_key"}, &r.authType)
	in.captainEndpoint(r.endpoint)
	in.captainParams(&r.params)

	invalid := in.done(p)
	if invalid != nil || !fresh {
		return invalid
	}

	if len(p.captainToolShelf().rows.Where(func(one *captainTool) bool { return one.account == r.account })) >= captainToolLimit {
		return refuse(http.StatusUnprocessableEntity, fmt.Sprintf("You can create a maximum of %d custom tools per account", captainToolLimit))
	}

	return nil
}

// maxLong stands for a column without a limit.
const maxLong = 1 << 30

// captainAuth replaces the credentials whole.
func (in *input) captainAuth(into *object) {
	value, sent := in.values["auth_config"]
	if !sent {
		return
	}

	auth, isObject := value.(object)
	if isObject {
		*into = auth
		return
	}

	in.req.Complain("auth_config is no object")

	if value == nil {
		*into = object{}
	}
}

// captainWord reads a word of a closed list.
func (in *input) captainWord(key string, words []string, into *string) {
	value, sent := in.values[key]
	if !sent {
		return
	}

	word, isText := value.(string)

	switch {
	case value != nil && !isText:
		in.fail(crash(in.req, "%s is no text", key))
	case !slices.Contains(words, word):
		in.errs.add(key, humanize(key)+" is not included in the list")
	default:
		*into = word
	}
}

// captainEndpoint checks where a tool sends its requests: to a named host outside, by https.
func (in *input) captainEndpoint(endpoint *string) {
	refuse := func(sentence string) { in.errs.addEnglish("endpoint_url", "Endpoint url "+sentence) }

	if presence(endpoint) == nil {
		refuse("can't be blank")
		return
	}

	isPlain := !strings.ContainsFunc(*endpoint, func(r rune) bool { return r > unicode.MaxASCII || unicode.IsSpace(r) })

	address, err := url.Parse(*endpoint)
	if err != nil || !isPlain {
		refuse("must be a valid URL")
		return
	}

	host := address.Hostname()

	switch {
	case address.Scheme == "":
		in.fail(crash(in.req, "the address has no scheme"))
	case address.Scheme != "https":
		refuse("must use HTTPS protocol")
	case host == "localhost" || strings.HasSuffix(host, ".local"):
		refuse("cannot use disallowed hostname")
	case net.ParseIP(host) != nil:
		if host == "127.0.0.1" { // The server's own.
			refuse("cannot point to the application itself")
		}

		refuse("cannot be an IP address, must be a hostname")
	}
}

// captainParams reads what a tool takes. Keys that the server does not know are dropped, before the rows are checked.
func (in *input) captainParams(into *[]any) {
	value, sent := in.values["param_schema"]
	if !sent {
		return
	}

	rows, isList := value.([]any)

	switch {
	case isObject(value):
		in.fail(crash(in.req, "param_schema is an object"))
		return
	case !isList:
		in.req.Complain("param_schema is no list: the server drops it")
		return
	}

	kept := []any{}

	for i, row := range rows {
		param, isObject := row.(object)
		if !isObject {
			in.req.Complain("a row of param_schema is no object: the server drops it")
			continue
		}

		kept = append(kept, in.captainParam(i, param))
	}

	*into = kept
}

func (in *input) captainParam(i int, sent object) object {
	kept := object{}

	for _, key := range []string{"name", "type", "description", "required"} {
		value, has := sent[key]
		_, isText := value.(string)
		_, isFlag := value.(bool)
		place := fmt.Sprintf("%d/%s", i, key)

		switch {
		case !has && key != "required":
			in.errs.addEnglish(key, humanize(key)+" is required")
		case !has:
			continue
		case key == "required" && !isFlag:
			in.errs.addEnglish(place, place+" must be of type boolean")
		case key != "required" && !isText:
			in.errs.addEnglish(place, place+" must be of type string")
		}

		kept[key] = value
	}

	for _, key := range sortedKeys(sent) {
		_, known := kept[key]
		if !known {
			in.req.Complain("param_schema.%s: the server drops it", key)
		}
	}

	return kept
}

// maxSlug is the length of a slug, which language models take for the name of a function.
const maxSlug = 64

// captainSlug makes the slug of a new tool of its title. A taken one gets six characters at its end.
func (p *Platform) captainSlug(r *captainTool) string {
	isTaken := func(slug string) bool {
		_, taken := p.captainToolShelf().rows.Find(func(one *captainTool) bool { return one.account == r.account && one.slug == slug })
		return taken
	}

	slug := "custom_" + parameterized(*r.title)
	slug = slug[:min(len(slug), maxSlug)]

	if !isTaken(slug) {
		return slug
	}

	return slug[:min(len(slug), maxSlug-7)] + "_" + p.core.Text("abcdefghijklmnopqrstuvwxyz0123456789", 6)
}

// parameterized writes a text in lower case, with an underscore for all that is no letter or digit. Letters lose what is not ASCII.
func parameterized(text string) string {
	plain := strings.NewReplacer("ä", "a", "ö", "o", "ü", "u", "ï", "i", "é", "e", "è", "e", "ß", "ss", "ñ", "n", "ç", "c").Replace(strings.ToLower(text))

	words := strings.FieldsFunc(plain, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-'
	})

	return strings.Join(words, "_")
}
