package transport

import (
	"testing"
)

func TestExcerptHoldsNoSecret(t *testing.T) {
	t.Parallel()

	for body, want := range map[string]string{
		`{"id":1,"access_token":"s3cr3t","name":"x"}`:  `{"id":1,"access_token":"(redacted)","name":"x"}`,
		`{"authToken": "s3cr3t`:                        `{"authToken": "(redacted)"`,
		`{"hmac_token":"s3\"cr3t","userKey":"s3cr3t"}`: `{"hmac_token":"(redacted)","userKey":"(redacted)"}`,
		`{"pin":{"SECRET":12345678}}`:                  `{"pin":{"SECRET":"(redacted)"}}`,
		`{"error":"Invalid token"}`:                    `{"error":"Invalid token"}`,
		"upstream\x1b[31m connect\x00 error":           "upstream?[31m connect? error",
		"upstream connect error":                       "upstream connect error",
	} {
		got := excerpt(&Response{Body: []byte(body)})
		if got != ": "+want {
			t.Errorf("%s: got %s", body, got)
		}
	}
}
