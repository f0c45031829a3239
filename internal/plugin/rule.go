package plugin

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/vmihailenco/msgpack/v5"
)

// rule says when the modifiers and defaults of an attribute may plan something else although Terraform proposes what the
// state has. Nil is never. It is read off what the attribute declares.
type rule struct {
	// unknown says that it may be at any time, unless the state has no value.
	unknown bool
	// removed says that it may be where the configuration has no value and the state has one; clears, that it may be there
	// if this is true of the private state and the name of the attribute that it is in.
	removed bool
	clears  func(private map[string][]byte, name string) bool
	// absent says that it may be where the state has no value.
	absent bool
	// initial is what is planned where the configuration has no value; nil is nothing of the kind. A new version of the
	// provider may have another one.
	initial any
	// members are of an object, elements of the objects in a list or a map.
	members  map[string]*rule
	elements *rule
}

// ruleOf returns the rule of an attribute. The kinds of attributes have no interface for what they declare: their fields are
// looked at.
func ruleOf(ctx context.Context, attribute reflect.Value) *rule {
	for attribute.Kind() == reflect.Interface || attribute.Kind() == reflect.Pointer {
		attribute = attribute.Elem()
	}

	if attribute.Kind() != reflect.Struct || !attribute.FieldByName("PlanModifiers").IsValid() {
		return &rule{unknown: true}
	}

	var found rule

	found.addDefault(ctx, attribute.FieldByName("Default"))
	found.addModifiers(attribute.FieldByName("PlanModifiers"))

	inner := attribute.FieldByName("Attributes")
	if inner.IsValid() {
		found.addMembers(ctx, inner)
	}

	object := attribute.FieldByName("NestedObject")
	if object.IsValid() {
		var elements rule

		elements.addModifiers(object.FieldByName("PlanModifiers"))
		elements.addMembers(ctx, object.FieldByName("Attributes"))

		if !elements.isNever() {
			found.elements = &elements
		}
		// The elements of a set have no place at which to compare them.
		found.unknown = found.unknown || found.elements != nil && strings.Contains(attribute.Type().Name(), "Set")
	}

	if found.isNever() {
		return nil
	}

	return &found
}

func (r *rule) isNever() bool {
	return !r.unknown && !r.removed && r.clears == nil && !r.absent && r.initial == nil && len(r.members) == 0 && r.elements == nil
}

func (r *rule) addDefault(ctx context.Context, value reflect.Value) {
	if !value.IsValid() || value.IsZero() {
		return
	}

	switch byDefault := value.Interface().(type) {
	case defaults.String:
		var resp defaults.StringResponse

		byDefault.DefaultString(ctx, defaults.StringRequest{}, &resp)
		r.initial = resp.PlanValue.ValueString()
	case defaults.Bool:
		var resp defaults.BoolResponse

		byDefault.DefaultBool(ctx, defaults.BoolRequest{}, &resp)
		r.initial = resp.PlanValue.ValueBool()
	default:
		r.removed, r.absent = true, true // What it is is not compared.
	}
}

func (r *rule) addModifiers(modifiers reflect.Value) {
	if !modifiers.IsValid() {
		return
	}

	for i := range modifiers.Len() {
		switch modifier := modifiers.Index(i).Interface().(type) {
		case changesActor:
		case interface{ ActsOnRemovedOnly() }:
			r.removed = true
		case interface {
			Clears(private map[string][]byte, name string) bool
		}:
			r.clears = modifier.Clears
		case interface{ ActsOnAbsentOnly() }:
			r.absent = true
		case interface{ ActsOnRemovedMembersOnly() []string }:
			for _, name := range modifier.ActsOnRemovedMembersOnly() {
				r.member(name).removed = true
			}
		default:
			isFramework := strings.HasPrefix(reflect.TypeOf(modifier).PkgPath(), reflect.TypeFor[schema.Schema]().PkgPath()+"/")
			r.unknown = r.unknown || !isFramework
		}
	}
}

func (r *rule) addMembers(ctx context.Context, attributes reflect.Value) {
	for _, name := range attributes.MapKeys() {
		found := ruleOf(ctx, attributes.MapIndex(name))
		if found == nil {
			continue
		}

		known := r.member(name.String())
		found.removed = found.removed || known.removed
		*known = *found
	}
}

// member returns the rule of a member of an object.
func (r *rule) member(name string) *rule {
	if r.members == nil {
		r.members = map[string]*rule{}
	}

	if r.members[name] == nil {
		r.members[name] = &rule{}
	}

	return r.members[name]
}

// something stands for a value of which only matters that there is one.
type something struct{}

// origin is where a value is in an object.
type origin struct {
	// private is the object's private state, and name the attribute that the value is or is in.
	private func() map[string][]byte
	name    string
}

// mayAct reports whether the plan may differ from the state's value. Values are as msgpack decodes them.
func (r *rule) mayAct(of origin, config, state any) bool {
	switch {
	case r == nil:
		return false
	case state == nil:
		return config == nil && (r.absent || r.initial != nil)
	case r.unknown, config == nil && (r.removed || r.initial != nil && state != r.initial || r.clears != nil && r.clears(of.private(), of.name)):
		return true
	}

	configured, _ := config.(map[string]any)
	stored, _ := state.(map[string]any)

	for name, member := range r.members {
		if member.mayAct(of, configured[name], stored[name]) {
			return true
		}
	}

	return r.elements != nil && r.elementsMayAct(of, config, state)
}

func (r *rule) elementsMayAct(of origin, config, state any) bool {
	switch stored := state.(type) {
	case []any:
		configured, _ := config.([]any)

		for i, element := range stored {
			var one any
			if i < len(configured) {
				one = configured[i]
			}

			if r.elements.mayAct(of, one, element) {
				return true
			}
		}

		return false
	case map[string]any:
		configured, _ := config.(map[string]any)

		for key, element := range stored {
			if r.elements.mayAct(of, configured[key], element) {
				return true
			}
		}

		return false
	default:
		return true
	}
}

// mayChange reports whether an object may be planned otherwise although Terraform proposes what the state has.
func (d *declared) mayChange(config, state, private []byte) bool {
	if len(d.rules) == 0 {
		return false
	}

	configured, err := d.valuesOf(config)
	if err != nil {
		return true
	}

	stored, err := d.valuesOf(state)
	if err != nil {
		return true
	}

	kept := sync.OnceValue(func() map[string][]byte {
		var values map[string][]byte

		err := json.Unmarshal(private, &values)
		if err != nil {
			return nil // As if there were none.
		}

		return values
	})

	for name, r := range d.rules {
		if r.mayAct(origin{kept, name}, configured[name], stored[name]) {
			return true
		}
	}

	return false
}

// valuesOf returns the values of an object that have rules, without decoding the others. What is not known is an error.
func (d *declared) valuesOf(raw []byte) (map[string]any, error) {
	decoder := msgpack.NewDecoder(bytes.NewReader(raw))

	count, err := decoder.DecodeMapLen()
	if err != nil {
		return nil, err
	}

	found := make(map[string]any, len(d.rules))

	for range count {
		name, err := decoder.DecodeString()
		if err != nil {
			return nil, err
		}

		r := d.rules[name]
		if r != nil && (r.members != nil || r.elements != nil || r.initial != nil) {
			found[name], err = decoder.DecodeInterface()
			if err != nil {
				return nil, err
			}

			continue
		}

		code, err := decoder.PeekCode()
		if err != nil {
			return nil, err
		}

		const null = 0xc0
		if r != nil && code != null {
			found[name] = something{}
		}

		if err := decoder.Skip(); err != nil {
			return nil, err
		}
	}

	return found, nil
}
