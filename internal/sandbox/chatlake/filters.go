package chatlake

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// filterKind says how a column is compared.
type filterKind int

const (
	filterText   filterKind = iota // Case-insensitive; of several values only the first one can be equal.
	filterExact                    // As filterText, but equal only if the case is the same.
	filterPhone                    // The server adds the plus sign that a number lacks.
	filterChoice                   // Enumerations and booleans.
	filterID                       // The database takes numbers only, and knows no parts of them.
	filterLabels
	filterDate
)

// filterKey is one column that a filter knows. Operators are those that the server allows, in its order.
type filterKey struct {
	name      string
	kind      filterKind
	operators []string
}

// filterKeys are in the order in which the server lists them.
type filterKeys []filterKey

func (keys filterKeys) find(name string) (filterKey, bool) {
	for _, key := range keys {
		if key.name == name {
			return key, true
		}
	}

	return filterKey{}, false
}

func (keys filterKeys) names() []string {
	return mapped(keys, func(key filterKey) string { return key.name })
}

// rename returns the keys with another name for one of them.
func (keys filterKeys) rename(from, to string) filterKeys {
	return mapped(keys, func(key filterKey) filterKey {
		if key.name == from {
			key.name = to
		}

		return key
	})
}

// Operators by what a key holds, as the server's filter keys have them.
var (
	equality    = []string{"equal_to", "not_equal_to"}
	containment = []string{"equal_to", "not_equal_to", "contains", "does_not_contain"}
	presences   = []string{"equal_to", "not_equal_to", "is_present", "is_not_present"}
	phoneWords  = []string{"equal_to", "not_equal_to", "contains", "does_not_contain", "starts_with"}
	dateWords   = []string{"is_greater_than", "is_less_than", "days_before"}
)

// customFilterOperators are those of custom attributes, whatever their type.
var customFilterOperators = []string{
	"equal_to", "not_equal_to", "contains", "does_not_contain", "is_present", "is_not_present", "is_greater_than",
	"is_less_than", "days_before", "starts_with",
}

type condition struct {
	key, operator string
	values        []string
	kind          filterKind
	custom        string // The display type of a custom attribute.
	model         string // What has the custom attribute.
	nothing       bool   // The values match nothing.
	joined        string // How the next one is joined: AND, OR or not at all.
	or            bool
}

// filter is a list of conditions; AND binds tighter than OR, as in the query that the server builds.
type filter struct {
	conditions []condition
	now        time.Time
}

// readFilter reads {"payload":[...]}; what the server refuses is a 422 and a client's mistake.
func (p *Platform) readFilter(c *call, keys filterKeys, model string) (*filter, *sandbox.Reply) {
	in, refused := read(c.Request, "payload*")
	if refused != nil {
		return nil, refused
	}

	rows, sent := in.list("payload")
	if !sent {
		reply := crash(c.Request, "a filter without payload")
		return nil, &reply
	}

	f := &filter{now: p.core.Now()}

	for i, row := range rows {
		values, _ := row.(object)
		one := &input{req: c.Request, values: maps.Clone(values)}
		one.keep([]string{
			"attribute_key", "filter_operator", "values*", "query_operator", "custom_attribute_type", "attribute_model",
		})

		cond, problem := p.readCondition(c, one, keys, model)
		if problem != "" {
			c.Complain("filter: %s", problem)
			return nil, refuse(http.StatusUnprocessableEntity, problem)
		}

		isLast := i == len(rows)-1
		isBroken := cond.key == "priority" && !p.has(filterPriority) || cond.breaks()

		if isBroken || cond.joined == "" && !isLast || cond.operator == "days_before" && p.has(filterDaysBroken) {
			reply := crash(c.Request, "filter: the server makes no query of condition %d", i)
			return nil, &reply
		}

		f.conditions = append(f.conditions, cond)
	}

	return f, nil
}

// readCondition checks in the server's order: values, key, operator, and how the next condition is joined.
func (p *Platform) readCondition(c *call, in *input, keys filterKeys, model string) (condition, string) {
	var cond condition

	cond.key, _ = in.values["attribute_key"].(string)
	cond.operator, _ = in.values["filter_operator"].(string)
	cond.readValues(in.values["values"])

	if len(cond.values) == 0 && cond.operator != "is_present" && cond.operator != "is_not_present" {
		return cond, fmt.Sprintf("Invalid value. The values provided for %s are invalid", cond.key)
	}

	key, isStandard := keys.find(cond.key)
	if !isStandard {
		d, defined := p.definitions.Get(p.definitionKeys[definitionKey{c.account.id, model, cond.key}])
		if !defined {
			return cond, fmt.Sprintf("Invalid attribute key - [%s]. The key should be one of [%s] or a custom attribute defined in the account.",
				cond.key, strings.Join(keys.names(), ","))
		}

		key.operators, cond.custom, cond.model = customFilterOperators, d.DisplayType, model
	}

	cond.kind = key.kind
	if !slices.Contains(key.operators, cond.operator) {
		return cond, fmt.Sprintf("Invalid operator. The allowed operators for %s are [%s].", cond.key, strings.Join(key.operators, ","))
	}

	if cond.kind == filterPhone && !p.has(filterPlus) && strings.HasPrefix(cond.values[0], "+") {
		cond.nothing = true // The server adds another plus sign.
	}

	isBound := cond.operator == "is_greater_than" || cond.operator == "is_less_than"
	if isBound && p.has(filterBounds) && !cond.hasBound() {
		return cond, fmt.Sprintf("Invalid value. The values provided for %s are invalid", cond.key)
	}

	query, _ := in.values["query_operator"].(string)

	cond.joined = strings.ToUpper(query)
	if cond.joined != "" && cond.joined != "AND" && cond.joined != "OR" {
		return cond, `Query operator must be either "AND" or "OR".`
	}

	cond.or = cond.joined == "OR"

	return cond, ""
}

// hasBound reports whether the server can compare the value: numbers and dates only.
func (cond *condition) hasBound() bool {
	if cond.custom == "number" {
		_, err := strconv.ParseFloat(cond.values[0], 64)
		return err == nil
	}

	_, isDate := readDate(cond.values[0])

	return isDate && (cond.custom == "date" || cond.custom == "" && cond.kind == filterDate)
}

// breaks reports whether the database refuses the query that the server makes: it has no such operator for the column, or the
// value is none of the column's.
func (cond *condition) breaks() bool {
	isPart := cond.operator == "contains" || cond.operator == "does_not_contain"

	switch cond.custom {
	case "":
		isNumber := !slices.ContainsFunc(cond.values, func(text string) bool { _, err := strconv.Atoi(text); return err != nil })

		return cond.kind == filterID && (isPart || !isNumber)
	case "currency", "percent":
		return true
	case "number", "checkbox", "date":
		_, err := strconv.ParseFloat(strings.Join(cond.values, ""), 64)
		isStart := cond.operator == "starts_with" && cond.custom != "date" && cond.model == "conversation_attribute"

		return isPart || isStart || cond.operator == "days_before" || cond.custom == "number" && len(cond.values) > 0 && err != nil
	default:
		return cond.operator == "days_before"
	}
}

// readValues takes a list; of several texts only the first one can be equal. A text alone matches nothing.
func (cond *condition) readValues(value any) {
	rows, isList := value.([]any)
	if !isList && value != nil && value != "" {
		cond.values, cond.nothing = []string{scalarText(value)}, true
		return
	}

	for _, row := range rows {
		cond.values = append(cond.values, scalarText(row))
	}
}

// scalarText is a JSON scalar as the database compares it.
func scalarText(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case *string:
		return deref(value)
	case json.Number:
		return value.String()
	case object: // Choices come as {"id":..., "name":...} from the vendor's own pages.
		return scalarText(value["id"])
	default:
		return fmt.Sprint(value)
	}
}

// fits asks value for each key and joins the answers.
func (f *filter) fits(value func(key string) any) bool {
	group, fits := true, len(f.conditions) == 0
	for _, cond := range f.conditions {
		group = group && cond.fits(value(cond.key), f.now)
		if cond.or {
			fits, group = fits || group, true
		}
	}

	return fits || len(f.conditions) > 0 && !f.conditions[len(f.conditions)-1].or && group
}

func (cond *condition) fits(value any, now time.Time) bool {
	switch {
	case cond.kind == filterDate && cond.custom == "":
		at, _ := value.(time.Time)
		return cond.fitsDate(at, now)
	case cond.kind == filterLabels && cond.custom == "":
		labels, _ := value.([]string)
		return cond.fitsAny(labels)
	}

	if cond.key == "status" && slices.Contains(cond.values, "all") {
		return cond.operator == "equal_to"
	}

	text := scalarText(value)
	isPresence := cond.operator == "is_present" || cond.operator == "is_not_present"
	isUnequal := cond.custom != "" && cond.operator == "not_equal_to"

	switch {
	case text == "" && !isPresence && !isUnequal:
		return false // The database compares nothing with null.
	case text == "":
		return cond.fitsAny(nil)
	case cond.custom == "date":
		at, _ := readDate(text)
		return cond.fitsDay(text, at)
	}

	return cond.fitsAny([]string{text})
}

// fitsDay compares days that are custom attributes.
func (cond *condition) fitsDay(text string, at time.Time) bool {
	limit, isDate := time.Time{}, false
	if len(cond.values) > 0 {
		limit, isDate = readDate(cond.values[0])
	}

	switch cond.operator {
	case "is_greater_than":
		return isDate && at.After(limit)
	case "is_less_than":
		return isDate && at.Before(limit)
	default:
		return cond.fitsAny([]string{text})
	}
}

func readDate(text string) (time.Time, bool) {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		at, err = time.Parse(time.RFC3339, text)
	}

	return at, err == nil
}

func (cond *condition) fitsAny(have []string) bool {
	match := func(compare func(have, want string) bool) bool {
		return !cond.nothing && slices.ContainsFunc(have, func(h string) bool {
			return slices.ContainsFunc(cond.values, func(w string) bool { return compare(cond.fold(h), cond.fold(w)) })
		})
	}
	same := func() bool {
		return !cond.nothing && slices.ContainsFunc(have, func(h string) bool {
			return slices.ContainsFunc(cond.equals(), func(w string) bool {
				return h == w || cond.kind != filterExact && cond.fold(h) == cond.fold(w)
			})
		})
	}

	switch cond.operator {
	case "equal_to":
		return same()
	case "not_equal_to":
		return !same()
	case "contains":
		return match(strings.Contains)
	case "does_not_contain":
		return !match(strings.Contains)
	case "starts_with":
		if cond.custom != "" { // The server forgets the wildcard.
			return same()
		}

		return match(strings.HasPrefix)
	case "is_present":
		return len(have) > 0
	case "is_not_present":
		return len(have) == 0
	case "is_greater_than":
		return match(func(h, w string) bool { return compareLoose(h, w) > 0 })
	case "is_less_than":
		return match(func(h, w string) bool { return compareLoose(h, w) < 0 })
	}

	return false
}

// equals are the values that can be equal.
func (cond *condition) equals() []string {
	isText := cond.custom == "" && (cond.kind == filterText || cond.kind == filterExact)
	if isText {
		return cond.values[:min(1, len(cond.values))]
	}

	return cond.values
}

func (cond *condition) fold(text string) string {
	switch {
	case cond.kind == filterPhone && text != "" && !strings.HasPrefix(text, "+"):
		return "+" + text
	case cond.kind == filterText || cond.kind == filterExact:
		return strings.ToLower(text)
	}

	return text
}

func (cond *condition) fitsDate(at, now time.Time) bool {
	if at.IsZero() {
		return false
	}

	limit, isDate := readDate(cond.values[0])

	switch cond.operator {
	case "is_greater_than":
		return isDate && at.After(limit)
	case "is_less_than":
		return isDate && at.Before(limit)
	default:
		days, err := strconv.Atoi(cond.values[0])
		return err == nil && at.Before(now.AddDate(0, 0, -days))
	}
}

// compareLoose compares numbers as numbers and anything else as text.
func compareLoose(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)

	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		return strings.Compare(a, b)
	}

	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}

	return 0
}
