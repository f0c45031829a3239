package wirejson_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// decode reads {"v": raw} into a field, as every type is used.
func decode[T any](t *testing.T, raw string) (T, error) {
	t.Helper()

	var outer struct {
		V T `json:"v"`
	}

	err := json.Unmarshal([]byte(`{"v":`+raw+`}`), &outer)

	return outer.V, err
}

func expect[T any](t *testing.T, raw string, want T) {
	t.Helper()

	got, err := decode[T](t, raw)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s is read as %#v (%v), want %#v", raw, got, err, want)
	}
}

func refuse[T any](t *testing.T, raw string) {
	t.Helper()

	got, err := decode[T](t, raw)
	if err == nil {
		t.Errorf("%s is read as %#v, want an error", raw, got)
	}

	if err != nil && strings.Contains(err.Error(), "Ana") {
		t.Errorf("the error quotes what it could not read: %v", err)
	}
}

func TestScalars(t *testing.T) {
	for raw, want := range map[string]wirejson.Text{`"x"`: "x", `7`: "7", `12345678901234567890`: "12345678901234567890", `1e3`: "1000", `1.5`: "1.5", `true`: "true", `null`: "", `""`: "", `1e999999`: "1e999999"} {
		expect(t, raw, want)
	}

	for raw, want := range map[string]wirejson.ID{`42`: 42, `"42"`: 42, `null`: 0, `""`: 0, `4.2e1`: 42} {
		expect(t, raw, want)
	}

	for raw, want := range map[string]wirejson.Loose{`"x"`: "x", `[1, 2]`: "[1, 2]", `{"a":1}`: `{"a":1}`, `null`: ""} {
		expect(t, raw, want)
	}

	for raw, want := range map[string]wirejson.Flag{`true`: true, `"True"`: true, `1`: true, `"1"`: true, `false`: false, `null`: false, `{}`: false, `"yes"`: false} {
		expect(t, raw, want)
	}

	for _, raw := range []string{`{"a":"Ana"}`, `["Ana"]`} {
		refuse[wirejson.Text](t, raw)
		refuse[wirejson.ID](t, raw)
	}

	refuse[wirejson.ID](t, `"Ana"`)
	refuse[wirejson.ID](t, `1.5`)
}

func TestTime(t *testing.T) {
	at := time.Date(2026, 1, 31, 9, 30, 0, 0, time.UTC)
	for _, raw := range []string{
		`1769851800`, `"1769851800"`, `1769851800.0`, `1769851800000`, `"2026-01-31T09:30:00Z"`, `"2026-01-31T10:30:00+01:00"`,
		`"2026-01-31T09:30:00"`, `"2026-01-31 09:30:00"`, `"2026-01-31 09:30:00 UTC"`,
	} {
		expect(t, raw, wirejson.Time{Time: at})
	}

	expect(t, `1769851800.25`, wirejson.Time{Time: at.Add(250 * time.Millisecond)})
	expect(t, `"2026-01-31"`, wirejson.Time{Time: at.Truncate(24 * time.Hour)})

	for _, raw := range []string{`null`, `0`, `""`, `-1`, `"tomorrow"`, `{}`, `[]`, `1e300`, `"NaN"`} {
		expect(t, raw, wirejson.Time{})
	}
}

func TestContainers(t *testing.T) {
	expect(t, `{"n": 12345678901234567890, "o": {"m": 0.1}}`,
		wirejson.Object{"n": json.Number("12345678901234567890"), "o": map[string]any{"m": json.Number("0.1")}})
	expect(t, `[1, "x", null]`, wirejson.List{json.Number("1"), "x", nil})
	expect(t, `{"a": "x", "b": 7, "c": [1], "d": null}`, wirejson.Pairs{"a": "x", "b": "7", "c": "[1]"})
	expect(t, `["a", 7, "", null]`, wirejson.Texts{"a", "7"})
	expect(t, `"a"`, wirejson.Texts{"a"})

	for _, raw := range []string{`null`, `""`, `[ ]`} {
		expect(t, raw, wirejson.Object(nil))
		expect(t, raw, wirejson.Pairs(nil))
		expect(t, raw, wirejson.Texts(nil))
		expect(t, raw, wirejson.Maybe[struct{ A int }]{})
	}

	for _, raw := range []string{`"Ana"`, `["Ana"]`, `7`} {
		refuse[wirejson.Object](t, raw)
		refuse[wirejson.Pairs](t, raw)
		refuse[wirejson.Maybe[struct{ A int }]](t, raw)
	}

	refuse[wirejson.List](t, `"Ana"`)
}

type person struct {
	ID   wirejson.ID   `json:"id"`
	Name wirejson.Text `json:"name"`
	Tags wirejson.Texts
}

func (p person) Check() error {
	if p.ID == 0 {
		return errors.New("it has no id")
	}

	return nil
}

func TestOneOrMany(t *testing.T) {
	one, two := person{ID: 1, Name: "one"}, person{ID: 2, Name: "two"}
	expect(t, `{"id": 1, "name": "one"}`, wirejson.OneOrMany[person]{one})
	expect(t, `[{"id": 1, "name": "one"}, null, {"id": "2", "name": "two"}]`, wirejson.OneOrMany[person]{one, two})
	expect(t, `""`, wirejson.OneOrMany[person](nil))
	refuse[wirejson.OneOrMany[person]](t, `["Ana"]`)

	// A list in a row in a list: no decoder may overwrite what another one still has to read.
	type row struct {
		People wirejson.OneOrMany[person]
		After  string
	}

	expect(t, `[{"People": [{"id": 1, "name": "one"}, {"id": 2, "name": "two"}], "After": "]},{"}]`,
		wirejson.OneOrMany[row]{{wirejson.OneOrMany[person]{one, two}, "]},{"}})
}

func TestRows(t *testing.T) {
	rows, err := decode[wirejson.Rows[person]](t, `[
		{"id": 1, "name": "one"}, {"id": 2, "name": {"first": "Ana"}}, null, {"name": "Ana"}, ["Ana"], {"id": 3, "name": "x \"] , {"}]`)
	if err != nil || !reflect.DeepEqual(rows.Good, []person{{ID: 1, Name: "one"}, {ID: 3, Name: `x "] , {`}}) {
		t.Fatalf("the good rows are %v, %v", rows.Good, err)
	}

	var said []string
	for _, odd := range rows.Odd {
		said = append(said, odd.Error())
	}

	want := "row 2 of the list, with the id 2, cannot be read: it is neither a text nor a number\n" +
		"row 3 of the list cannot be read: it is null\n" +
		"row 4 of the list cannot be read: it has no id\n" +
		"row 5 of the list cannot be read: it is of the type array"
	got := strings.Join(said, "\n")
	if got != want {
		t.Errorf("the odd rows are\n%s\nwant\n%s", got, want)
	}

	missing := rows.Missing("2")
	if missing == nil || !strings.Contains(missing.Error(), "with the id 2") {
		t.Errorf("the row with the id 2 is missing because of %v", missing)
	}

	missing = rows.Missing("9")
	if missing == nil || !strings.Contains(missing.Error(), "row 3") {
		t.Errorf("an object may be one of the rows without an id: %v", missing)
	}

	empty, err := decode[wirejson.Rows[person]](t, `[ ]`)
	if err != nil || empty.Good == nil || len(empty.Good) > 0 || empty.Missing("9") != nil {
		t.Errorf("the empty list is %v, %v", empty, err)
	}

	refuse[wirejson.Rows[person]](t, `null`)
	refuse[wirejson.Rows[person]](t, `{"0": "Ana"}`)
	refuse[wirejson.Rows[person]](t, `[`+strings.Repeat(`{"id":1},`, wirejson.MaxRows)+`{"id":1}]`)
}

func TestCheck(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

	for _, raw := range []string{`{"a": "[[[{{{,,,\\\"[["}`, deep(wirejson.MaxDepth), "[" + strings.Repeat("0,", wirejson.MaxValues-2) + "0]"} {
		if err := wirejson.Check([]byte(raw)); err != nil {
			t.Errorf("%.40s: %v", raw, err)
		}
	}

	for _, raw := range []string{deep(wirejson.MaxDepth + 1), "[" + strings.Repeat("{},", wirejson.MaxValues) + "{}]"} {
		if wirejson.Check([]byte(raw)) == nil {
			t.Errorf("%.40s is accepted", raw)
		}
	}
}

// TestCheck_memory refuses 32 MiB of empty objects without allocating anything.
func TestCheck_memory(t *testing.T) {
	raw := []byte("[" + strings.Repeat("{},", 32<<20/3) + "{}]")

	var before, after runtime.MemStats

	runtime.ReadMemStats(&before)

	err := wirejson.Check(raw)

	runtime.ReadMemStats(&after)

	if err == nil || after.TotalAlloc-before.TotalAlloc > 1<<20 {
		t.Errorf("%v after %d bytes", err, after.TotalAlloc-before.TotalAlloc)
	}
}

func TestNullable(t *testing.T) {
	type request struct {
		A wirejson.Nullable[string] `json:"a,omitzero"`
		B wirejson.Nullable[string] `json:"b,omitzero"`
		C wirejson.Nullable[string] `json:"c,omitzero"`
		D wirejson.Nullable[[]int]  `json:"d,omitzero"`
	}

	raw, err := json.Marshal(request{A: wirejson.Set("x"), B: wirejson.Null[string](), D: wirejson.Set([]int{})})
	got, want := string(raw), `{"a":"x","b":null,"d":[]}`
	if err != nil || got != want {
		t.Errorf("%s, want %s (%v)", got, want, err)
	}

	value := wirejson.Set("x").Value()
	if value == nil || *value != "x" {
		t.Errorf("the value is %v", value)
	}
}

// FuzzEachElement compares the elements with those that encoding/json finds.
func FuzzRows(f *testing.F) {
	for _, seed := range []string{`[]`, `null`, `[{"id":1},{"id":"x"},3,null]`, `[{"id":1}`, `{"id":1}`, `[[[[]]]]`, "[{\"id\":1e400}]", `[{"id":1,"id":2}]`} {
		f.Add([]byte(seed))
	}

	f.Fuzz(func(t *testing.T, raw []byte) {
		var rows wirejson.Rows[struct {
			ID int `json:"id"`
		}]

		var elements []json.RawMessage

		err := json.Unmarshal(raw, &rows)
		if json.Unmarshal(raw, &elements) == nil && err == nil && rows.Len() != len(elements) {
			t.Fatalf("%q has %d elements, and %d rows", raw, len(elements), rows.Len())
		}
	})
}

func FuzzEachElement(f *testing.F) {
	for _, seed := range []string{`[]`, `[1]`, `[ {"a":"]"} , "," ]`, `["\\\"", [[],[1]], null]`, `[""]`} {
		f.Add(seed)
	}

	f.Fuzz(func(t *testing.T, text string) {
		var want []json.RawMessage
		if json.Unmarshal([]byte(text), &want) != nil || want == nil {
			return
		}

		var got []json.RawMessage

		err := wirejson.EachElement([]byte(text), func(element json.RawMessage) error {
			got = append(got, element)
			return nil
		})
		if err != nil || fmt.Sprintf("%s", got) != fmt.Sprintf("%s", want) {
			t.Fatalf("%s has the elements %s (%v), want %s", text, got, err, want)
		}
	})
}
