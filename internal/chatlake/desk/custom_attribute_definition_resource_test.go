package desk_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

var customAttributeDefinitionCases = acctest.Cases{
	Type:    "chatlake_custom_attribute_definition",
	Minimal: values{"attribute_display_name": "Minimal", "attribute_key": "minimal"},
	Odd: []values{
		{"attribute_description": "", "regex_cue": "", "attribute_values": []any{}},
	},
	Stages: []values{
		{
			"attribute_display_name": "One", "attribute_key": "one", "attribute_model": "contact_attribute", "attribute_display_type": "text",
			"attribute_description": "One", "regex_pattern": "^a$", "regex_cue": "An a",
		},
		{
			"attribute_display_name": "Two", "attribute_key": "größe", "attribute_model": "conversation_attribute", "attribute_display_type": "text",
			"attribute_description": "Two", "regex_pattern": "^b$", "regex_cue": "A b",
		},
	},
	Refused: []acctest.Refused{
		{Config: values{"attribute_display_name": " x"}, Want: `must not be empty, nor begin`},
		{Config: values{"attribute_key": "a b"}, Want: `must be letters, digits`},
		{Config: values{"attribute_key": "priority"}, Want: `The platform has an attribute of its own with this key for a conversation`},
		{Config: values{"attribute_key": "email", "attribute_model": "contact_attribute"}, Want: `an attribute of its own with this key`},
		{Config: values{"attribute_display_type": "list"}, Want: `needs attribute_values`},
		{Config: values{"attribute_values": []any{"a"}}, Want: `Only the type list`},
		{Config: values{"attribute_display_type": "date", "regex_cue": "x"}, Want: `Only the type text`},
	},
	Warned: []acctest.Refused{
		{Config: values{"attribute_model": "user"}, Want: `Known are: `},
		{Config: values{"attribute_display_type": "colour"}, Want: `Known are: `},
	},
	Accepted: []values{
		{"attribute_key": "email"},
		{"attribute_display_type": acctest.Unknown{}, "attribute_values": []any{"a"}},
		{"attribute_values": []any{}, "regex_cue": ""},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"description": chatlaketest.DriftBy("PATCH", "/custom_attribute_definitions/%s", `{"custom_attribute_definition":{"attribute_description":"By hand"}}`),
	},
	Key:    []string{"attribute_key", "attribute_model"},
	Import: acctest.Import{Keys: []string{"attribute_key"}},
}

var customAttributeDefinitionListCases = acctest.Cases{
	Type: "chatlake_custom_attribute_definition", Name: "list",
	Minimal: values{"attribute_display_name": "Minimal", "attribute_key": "minimal"},
	Stages: []values{
		{"attribute_display_type": "list", "attribute_values": []any{"a", "b"}},
		{"attribute_display_type": "list", "attribute_values": []any{"c"}},
	},
	Cleared: values{"attribute_display_type": "text"},
	NoDrift: "the other cases of this type have it",
	Key:     []string{"attribute_key", "attribute_display_type", "attribute_values"},
}

// TestCustomAttributeDefinition_data reads definitions.
func TestCustomAttributeDefinition_data(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{
			Type: "chatlake_custom_attribute_definition", Config: values{"attribute_key": "x"},
			Message: `The custom attribute definition with this attribute_key does not exist`,
		},
		chatlaketest.Data{Type: "chatlake_custom_attribute_definitions", Config: values{}},
	)
}

// TestCustomAttributeDefinition_odd covers a row with numbers, as other clients store them: it is read, and so are the
// others.
func TestCustomAttributeDefinition_odd(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	own := chatlaketest.Create(t, p, "chatlake_custom_attribute_definition", values{"attribute_display_name": "Own", "attribute_key": "own"})

	chatlaketest.Request(t, w, "POST", "/custom_attribute_definitions",
		`{"custom_attribute_definition":{"attribute_display_name":"Odd","attribute_key":"odd","attribute_display_type":"list","attribute_values":[1,2.5,true]}}`)

	fresh := w.Protocol(t, nil)

	read, diags := fresh.Read(t.Context(), own)
	if len(diags) > 0 || read.Gone() {
		t.Errorf("read %v\n%s", read.State, diags)
	}

	odd, diags := fresh.Import(t.Context(), "chatlake_custom_attribute_definition", "attribute_key:odd")
	if len(diags) > 0 || !strings.Contains(odd.State.String(), `"2.5"`) {
		t.Errorf("imported %v\n%s", odd.State, diags)
	}
}
