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
	filterText      filterKind = iota // Case-insensitive.
	filterExactText                   // Phone numbers: the server adds a missing plus sign.
	filterChoice                      // Ids, enumerations, booleans.
	filterLabels
	filterDate
)

type filterKeys map[string]filterKind

var filterOperators = map[filterKind][]string{
	filterText:      {"equal_to", "not_equal_to", "contains", "does_not_contain", "starts_with", "is_present", "is_not_present"},
	filterExactText: {"equal_to", "not_equal_to", "contains", "does_not_contain", "starts_with", "is_present", "is_not_present"},
	filterChoice:    {"equal_to", "not_equal_to", "is_present", "is_not_present"},
	filterLabels:    {"equal_to", "not_equal_to", "is_present", "is_not_present"},
	filterDate:      {"is_greater_than", "is_less_than", "days_before"},
}

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
	or            bool // How the next one is joined.
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

		cond, problem := p.readCondition(c, one, keys, model, i == len(rows)-1)
		if problem != "" {
			c.Complain("filter: %s", problem)
			return nil, refuse(http.StatusUnprocessableEntity, problem)
		}

		f.conditions = append(f.conditions, cond)
	}

	return f, nil
}

func (p *Platform) readCondition(c *call, in *input, keys filterKeys, model string, last bool) (condition, string) {
	var cond condition

	cond.key, _ = in.values["attribute_key"].(string)
	cond.operator, _ = in.values["filter_operator"].(string)
	kind, standard := keys[cond.key]
	operators := filterOperators[kind]

	if !standard {
		_, defined := p.definitionKeys[definitionKey{c.account.id, model, cond.key}]
		if !defined {
			return cond, fmt.Sprintf("Invalid attribute key - [%s]. The key should be one of [%s] or a custom attribute defined in the account.",
				cond.key, strings.Join(slices.Sorted(maps.Keys(keys)), ","))
		}

		operators, cond.custom = customFilterOperators, true
	}

	cond.kind = kind
	if !slices.Contains(operators, cond.operator) {
		return cond, fmt.Sprintf("Invalid operator. The allowed operators for %s are [%s].", cond.key, strings.Join(operators, ","))
	}

	values, _ := in.values["values"].([]any)
	for _, value := range values {
		cond.values = append(cond.values, scalarText(value))
	}

	if len(cond.values) == 0 && cond.operator != "is_present" && cond.operator != "is_not_present" {
		return cond, fmt.Sprintf("Invalid value. The values provided for %s are invalid", cond.key)
	}

	query, _ := in.values["query_operator"].(string)
	switch strings.ToUpper(query) {
	case "OR":
		cond.or = true
	case "AND":
	case "":
		if !last {
			return cond, `Query operator must be either "AND" or "OR".`
		}
	default:
		return cond, `Query operator must be either "AND" or "OR".`
	}

	return cond, ""
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

	text := scalarText(value)
	if text == "" {
		return cond.fitsAny(nil)
	}

	return cond.fitsAny([]string{text})
}

func (cond *condition) fitsAny(have []string) bool {
	match := func(compare func(have, want string) bool) bool {
		return slices.ContainsFunc(have, func(h string) bool {
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
	case cond.kind == filterExactText && cond.key == "phone_number" && text != "" && !strings.HasPrefix(text, "+"):
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
