package chatlake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
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
	// failed is an exception while reading, refused what the database does not take.
	failed, refused *sandbox.Reply
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

	values, isObject := normalize(value).(object)
	if !isObject {
		in.req.Complain("the body is not a JSON object")
		return nil
	}

	in.values = values
	if bytes.Contains(in.req.Raw, []byte(`\u0000`)) && hasNUL(values) {
		// PostgreSQL holds it neither in text nor in JSON: the write fails.
		reply := crash(in.req, "a NUL character in the body")
		return &reply
	}

	return nil
}

// normalize is what becomes of a JSON value on the way through the server: its framework drops null from arrays, and
// numbers with a fraction or an exponent become floats, which the database keeps digit by digit.
func normalize(value any) any {
	switch value := value.(type) {
	case object:
		for key, inner := range value {
			value[key] = normalize(inner)
		}
	case []any:
		rows := []any{}

		for _, inner := range value {
			if inner != nil {
				rows = append(rows, normalize(inner))
			}
		}

		return rows
	case json.Number:
		if !strings.ContainsAny(value.String(), ".eE") {
			return value
		}

		if f, err := value.Float64(); err == nil {
			return floatNumber(f)
		}
	}

	return value
}

// floatNumber is a float as the server writes it.
func floatNumber(f float64) json.Number {
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}

	return json.Number(text)
}

// stored is a value as the database gives it back: large floats have become whole numbers.
func stored(value any) any {
	switch value := value.(type) {
	case object:
		out := object{}
		for key, inner := range value {
			out[key] = stored(inner)
		}

		return out
	case []any:
		return mapped(value, stored)
	case json.Number:
		whole, isFloat := strings.CutSuffix(value.String(), ".0")
		if isFloat && len(whole) > 16 {
			return json.Number(whole)
		}
	}

	return value
}

// isBlank reports whether the server takes a value for none.
func isBlank(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case bool:
		return !value
	case string:
		return strings.TrimSpace(value) == ""
	case []any:
		return len(value) == 0
	case object:
		return len(value) == 0
	default:
		return false
	}
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

// read takes top-level parameters, of the body or else of the query; what is not known is dropped.
func read(req *sandbox.Request, known ...string) (*input, *sandbox.Reply) {
	in, refused := parse(req)
	if refused != nil {
		return nil, refused
	}

	body := maps.Clone(in.values)

	for key, values := range req.URL.Query() {
		name, _, _ := strings.Cut(key, "[")
		if !slices.Contains(known, name) && !slices.Contains(known, name+"*") {
			continue
		}

		for _, value := range values {
			in.nest(key, value)
		}
	}

	maps.Copy(in.values, body)
	in.keep(known)

	return in, nil
}

// readRoot takes parameters under a root key. The keys in outside are read at the top level whatever is nested. Without
// the root the server wraps the columns of a flat JSON body itself; a form is not wrapped. An empty root is refused before
// the fields are filtered, so one unknown field under an explicit root is enough.
func readRoot(req *sandbox.Request, root string, outside []string, known ...string) (*input, *sandbox.Reply) {
	in, refused := parse(req)
	if refused != nil {
		return nil, refused
	}

	top := in.values

	in.values, refused = underRoot(req, top, root, outside, known)
	if refused != nil {
		return nil, refused
	}

	in.files = in.filesUnder(root)

	if len(in.values) == 0 && len(in.files) == 0 {
		req.Complain("nothing under %q", root)
		reply := missingParam(root)

		return nil, &reply
	}

	in.keep(known)

	for _, key := range outside {
		value, sent := top[key]
		if sent {
			in.values[key] = value
		}
	}

	return in, nil
}

// filesUnder are the files of a form by their names under a root, such as "avatar" of "company[avatar]". Others are not looked at.
func (in *input) filesUnder(root string) map[string][]file {
	under := map[string][]file{}

	for field, parts := range in.files {
		name, isUnder := strings.CutPrefix(field, root+"[")
		if isUnder {
			under[strings.TrimSuffix(name, "]")] = parts
		} else {
			in.req.Complain("a file %q, which is not under %q", field, root)
		}
	}

	return under
}

// unfilteredRoots are no models, so the server wraps every key of a flat body.
var unfilteredRoots = []string{"agent", "assistant", "custom_tool", "assistant_response", "scenario", "document", "twilio_channel"}

func underRoot(req *sandbox.Request, top object, root string, outside, known []string) (object, *sandbox.Reply) {
	value, explicit := top[root]
	nested, isObject := value.(object)

	switch {
	case explicit && isObject:
		for key := range top {
			if key != root && !slices.Contains(outside, key) {
				req.Complain("unknown field %q beside %q", key, root)
			}
		}

		return nested, nil
	case explicit && !isBlank(value):
		reply := crash(req, "%s is not an object", root)
		return nil, &reply
	case explicit || !strings.HasPrefix(req.Header.Get("Content-Type"), "application/json"):
		return object{}, nil
	}

	columns := []string{"id", "account_id", "created_at", "updated_at"}
	for _, name := range known {
		columns = append(columns, strings.TrimRight(name, "[]{}*"))
	}

	wrapped := object{}

	for key, value := range top {
		if slices.Contains(columns, key) || slices.Contains(unfilteredRoots, root) {
			wrapped[key] = value
		} else if !slices.Contains(outside, key) {
			req.Complain("unknown field %q", key)
		}
	}

	return wrapped, nil
}

// keep drops what is not known or has another shape than is declared, as the server's strong parameters do. A plain name
// is a scalar, "name[]" a list of scalars, "name{}" an object, and "name*" anything: the server looks at it unfiltered.
func (in *input) keep(known []string) {
	shapes := map[string]byte{}

	for _, name := range known {
		bare := strings.TrimRight(name, "[]{}*")
		shapes[bare] = (name + " ")[len(bare)]
	}

	for key, value := range in.values {
		shape, isKnown := shapes[key]

		switch {
		case !isKnown:
			in.req.Complain("unknown field %q", key)
			delete(in.values, key)
		case !hasShape(value, shape):
			if value != nil { // Null is the usual way to leave a list or an object alone.
				in.req.Complain("%s has another shape than the server expects: it drops the field", key)
			}

			delete(in.values, key)
		}
	}

	for key := range in.files {
		_, isKnown := shapes[strings.TrimSuffix(key, "[]")]
		if !isKnown {
			in.req.Complain("unknown file %q", key)
		}
	}
}

func hasShape(value any, shape byte) bool {
	switch shape {
	case '*':
		return true
	case '{':
		_, isObject := value.(object)
		return isObject
	case '[':
		rows, isList := value.([]any)
		return isList && !slices.ContainsFunc(rows, func(row any) bool { return !isScalar(row) })
	default:
		return isScalar(value)
	}
}

func isObject(value any) bool {
	_, is := value.(object)
	return is
}

func isScalar(value any) bool {
	switch value.(type) {
	case object, []any:
		return false
	default:
		return true
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

func (in *input) notBlank(key string) bool { return !isBlank(in.values[key]) }

// fail keeps the first failure.
func (in *input) fail(reply sandbox.Reply) {
	if in.failed == nil {
		in.failed = &reply
	}
}

// refuseColumn keeps the first failure of the database, which the server meets after its validations.
func (in *input) refuseColumn(format string, args ...any) {
	reply := crash(in.req, format, args...)
	if in.refused == nil {
		in.refused = &reply
	}
}

// done is the failure of the whole reading, if any: an exception, else the validations', else the database's.
func (in *input) done(p *Platform) *sandbox.Reply {
	if in.failed != nil {
		return in.failed
	}

	invalid := in.errs.reply(p)
	if invalid != nil {
		return invalid
	}

	return in.refused
}

// notNull reports whether the key was sent with a value; a null is refused by the database.
func (in *input) notNull(key string) bool {
	if in.isNull(key) {
		in.refuseColumn("%s is null: the column does not take it", key)
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
		return strconv.FormatBool(value)[:1], true
	default:
		in.req.Complain("%s is not a scalar: the server drops it", key)
		return "", false
	}
}

// falseTexts are what the server takes for false; "" is null, and everything else is true.
var falseTexts = []string{"0", "f", "F", "false", "FALSE", "off", "OFF"}

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
		text := scalarText(value)

		if !in.isForm() {
			in.req.Complain("%s is not a boolean", key)
		}

		if text == "" {
			*into = nil
			return
		}

		flag = !slices.Contains(falseTexts, text)
	}

	*into = &flag
}

// flag reads a boolean that takes no null.
func (in *input) flag(key string, into *bool) {
	value := into
	in.optFlag(key, &value)

	if value == nil {
		in.refuseColumn("%s is null: the column does not take it", key)
		return
	}

	*into = *value
}

func (in *input) isForm() bool {
	return strings.HasPrefix(in.req.Header.Get("Content-Type"), "multipart/")
}

// whole reads a nullable integer as the server casts it: the digits that a text begins with, the whole part of a number.
// tolerant says that the vendor's page has it as a string, so that nothing complains.
func (in *input) whole(key string, into **int64, tolerant ...bool) {
	value, sent := in.values[key]
	if !sent {
		return
	}

	text, isText := value.(string)
	if isText && len(tolerant) == 0 && !in.isForm() {
		in.req.Complain("%s is a string, not an integer", key)
	}

	if !isText && value != nil && !isWhole(value) {
		in.req.Complain("%s is not an integer", key)
	}

	if value == nil || isText && strings.TrimSpace(text) == "" {
		*into = nil
		return
	}

	n := castInteger(value)
	*into = &n
}

func isWhole(value any) bool {
	number, isNumber := value.(json.Number)
	if !isNumber {
		return false
	}

	_, err := number.Int64()

	return err == nil
}

// castInteger is the server's cast of a scalar; what is no number is 0.
func castInteger(value any) int64 {
	switch value := value.(type) {
	case bool:
		return int64(boolInt(value))
	case json.Number:
		if n, err := value.Int64(); err == nil {
			return n
		}

		f, _ := value.Float64()

		return int64(f)
	case string:
		return leadingInteger(value)
	default:
		return 0
	}
}

// leadingInteger is the number that a text begins with: "12x" is 12, and a word is 0.
func leadingInteger(text string) int64 {
	text = strings.TrimLeft(text, " \t\r\n\f\v")

	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || end == 0 && (text[end] == '-' || text[end] == '+')) {
		end++
	}

	n, err := strconv.ParseInt(text[:end], 10, 64)
	if err != nil {
		return 0
	}

	return n
}

// int4 reads a nullable integer into a column of four bytes.
func (in *input) int4(key string, into **int64) {
	in.whole(key, into)

	if in.has(key) && *into != nil && (**into > math.MaxInt32 || **into < math.MinInt32) {
		in.refuseColumn("%s is out of the column's range", key)
	}
}

// number reads an integer column of four bytes that the server checks to be a number.
func (in *input) number(key string, into *int64) {
	value, sent := in.values[key]
	if !sent {
		return
	}

	text, isText := value.(string)

	isNumber := !isText
	if isText {
		_, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		isNumber = err == nil
	}

	_, isBool := value.(bool)
	if value == nil || isBool || !isNumber {
		in.errs.add(key, humanize(key)+" is not a number")
		return
	}

	kept := into
	in.int4(key, &kept)
	*into = *kept
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
		in.refuseColumn("%s is blank: the column does not take null", key)
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
		_, isText := row.(string)
		if !isText {
			in.req.Complain("%s holds %v, which is not a string", key, row)
		}

		out = append(out, scalarText(row))
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
