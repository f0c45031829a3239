package chatlake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const (
	maxString = 255
	maxText   = 20_000
)

// file is one uploaded part.
type file struct {
	name, contentType string
	data              []byte
}

// input reads a request's fields as the vendor's framework does: unknown ones are dropped, scalars are cast, null is kept
// apart from absent, and what breaks a column fails the request. Whatever only the vendor's leniency lets pass is a
// complaint. The first failure is kept; later reads go on and change nothing that matters.
type input struct {
	req    *sandbox.Request
	values object
	files  map[string][]file
	errs   invalid
	failed *sandbox.Reply
}

// parse reads the body into a tree of parameters, whatever its media type.
func parse(req *sandbox.Request) (*input, *sandbox.Reply) {
	in := &input{req: req, values: object{}, files: map[string][]file{}}
	if len(req.Raw) == 0 {
		return in, nil
	}

	media, params, err := mime.ParseMediaType(req.Header.Get("Content-Type"))
	switch {
	case err == nil && media == "application/json":
		return in, in.parseJSON()
	case err == nil && media == "multipart/form-data":
		return in, in.parseMultipart(params["boundary"])
	case err == nil && media == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(req.Raw))
		if err != nil {
			return in, badRequest(req, err)
		}

		for key, values := range form {
			for _, value := range values {
				in.nest(key, value)
			}
		}
	default:
		req.Complain("content type %q: the server does not read such a body", req.Header.Get("Content-Type"))
	}

	return in, nil
}

func badRequest(req *sandbox.Request, err error) *sandbox.Reply {
	req.Complain("body cannot be parsed: %v", err)

	reply := answer(http.StatusBadRequest, object{"status": 400, "error": "Bad Request"})

	return &reply
}

func (in *input) parseJSON() *sandbox.Reply {
	var value any

	decoder := json.NewDecoder(bytes.NewReader(in.req.Raw))
	decoder.UseNumber()

	if err := decoder.Decode(&value); err != nil {
		return badRequest(in.req, err)
	}

	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return badRequest(in.req, errors.New("more than one JSON value"))
	}

	values, isObject := settle(value).(object)
	if !isObject {
		in.req.Complain("the body is not a JSON object")
		return nil
	}

	in.values = values
	if bytes.Contains(in.req.Raw, []byte(`\u0000`)) && hasNUL(values) {
		// Unverified: neither text nor JSON columns of the database hold it.
		reply := crash(in.req, "a NUL character in the body")
		return &reply
	}

	return nil
}

// settle is what becomes of a JSON value on the way through the server: its framework drops null from arrays, and numbers
// with a fraction or an exponent become floats. Unverified: floats that are written differently again, such as 1e20.
func settle(value any) any {
	switch value := value.(type) {
	case object:
		for key, inner := range value {
			value[key] = settle(inner)
		}
	case []any:
		rows := []any{}

		for _, inner := range value {
			if inner != nil {
				rows = append(rows, settle(inner))
			}
		}

		return rows
	case json.Number:
		if !strings.ContainsAny(value.String(), ".eE") {
			return value
		}

		if f, err := value.Float64(); err == nil {
			text := strconv.FormatFloat(f, 'f', -1, 64)
			if !strings.Contains(text, ".") {
				text += ".0"
			}

			return json.Number(text)
		}
	}

	return value
}

func hasNUL(value any) bool {
	switch value := value.(type) {
	case string:
		return strings.ContainsRune(value, 0)
	case object:
		for key, inner := range value {
			if strings.ContainsRune(key, 0) || hasNUL(inner) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(value, hasNUL)
	}

	return false
}

func (in *input) parseMultipart(boundary string) *sandbox.Reply {
	reader := multipart.NewReader(bytes.NewReader(in.req.Raw), boundary)
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}

		if err != nil {
			return badRequest(in.req, err)
		}

		data, err := io.ReadAll(part)
		if err != nil {
			return badRequest(in.req, err)
		}

		if part.FileName() == "" {
			in.nest(part.FormName(), string(data))
			continue
		}

		in.files[part.FormName()] = append(in.files[part.FormName()], file{
			name: part.FileName(), contentType: part.Header.Get("Content-Type"), data: data,
		})
	}
}

// nest puts a form value at the place its key names: "a", "a[]", "a[b]", "a[b][]".
func (in *input) nest(key, value string) {
	names := strings.Split(strings.ReplaceAll(key, "]", ""), "[")
	at := in.values

	for i, name := range names {
		last := i == len(names)-1

		list := i == len(names)-2 && names[i+1] == ""
		switch {
		case last:
			at[name] = value
		case list:
			rows, _ := at[name].([]any)
			at[name] = append(rows, value)

			return
		default:
			next, isObject := at[name].(object)
			if !isObject {
				next = object{}
				at[name] = next
			}

			at = next
		}
	}
}

// read takes top-level parameters; what is not known is dropped.
func read(req *sandbox.Request, known ...string) (*input, *sandbox.Reply) {
	in, refused := parse(req)
	if refused != nil {
		return nil, refused
	}

	in.keep(known)

	return in, nil
}

// readRoot takes parameters under a root key. A flat JSON body is wrapped by the server itself; a form is not. The keys
// in outside are read at the top level whatever is nested.
func readRoot(req *sandbox.Request, root string, outside []string, known ...string) (*input, *sandbox.Reply) {
	in, refused := parse(req)
	if refused != nil {
		return nil, refused
	}

	top := in.values

	nested, explicit := top[root].(object)
	switch {
	case explicit:
		for key := range top {
			if key != root && !slices.Contains(outside, key) {
				req.Complain("unknown field %q beside %q", key, root)
			}
		}

		in.values = nested
	case strings.HasPrefix(req.Header.Get("Content-Type"), "application/json") && top[root] == nil:
		in.values = object{}

		for key, value := range top {
			if key != root {
				in.values[key] = value
			}
		}
	default:
		in.values = object{}
	}

	in.keep(append(slices.Clone(known), outside...))

	for _, key := range outside {
		delete(in.values, key)
	}

	if len(in.values) == 0 && len(in.files) == 0 {
		req.Complain("nothing under %q", root)
		reply := missingParam(root)

		return nil, &reply
	}

	for _, key := range outside {
		value, sent := top[key]
		if sent {
			in.values[key] = value
		}
	}

	return in, nil
}

func (in *input) keep(known []string) {
	for key := range in.values {
		if !slices.Contains(known, key) {
			in.req.Complain("unknown field %q", key)
			delete(in.values, key)
		}
	}

	for key := range in.files {
		if !slices.Contains(known, strings.TrimSuffix(key, "[]")) {
			in.req.Complain("unknown file %q", key)
		}
	}
}

// sub is the input of a nested object; nil if there is none.
func (in *input) sub(key string) *input {
	values, isObject := in.values[key].(object)
	if !isObject {
		return nil
	}

	return &input{req: in.req, values: values, files: map[string][]file{}}
}

func (in *input) has(key string) bool {
	_, sent := in.values[key]
	return sent
}

func (in *input) isNull(key string) bool {
	value, sent := in.values[key]
	return sent && value == nil
}

// fail keeps the first failure.
func (in *input) fail(reply sandbox.Reply) {
	if in.failed == nil {
		in.failed = &reply
	}
}

// done is the failure of the whole reading, if any: one that raised, or the validations'.
func (in *input) done(p *Platform) *sandbox.Reply {
	if in.failed != nil {
		return in.failed
	}

	return in.errs.reply(p)
}

func (in *input) notNull(key string) bool {
	if in.isNull(key) {
		in.fail(crash(in.req, "%s is null: the column does not take it", key))
		return false
	}

	return in.has(key)
}

// optString reads a nullable string column.
func (in *input) optString(key string, into **string, limit int) {
	value, sent := in.values[key]
	if !sent {
		return
	}

	if value == nil {
		*into = nil
		return
	}

	text, scalar := in.castString(key, value)
	if !scalar {
		return
	}

	if utf8.RuneCountInString(text) > limit {
		in.errs.add(key, fmt.Sprintf("%s is too long (maximum is %d characters)", humanize(key), limit))
	}

	*into = &text
}

// mustString reads a string column that takes no null.
func (in *input) mustString(key string, into *string) {
	if !in.notNull(key) {
		return
	}

	text := into
	in.optString(key, &text, maxString)

	if text != nil {
		*into = *text
	}
}

func (in *input) castString(key string, value any) (string, bool) {
	switch value := value.(type) {
	case string:
		return value, true
	case json.Number:
		in.req.Complain("%s is a number, the column holds text", key)
		return value.String(), true
	case bool:
		in.req.Complain("%s is a boolean, the column holds text", key)
		return strconv.FormatBool(value), true
	default:
		in.req.Complain("%s is not a scalar: the server drops it", key)
		return "", false
	}
}

// optFlag reads a nullable boolean.
func (in *input) optFlag(key string, into **bool) {
	value, sent := in.values[key]
	if !sent {
		return
	}

	if value == nil {
		*into = nil
		return
	}

	flag, isBool := value.(bool)
	if !isBool {
		text := fmt.Sprint(value)

		if !strings.HasPrefix(in.req.Header.Get("Content-Type"), "multipart/") {
			in.req.Complain("%s is not a boolean", key)
		}

		flag = text != "false" && text != "0" && text != "f" && text != ""
	}

	*into = &flag
}

// flag reads a boolean that takes no null.
func (in *input) flag(key string, into *bool) {
	if !in.notNull(key) {
		return
	}

	value := into
	in.optFlag(key, &value)
	*into = *value
}

// whole reads a nullable integer. A string of digits is cast, as the server does; tolerant says that the vendor's page
// has it as a string, so that nobody complains.
func (in *input) whole(key string, into **int64, tolerant ...bool) {
	value, sent := in.values[key]
	if !sent {
		return
	}

	switch value := value.(type) {
	case nil:
		*into = nil
	case json.Number:
		n, err := value.Int64()
		if err != nil {
			in.req.Complain("%s is not a whole number", key)

			f, _ := value.Float64()
			n = int64(f)
		}

		*into = &n
	case string:
		if len(tolerant) == 0 && !strings.HasPrefix(in.req.Header.Get("Content-Type"), "multipart/") {
			in.req.Complain("%s is a string, not an integer", key)
		}

		if n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64); err == nil {
			*into = &n
		} else {
			*into = nil
		}
	default:
		in.req.Complain("%s is not an integer", key)

		*into = nil
	}
}

// number is whole without null: absent and null leave what is there.
func (in *input) number(key string, into *int64) {
	value := into
	in.whole(key, &value)

	if value != nil {
		*into = *value
	}
}

// optEnum reads an enumeration by name or by its integer; null and "" clear it.
func (in *input) optEnum(key string, names []string, into *string) {
	value, sent := in.values[key]
	if !sent {
		return
	}

	name, good := enumName(value, names)
	if !good {
		in.fail(crash(in.req, "%v is no %s: one of %s", value, key, strings.Join(names, ", ")))
		return
	}

	*into = name
}

// enum reads an enumeration whose column takes no null.
func (in *input) enum(key string, names []string, into *string) {
	if !in.has(key) {
		return
	}

	name := *into
	in.optEnum(key, names, &name)

	if name == "" && in.failed == nil {
		in.fail(crash(in.req, "%s is blank: the column does not take null", key))
		return
	}

	*into = name
}

func enumName(value any, names []string) (string, bool) {
	switch value := value.(type) {
	case nil:
		return "", true
	case string:
		return value, value == "" || slices.Contains(names, value)
	case json.Number:
		if n, err := value.Int64(); err == nil && n >= 0 && n < int64(len(names)) {
			return names[n], true
		}
	}

	return "", false
}

// hash reads a JSON object; null is dropped as if it had not been sent.
func (in *input) hash(key string) (object, bool) {
	value, sent := in.values[key]
	if !sent || value == nil {
		return nil, false
	}

	hash, isObject := value.(object)
	if !isObject {
		in.req.Complain("%s is not an object: the server drops it", key)
	}

	return hash, isObject
}

// list reads a JSON array; null is dropped as if it had not been sent.
func (in *input) list(key string) ([]any, bool) {
	value, sent := in.values[key]
	if !sent || value == nil {
		return nil, false
	}

	rows, isList := value.([]any)
	if !isList {
		in.req.Complain("%s is not an array: the server drops it", key)
	}

	return rows, isList
}

// strings reads an array of strings.
func (in *input) strings(key string) ([]string, bool) {
	rows, sent := in.list(key)
	if !sent {
		return nil, false
	}

	out := []string{}

	for _, row := range rows {
		text, scalar := in.castString(key, row)
		if scalar {
			out = append(out, text)
		}
	}

	return out, true
}

// instant reads a time in ISO 8601.
func (in *input) instant(key string, into *time.Time) {
	text := (*string)(nil)
	in.optString(key, &text, maxString)

	if !in.has(key) {
		return
	}

	*into = time.Time{}

	if presence(text) == nil {
		return
	}

	t, err := time.Parse(time.RFC3339, *text)
	if err != nil {
		in.req.Complain("%s is not ISO 8601: the server makes it null", key)
		return
	}

	*into = t.UTC()
}
