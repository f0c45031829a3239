package captain_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

var customToolCase = chatlaketest.Case{
	Type:    "chatlake_captain_custom_tool",
	Minimal: values{"title": "Minimal", "endpoint_url": "https://orders.example.com/status"},
	Stages: []values{
		{
			"title": "One", "description": "First", "endpoint_url": "https://orders.example.com:8443/a?b=c", "http_method": "POST",
			"request_template": "{\"a\": 1}", "response_template": "r", "auth_type": "bearer", "auth_config": values{"token": "secret-one"}, "enabled": false,
			"param_schema": []any{values{"name": "order", "type": "string", "description": "The number", "required": true}},
		},
		{
			"title": "Two", "description": "Second", "endpoint_url": "https://orders.example.com/b", "http_method": "GET",
			"request_template": "{\"b\": 2}", "response_template": "s", "auth_type": "basic", "auth_config": values{"username": "u", "password": "secret-two"}, "enabled": true,
			"param_schema": []any{
				values{"name": "order", "type": "string", "description": "The number"}, values{"name": "zip", "type": "number", "description": "The zip code", "required": false},
			},
		},
	},
	Kept: map[string]string{"auth_type": "it is followed once it is taken out"},
	Odd: []values{
		{"auth_config": values{}, "param_schema": []any{}},
	},
	Refused: []acctest.Refused{
		{Config: values{"title": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"endpoint_url": "http://orders.example.com"}, Want: `must be an https address of a host with a name`},
		{Config: values{"endpoint_url": "https://127.0.0.1/x"}, Want: `must be an https address of a host with a name`},
		{Config: values{"endpoint_url": "orders.example.com"}, Want: `must be an https address of a host with a name`},
		{Config: values{"endpoint_url": "https://localhost/x"}, Want: `and not of localhost`},
		{Config: values{"endpoint_url": "https://orders.LOCAL"}, Want: `ends in .local`},
		{Config: values{"endpoint_url": "https://[::1]/"}, Want: `must be an https address of a host with a name`},
		{Config: values{"endpoint_url": "https://\u00fc.example"}, Want: `must be an https address of a host with a name`},
		{Config: values{"endpoint_url": "https:///x"}, Want: `must be an https address of a host with a name`},
		{Config: values{"http_method": "PUT"}, Want: `value must be one of`},
		{Config: values{"auth_type": "digest"}, Want: `value must be one of`},
		{Config: values{"auth_config": "x"}, Want: `Not an object`},
	},
	Accepted: []values{{"endpoint_url": "https://x.example:8443/a?b=c"}, {"endpoint_url": "https://1.orders.example"}, {"endpoint_url": "https://gateway/x"}},
	Drift: []chatlaketest.Drift{
		{
			Method: "PATCH", Path: "/captain/custom_tools/%s", Body: `{"custom_tool":{"description":"By hand","param_schema":[],"auth_config":{"token":"by hand"}}}`,
			Configured: values{"auth_config": values{"token": "secret"}},
		},
	},
	Import:   acctest.Import{Keys: []string{"slug"}},
	HasNoKey: true,
	PrepareTaken: func(t *testing.T, w *acctest.World) {
		chatlaketest.Request(t, w, "POST", "/captain/custom_tools", `{"custom_tool":{"title":"Order status","endpoint_url":"https://orders.example.com/x"}}`)
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_captain_custom_tool", Config: values{"slug": "custom_order_status"}, Want: map[string]string{"title": "Order status"}},
		{Type: "chatlake_captain_custom_tool", Config: values{"id": "1"}, Message: `The Captain custom tool with id "1" does not exist`},
		{Type: "chatlake_captain_custom_tools", Config: values{}},
	},
}
