package desk_test

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// customAttributeDefinitionCase holds the tests of chatlake_custom_attribute_definition.
var customAttributeDefinitionCase = chatlaketest.Case{
	Type:    "chatlake_custom_attribute_definition",
	Minimal: values{"attribute_display_name": "Minimal", "attribute_key": "minimal"},
	Stages: []values{
		{"attribute_display_name": "One", "attribute_key": "minimal", "attribute_model": "contact_attribute", "attribute_display_type": "text", "attribute_description": "One", "regex_pattern": "^a$", "regex_cue": "An a"},
		{"attribute_display_name": "Two", "attribute_key": "minimal", "attribute_model": "contact_attribute", "attribute_display_type": "text", "attribute_description": "Two", "regex_pattern": "^b$", "regex_cue": "A b"},
		{"attribute_display_name": "Three", "attribute_key": "minimal", "attribute_model": "contact_attribute"},
	},
	Unset: map[string]string{"attribute_values": "only the type list has them: there is another case"},
	Key:   []string{"attribute_key", "attribute_model"},
	Skip:  map[string]string{"import owns nothing": chatlaketest.NotYet},
	Refused: []acctest.Refused{
		{Config: values{"attribute_display_name": " x"}, Want: `must not be empty, nor begin`},
		{Config: values{"attribute_key": "a b"}, Want: `must be letters, digits`},
		{Config: values{"attribute_key": "priority"}, Want: `"priority" is the platform's own for a conversation_attribute`},
		{Config: values{"attribute_key": "email", "attribute_model": "contact_attribute"}, Want: `is the platform's own`},
		{Config: values{"attribute_model": "user"}, Want: `must be one of`},
		{Config: values{"attribute_display_type": "colour"}, Want: `must be one of`},
		{Config: values{"attribute_display_type": "list"}, Want: `needs attribute_values`},
		{Config: values{"attribute_values": []any{"a"}}, Want: `Only the type list`},
		{Config: values{"attribute_display_type": "date", "regex_cue": "x"}, Want: `Only the type text`},
	},
	Accepted: []values{
		{"attribute_key": "email"},
		{"attribute_display_type": acctest.Unknown{}, "attribute_values": []any{"a"}},
	},
	Replaced: values{"attribute_key": "another", "attribute_model": "conversation_attribute", "attribute_display_type": "number"},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/custom_attribute_definitions/%s", Body: `{"custom_attribute_definition":{"attribute_description":"By hand"}}`, Configured: values{"attribute_description": "Ours"}},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_custom_attribute_definition", Config: values{"attribute_key": "x"}, Message: "Custom attribute definition x does not exist"},
		{Type: "chatlake_custom_attribute_definitions", Config: values{}},
	},
}
