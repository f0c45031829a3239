package chatlake

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// object is a free JSON object.
type object = map[string]any

// ok is an answer with status 200, which the vendor gives for creates as well.
func ok(body any) sandbox.Reply { return answer(http.StatusOK, body) }

// answer encodes at once: what leaves may point into the platform's rows, and its lock is gone when it is written.
func answer(status int, body any) sandbox.Reply {
	raw, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Sprintf("chatlake: answer cannot be encoded: %v", err))
	}

	return sandbox.Reply{
		Status: status,
		Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}},
		Raw:    raw,
	}
}

// empty is an answer without a body. All but 204 are called JSON.
func empty(status int) sandbox.Reply {
	reply := sandbox.Empty(status)
	if status != http.StatusNoContent {
		reply.Header = http.Header{"Content-Type": {"application/json"}}
	}

	return reply
}

func refuse(status int, text string) *sandbox.Reply {
	reply := answer(status, object{"error": text})
	return &reply
}

func notFound() sandbox.Reply { return *refuse(http.StatusNotFound, "Resource could not be found") }

func forbidden() sandbox.Reply {
	return *refuse(http.StatusUnauthorized, "You are not authorized to do this action")
}

func missingParam(key string) sandbox.Reply {
	return *refuse(http.StatusUnprocessableEntity, "param is missing or the value is empty: "+key)
}

// internal is what an unhandled exception gives in production.
func internal() sandbox.Reply {
	return answer(http.StatusInternalServerError, object{"status": 500, "error": "Internal Server Error"})
}

// crash is the vendor's 500 to a client's mistake: a client should know better, so it is a complaint too.
func crash(req *sandbox.Request, format string, args ...any) sandbox.Reply {
	req.Complain(format, args...)
	return internal()
}

// invalid collects what validations of one row found.
type invalid struct {
	sentences, attributes []string
	columns               []string // Of each sentence.
	english               []bool
}

// add notes a sentence that follows the reader's language on the real server.
func (v *invalid) add(attribute, sentence string) {
	v.note(attribute, sentence, false)
}

// addEnglish notes a sentence that the vendor has in English only.
func (v *invalid) addEnglish(attribute, sentence string) {
	v.note(attribute, sentence, true)
}

func (v *invalid) note(attribute, sentence string, english bool) {
	v.sentences = append(v.sentences, sentence)
	v.columns = append(v.columns, attribute)

	v.english = append(v.english, english)
	if !slices.Contains(v.attributes, attribute) {
		v.attributes = append(v.attributes, attribute)
	}
}

func (v *invalid) any() bool { return len(v.sentences) > 0 }

// byColumn are the sentences of each column, without the words that name it.
func (v *invalid) byColumn() map[string][]string {
	columns := map[string][]string{}

	for i, column := range v.columns {
		columns[column] = append(columns[column], strings.TrimPrefix(v.sentences[i], humanize(column)+" "))
	}

	return columns
}

// text joins the sentences.
func (v *invalid) text(p *Platform) string { return strings.Join(v.told(p), ", ") }

// told are the sentences, in another language if the switch says so.
func (v *invalid) told(p *Platform) []string {
	sentences := slices.Clone(v.sentences)
	for i := range sentences {
		if p.switches.LocalizedErrors && !v.english[i] {
			sentences[i] = "La valeur n'est pas valable"
		}
	}

	return sentences
}

// reply is nil when nothing was found.
func (v *invalid) reply(p *Platform) *sandbox.Reply {
	if !v.any() {
		return nil
	}

	reply := answer(http.StatusUnprocessableEntity, object{"message": v.text(p), "attributes": v.attributes})

	return &reply
}

// humanize turns a column into the words that start a validation sentence.
func humanize(column string) string {
	words := strings.ReplaceAll(strings.TrimSuffix(column, "_id"), "_", " ")
	return capitalize(words)
}

func capitalize(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// epoch is whole seconds; 0 for a time that never was.
func epoch(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}

	return t.Unix()
}

const isoMillis = "2006-01-02T15:04:05.000Z"

// iso is ISO 8601 with milliseconds, in UTC.
func iso(t time.Time) string { return t.UTC().Format(isoMillis) }

// isoOrNull is null for a time that never was.
func isoOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}

	return iso(t)
}

// orEmpty keeps null out of JSON arrays.
func orEmpty[V any](rows []V) []V {
	if rows == nil {
		return []V{}
	}

	return rows
}

// mapped turns rows into what is sent.
func mapped[V, W any](rows []V, shape func(V) W) []W {
	out := make([]W, len(rows))
	for i, row := range rows {
		out[i] = shape(row)
	}

	return out
}

func deref(s *string) string {
	if s == nil {
		return ""
	}

	return *s
}

// presence is nil for a blank string.
func presence(s *string) *string {
	if s == nil || strings.TrimSpace(*s) == "" {
		return nil
	}

	return s
}

// sortedKeys makes what is said about an object repeatable.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
