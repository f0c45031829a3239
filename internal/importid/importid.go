// Package importid reads the ids that people give to terraform import and to import blocks.
//
// An object is named by its id, such as 42; by the ids of what it is in and its own, such as help/12; or, in place of its
// own id, by a natural key, such as title:vip or help/slug:faq.
package importid

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
)

// Integer is the form of an id on a platform whose ids are integers.
var Integer = regexp.MustCompile(`^[1-9][0-9]{0,17}$`)

// Part is one of the ids that name an object.
type Part struct {
	// Name is the attribute that holds it.
	Name string
	// Form is what it looks like; nil accepts every text without a slash.
	Form *regexp.Regexp
	// Example is shown in errors.
	Example string
}

// Form is what an import of a type accepts.
type Form struct {
	// Type is the resource's type, such as chatlake_label.
	Type string
	// Parts are the ids, the object's own last.
	Parts []Part
	// Keys are the attributes that may stand in place of the object's own id, each with an example.
	Keys []Key
}

// Key is a natural key.
type Key struct{ Name, Example string }

// ID is an import id that has been read.
type ID struct {
	// Parts are the ids by attribute. The object's own is missing if a key stands in its place.
	Parts map[string]string
	// Key and Value are the natural key, if there is one.
	Key, Value string
}

// Parse reads an import id. If it is not of the form, it adds an error that shows each form, and reports false.
func (f Form) Parse(text string, diags *diag.Diagnostics) (ID, bool) {
	id := ID{Parts: map[string]string{}}
	own := len(f.Parts) - 1
	texts := strings.SplitN(text, "/", len(f.Parts))

	valid := len(texts) == len(f.Parts)
	for i, part := range f.Parts {
		if !valid {
			break
		}

		if i == own {
			id.Key, id.Value = f.key(texts[i])
			if id.Key != "" {
				break
			}
		}

		valid = part.accepts(texts[i])
		id.Parts[part.Name] = texts[i]
	}

	if !valid {
		diags.AddError("Invalid import id", fmt.Sprintf("%q is not an import id of %s. Use %s.", text, f.Type, f.forms()))
		return ID{}, false
	}

	return id, true
}

// key splits a natural key, if the text is one.
func (f Form) key(text string) (name, value string) {
	name, value, found := strings.Cut(text, ":")
	if !found || value == "" || !slices.ContainsFunc(f.Keys, func(key Key) bool { return key.Name == name }) {
		return "", ""
	}

	return name, value
}

func (p Part) accepts(text string) bool {
	if p.Form == nil {
		return text != "" && !strings.Contains(text, "/")
	}

	return p.Form.MatchString(text)
}

// forms lists what is accepted, with examples.
func (f Form) forms() string {
	var names, examples []string
	for _, part := range f.Parts {
		names, examples = append(names, part.Name), append(examples, part.Example)
	}

	own := len(examples) - 1
	forms := fmt.Sprintf("%q (%s)", strings.Join(examples, "/"), strings.Join(names, "/"))

	for i, key := range f.Keys {
		join := ", "
		if i == len(f.Keys)-1 {
			join = " or "
		}

		examples[own] = key.Name + ":" + key.Example
		forms += fmt.Sprintf("%s%q", join, strings.Join(examples, "/"))
	}

	return forms
}

// Resolve reads an import id and finds the id of an object that a natural key names. Find returns the ids of the objects
// that have the key; it is called only if there is one. Resolve reports false if it has added an error.
func (f Form) Resolve(ctx context.Context, text string, find func(ctx context.Context, id ID) ([]string, error), diags *diag.Diagnostics) (map[string]string, bool) {
	id, ok := f.Parse(text, diags)
	if !ok || id.Key == "" {
		return id.Parts, ok
	}

	what := noun.Of(f.Type)

	found, err := find(ctx, id)

	switch {
	case err != nil:
		apidiag.Add(diags, fmt.Sprintf("find the %s with %s %q", what, id.Key, id.Value), err)
	case len(found) == 0:
		apidiag.NotFound(diags, fmt.Sprintf("The %s with %s %q", what, id.Key, id.Value))
	case len(found) > 1:
		diags.AddError(fmt.Sprintf("Several objects have %s %q", id.Key, id.Value), fmt.Sprintf(
			"The import id %q names %d objects, with the ids %s. Import one of them by its id.", text, len(found), strings.Join(found, ", ")))
	default:
		id.Parts[f.Parts[len(f.Parts)-1].Name] = found[0]
		return id.Parts, true
	}

	return nil, false
}
