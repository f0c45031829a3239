package adopt_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

type label struct{ id, color string }

func taken() error {
	return &transport.Error{Platform: "Chatlake", Method: "POST", Path: "/labels", Status: 422, Reason: transport.Invalid, Message: "taken", Fields: map[string]string{"title": "taken"}}
}

func lost() error {
	return &transport.Error{Platform: "Chatlake", Method: "POST", Path: "/labels", Reason: transport.Unavailable, Lost: true, Err: errors.New("connection reset")}
}

func TestResolve(t *testing.T) {
	planned, other := label{"7", "red"}, label{"7", "blue"}

	for name, c := range map[string]struct {
		cause   error
		allowed bool
		keyed   bool // The platform enforces the key.
		found   [][]label
		failing error // The error of the look-up.
		second  error // The error of the second create.
		managed bool
		want    label
		calls   string
		said    string
	}{
		"another error":                      {cause: errors.New("no"), said: "Unable to create label:"},
		"taken":                              {cause: taken(), found: [][]label{{other}}, calls: "find", said: "The label already exists"},
		"taken, and just as planned":         {cause: taken(), found: [][]label{{planned}}, calls: "find", said: "The label already exists"},
		"taken, allowed":                     {cause: taken(), allowed: true, found: [][]label{{other}}, calls: "find update", want: label{"7", "red"}},
		"taken, allowed, just as planned":    {cause: taken(), allowed: true, found: [][]label{{planned}}, calls: "find", want: planned},
		"taken by an object that is hidden":  {cause: taken(), found: [][]label{{}}, calls: "find", said: "No label with this title is to be found"},
		"taken by two":                       {cause: taken(), allowed: true, found: [][]label{{other, {"8", ""}}}, calls: "find", said: "7, 8"},
		"taken by a resource of this run":    {cause: taken(), allowed: true, managed: true, found: [][]label{{other}}, calls: "find", said: "already managed in this configuration"},
		"taken, and the look-up fails":       {cause: taken(), failing: errors.New("down"), calls: "find", said: "Unable to find out which label has the title"},
		"lost, made":                         {cause: lost(), found: [][]label{{planned}}, calls: "find", want: planned},
		"lost, and another one there":        {cause: lost(), found: [][]label{{other}}, calls: "find", said: "The label already exists"},
		"lost, not made":                     {cause: lost(), found: [][]label{{}}, calls: "find", said: "Unable to create label:"},
		"lost, not made, keyed":              {cause: lost(), keyed: true, found: [][]label{{}}, calls: "find create", want: label{"9", "red"}},
		"lost, keyed, made late":             {cause: lost(), keyed: true, found: [][]label{{}, {planned}}, second: lost(), calls: "find create find", want: planned},
		"lost, keyed, another one was first": {cause: lost(), keyed: true, found: [][]label{{}, {other}}, second: taken(), calls: "find create find", said: "The label already exists"},
		"lost twice, keyed, made then": {
			cause: lost(), keyed: true, found: [][]label{{}, {}, {planned}}, second: lost(), calls: "find create find create find", want: planned,
		},
		"lost each time, keyed": {
			cause: lost(), keyed: true, found: [][]label{{}, {}, {}, {}, {}}, second: lost(),
			calls: "find create find create find create find create find", said: "Unable to create label:",
		},
		"lost, then refused for another reason": {
			cause: lost(), keyed: true, found: [][]label{{}, {}}, second: errors.New("no"), calls: "find create find", said: "Unable to create label:",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var calls []string

			a := adopt.Adoption[label]{
				Type: "chatlake_label", Key: "title", Allowed: types.BoolValue(c.allowed),
				Find: func(context.Context) ([]label, error) {
					calls = append(calls, "find")
					if c.failing != nil {
						return nil, c.failing
					}

					found := c.found[0]
					c.found = c.found[1:]

					return found, nil
				},
				ID:        func(l label) string { return l.id },
				IsPlanned: func(l label) bool { return l.color == "red" },
				Update: func(_ context.Context, l label) (label, error) {
					calls = append(calls, "update")
					return label{l.id, "red"}, nil
				},
				IsManaged: func(label) bool { return c.managed },
			}
			if c.keyed {
				a.Create = func(context.Context) (label, error) {
					calls = append(calls, "create")
					return label{"9", "red"}, c.second
				}
			}

			var diags diag.Diagnostics

			got, ok := a.Resolve(t.Context(), c.cause, &diags)
			if ok == (c.said != "") || ok && got != c.want {
				t.Errorf("got %v, %t, want %v", got, ok, c.want)
			}

			made := strings.Join(calls, " ")
			if made != c.calls {
				t.Errorf("the calls are %q, want %q", made, c.calls)
			}

			said := text(diags)
			if diags.HasError() != (c.said != "") || !strings.Contains(said, c.said) {
				t.Errorf("got %q, want %q in it", said, c.said)
			}
		})
	}
}

func TestAddUnfinished(t *testing.T) {
	var diags diag.Diagnostics
	adopt.AddUnfinished(&diags, "chatlake_canned_response", "7", "its labels are not set")

	want := "The canned response is not finished: Canned response 7 was created, but its labels are not set. Terraform marks it as tainted, and the next apply would replace it.\n\n" +
		"To finish it in place, resolve the error, run terraform untaint with the address of the resource (such as chatlake_canned_response.example), and apply again."
	got := text(diags)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func text(diags diag.Diagnostics) string {
	var parts []string
	for _, d := range diags {
		parts = append(parts, d.Summary()+": "+d.Detail())
	}

	return strings.Join(parts, "\n")
}

// TestAddManaged says what to do about two resources of one object.
func TestAddManaged(t *testing.T) {
	t.Parallel()

	for _, c := range []struct{ kind, id, want, advice string }{
		{"chatlake_label", "7", "The label is already managed in this configuration", "adopted label 7 in this run"},
		{"chatlake_label", "", "The label is already managed in this configuration", "or give them different keys."},
		{"chatlake_account_settings", "", "The account settings are already managed in this configuration", "adopted the account settings in this run"},
		{"chatlake_account_settings", "", "The account settings are", "Remove one of the two resources: there is nothing to tell them apart by."},
	} {
		var diags diag.Diagnostics

		adopt.AddManaged(&diags, c.kind, c.id)

		said := diags[0].Summary() + "\n" + diags[0].Detail()
		if !strings.Contains(said, c.want) || !strings.Contains(said, c.advice) {
			t.Errorf("%s %s: %s, want %q and %q", c.kind, c.id, said, c.want, c.advice)
		}
	}
}
