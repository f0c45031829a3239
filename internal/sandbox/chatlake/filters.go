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
	filterText   filterKind = iota // Case-insensitive; of several values only the first one counts.
	filterPhone                    // The server adds the plus sign that a number lacks.
	filterChoice                   // Ids, enumerations, booleans.
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
	"is_less_than",
}

type condition struct {
	key, operator string
	values        []string
	kind          filterKind
	custom        bool
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
		isBroken := cond.key == "priority" && !p.has(filterPriority)

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
		_, defined := p.definitionKeys[definitionKey{c.account.id, model, cond.key}]
		if !defined {
			return cond, fmt.Sprintf("Invalid attribute key - [%s]. The key should be one of [%s] or a custom attribute defined in the account.",
				cond.key, strings.Join(keys.names(), ","))
		}

		key.operators, cond.custom = customFilterOperators, true
	}

	cond.kind = key.kind
	if !slices.Contains(key.operators, cond.operator) {
		return cond, fmt.Sprintf("Invalid operator. The allowed operators for %s are [%s].", cond.key, strings.Join(key.operators, ","))
	}

	if cond.kind == filterPhone && !p.has(filterPlus) && strings.HasPrefix(cond.values[0], "+") {
		cond.nothing = true // The server adds another plus sign.
	}

	query, _ := in.values["query_operator"].(string)

	cond.joined = strings.ToUpper(query)
	if cond.joined != "" && cond.joined != "AND" && cond.joined != "OR" {
		return cond, `Query operator must be either "AND" or "OR".`
	}

	cond.or = cond.joined == "OR"

	return cond, ""
}

// readValues takes a list; of several texts only the first one counts. A text alone matches nothing.
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
	case cond.kind == filterDate && !cond.custom:
		at, _ := value.(time.Time)
		return cond.fitsDate(at, now)
	case cond.kind == filterLabels && !cond.custom:
		labels, _ := value.([]string)
		return cond.fitsAny(labels)
	}

	if cond.kind == filterText && !cond.custom {
		cond.values = cond.values[:min(1, len(cond.values))]
	}

	if cond.key == "status" && slices.Contains(cond.values, "all") {
		return cond.operator == "equal_to"
	}

	text := scalarText(value)
	if text == "" {
		return cond.fitsAny(nil)
	}

	return cond.fitsAny([]string{text})
}

func (cond *condition) fitsAny(have []string) bool {
	match := func(compare func(have, want string) bool) bool {
		return !cond.nothing && slices.ContainsFunc(have, func(h string) bool {
			return slices.ContainsFunc(cond.values, func(w string) bool { return compare(cond.fold(h), cond.fold(w)) })
		})
	}
	equal := func(h, w string) bool { return h == w }

	switch cond.operator {
	case "equal_to":
		return match(equal)
	case "not_equal_to":
		return !match(equal)
	case "contains":
		return match(strings.Contains)
	case "does_not_contain":
		return !match(strings.Contains)
	case "starts_with":
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

func (cond *condition) fold(text string) string {
	switch {
	case cond.kind == filterPhone && text != "" && !strings.HasPrefix(text, "+"):
		return "+" + text
	case cond.kind == filterText:
		return strings.ToLower(text)
	}

	return text
}

func (cond *condition) fitsDate(at, now time.Time) bool {
	if at.IsZero() {
		return false
	}

	day := func(layout string) (time.Time, error) { return time.Parse(layout, cond.values[0]) }

	limit, err := day(time.DateOnly)
	if err != nil {
		limit, err = day(time.RFC3339)
	}

	switch cond.operator {
	case "is_greater_than":
		return err == nil && at.After(limit)
	case "is_less_than":
		return err == nil && at.Before(limit)
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
