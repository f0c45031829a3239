package acctest

import (
	"cmp"
	"encoding/json"
	"maps"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// prior returns the object's state, null if there is none.
func (p *Protocol) prior(o Object) tftypes.Value {
	if o.State.Type() == nil {
		return tftypes.NewValue(p.valueType(o.Type), nil)
	}

	return o.State
}

// proposed merges configuration and state as Terraform does: what is computed and not configured stays as it was, and is
// unknown in a new object. Write-only values are in the configuration alone.
func (p *Protocol) proposed(prior Object, config Values) tftypes.Value {
	p.t.Helper()

	kind := p.valueType(prior.Type)
	if config == nil {
		return tftypes.NewValue(kind, nil)
	}

	var attributes, before map[string]tftypes.Value
	p.must(p.value(kind, config).As(&attributes))

	if !prior.Gone() {
		p.must(prior.State.As(&before))
	}

	for _, attribute := range p.schema.ResourceSchemas[prior.Type].Block.Attributes {
		value := attributes[attribute.Name]
		switch {
		case attribute.WriteOnly:
			attributes[attribute.Name] = tftypes.NewValue(value.Type(), nil)
		case !attribute.Computed || !value.IsNull():
		case before != nil:
			attributes[attribute.Name] = before[attribute.Name]
		default:
			attributes[attribute.Name] = tftypes.NewValue(attribute.ValueType(), tftypes.UnknownValue)
		}
	}

	return tftypes.NewValue(kind, attributes)
}

func (p *Protocol) pack(value tftypes.Value) *tfprotov6.DynamicValue {
	p.t.Helper()

	packed, err := tfprotov6.NewDynamicValue(value.Type(), value)
	p.must(err)

	return &packed
}

func (p *Protocol) unpack(value *tfprotov6.DynamicValue, kind tftypes.Type) tftypes.Value {
	p.t.Helper()

	if value == nil {
		return tftypes.NewValue(kind, nil)
	}

	unpacked, err := value.Unmarshal(kind)
	p.must(err)

	return unpacked
}

// value turns a Go value into one of the given type.
func (p *Protocol) value(kind tftypes.Type, v any) tftypes.Value {
	p.t.Helper()

	_, unknown := v.(Unknown)
	if unknown {
		return tftypes.NewValue(kind, tftypes.UnknownValue)
	}

	if fields, ok := v.(Values); v == nil || ok && fields == nil {
		return tftypes.NewValue(kind, nil)
	}

	switch kind := kind.(type) {
	case tftypes.Object:
		fields, ok := v.(Values)
		if !ok {
			p.t.Fatalf("%#v is no object", v)
		}

		return p.object(kind, fields)
	case tftypes.Map:
		return tftypes.NewValue(kind, p.each(kind.ElementType, v))
	case tftypes.List:
		return tftypes.NewValue(kind, p.elements(kind.ElementType, v))
	case tftypes.Set:
		return tftypes.NewValue(kind, inOrder(p.elements(kind.ElementType, v)))
	}

	if kind.Is(tftypes.DynamicPseudoType) {
		return p.free(v)
	}

	return tftypes.NewValue(kind, v)
}

func (p *Protocol) object(kind tftypes.Object, fields Values) tftypes.Value {
	p.t.Helper()

	left := maps.Clone(fields)

	values := map[string]tftypes.Value{}
	for name, inner := range kind.AttributeTypes {
		values[name] = p.value(inner, fields[name])
		delete(left, name)
	}

	if len(left) > 0 {
		p.t.Fatalf("there are no attributes %v", left)
	}

	return tftypes.NewValue(kind, values)
}

func (p *Protocol) each(kind tftypes.Type, v any) map[string]tftypes.Value {
	p.t.Helper()

	fields, ok := v.(Values)
	if !ok {
		p.t.Fatalf("%#v is no map", v)
	}

	values := map[string]tftypes.Value{}
	for key, inner := range fields {
		values[key] = p.value(kind, inner)
	}

	return values
}

func (p *Protocol) elements(kind tftypes.Type, v any) []tftypes.Value {
	p.t.Helper()

	rows, ok := v.([]any)
	if !ok {
		p.t.Fatalf("%#v is no list", v)
	}

	values := make([]tftypes.Value, len(rows))
	for i, inner := range rows {
		values[i] = p.value(kind, inner)
	}

	return values
}

// inOrder sorts the elements of a set as Terraform does: texts by their bytes, and what is unknown at the end.
func inOrder(elements []tftypes.Value) []tftypes.Value {
	slices.SortStableFunc(elements, func(a, b tftypes.Value) int {
		var x, y string
		if !a.IsKnown() || !b.IsKnown() {
			return cmp.Compare(isOpen(a), isOpen(b))
		}

		if a.As(&x) != nil || b.As(&y) != nil {
			return 0
		}

		return cmp.Compare(x, y)
	})

	return elements
}

func isOpen(v tftypes.Value) int {
	if v.IsKnown() {
		return 0
	}

	return 1
}

// free gives a value the type that HCL would.
func (p *Protocol) free(v any) tftypes.Value {
	p.t.Helper()

	switch v := v.(type) {
	case tftypes.Value: // A value of a type that no literal has, such as an empty map.
		return v
	case string:
		return tftypes.NewValue(tftypes.String, v)
	case bool:
		return tftypes.NewValue(tftypes.Bool, v)
	case int, int64, float64, *big.Float:
		return tftypes.NewValue(tftypes.Number, v)
	case []any:
		values := p.freeAll(v)

		types := make([]tftypes.Type, len(values))
		for i := range values {
			types[i] = values[i].Type()
		}

		return tftypes.NewValue(tftypes.Tuple{ElementTypes: types}, values)
	case Values:
		values, types := map[string]tftypes.Value{}, map[string]tftypes.Type{}
		for name, inner := range v {
			values[name] = p.free(inner)
			types[name] = values[name].Type()
		}

		return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values)
	case nil:
		return tftypes.NewValue(tftypes.DynamicPseudoType, nil)
	case Unknown:
		return tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)
	default:
		p.t.Fatalf("%#v has no type in HCL", v)
		return tftypes.Value{}
	}
}

func (p *Protocol) freeAll(rows []any) []tftypes.Value {
	values := make([]tftypes.Value, len(rows))
	for i, inner := range rows {
		values[i] = p.free(inner)
	}

	return values
}

// inconsistent returns the path of a value that is not as planned, or "": Terraform wants all that was known then, and that
// everything is known now.
func inconsistent(at string, planned, applied tftypes.Value) string {
	switch {
	case !applied.IsFullyKnown():
		return at + " is unknown"
	case !planned.IsKnown():
		return ""
	case !planned.Type().Equal(applied.Type()):
		return at
	}

	var before, after map[string]tftypes.Value

	isObject := planned.Type().Is(tftypes.Object{}) || planned.Type().Is(tftypes.Map{})
	if !isObject || planned.IsNull() || applied.IsNull() || planned.As(&before) != nil || applied.As(&after) != nil {
		if planned.IsFullyKnown() && !planned.Equal(applied) {
			return at
		}

		return ""
	}

	for name, value := range before {
		where := inconsistent(at+"."+name, value, after[name])
		if where != "" {
			return where
		}
	}

	return ""
}

// storedValue is a value as a state file has it: numbers in their digits, and beside a value of any type, that type.
func storedValue(kind tftypes.Type, value tftypes.Value) any {
	if !value.IsNull() && kind.Is(tftypes.DynamicPseudoType) {
		return Values{"value": storedValue(value.Type(), value), "type": value.Type()}
	}

	plain := plainParts(value, func(name string, part tftypes.Value) any { return storedValue(inside(kind, name), part) })

	number, ok := plain.(*big.Float)
	if ok {
		return json.Number(number.Text('g', -1))
	}

	return plain
}

// plainValue is a value as it is written in a test.
func plainValue(value tftypes.Value) any {
	return plainParts(value, func(_ string, part tftypes.Value) any { return plainValue(part) })
}

// plainParts turns a value into a Go value: its members, by their names, and its elements, which have none, by a function.
// What is null or unknown is nil.
func plainParts(value tftypes.Value, of func(name string, part tftypes.Value) any) any {
	if value.IsNull() || !value.IsKnown() {
		return nil
	}

	var (
		text     string
		flag     bool
		number   big.Float
		elements []tftypes.Value
		members  map[string]tftypes.Value
	)

	switch {
	case value.As(&text) == nil:
		return text
	case value.As(&flag) == nil:
		return flag
	case value.As(&number) == nil:
		return &number
	case value.As(&elements) == nil:
		rows := []any{}
		for _, element := range elements {
			rows = append(rows, of("", element))
		}

		return rows
	case value.As(&members) == nil:
		fields := Values{}
		for name, member := range members {
			fields[name] = of(name, member)
		}

		return fields
	default:
		return nil
	}
}

// inside returns the type of a member of an object, or of the elements of anything else.
func inside(kind tftypes.Type, name string) tftypes.Type {
	switch kind := kind.(type) {
	case tftypes.Object:
		return kind.AttributeTypes[name]
	case tftypes.Map:
		return kind.ElementType
	case tftypes.List:
		return kind.ElementType
	case tftypes.Set:
		return kind.ElementType
	default:
		return tftypes.DynamicPseudoType
	}
}
