package transport

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

// TestSecretsNeverComeBack lets a platform echo what it was sent, in every form and field, into errors and logs.
func TestSecretsNeverComeBack(t *testing.T) {
	const (
		key      = `k3y/with+odd"signs`
		fetched  = "fetched-token-1"
		password = "pa55word of a user"
		gateway  = "gateway-secret"
	)

	basic := func(before string) string {
		return base64.StdEncoding.EncodeToString([]byte(before + key + "@example.com"))
	}
	echoes := []string{
		key, url.QueryEscape(key), url.PathEscape(key), `k3y/with+odd\"signs`, basic(""), basic("a"), basic("ab"), basic("user:"),
		base64.URLEncoding.EncodeToString([]byte(key)), fetched, password, gateway,
		html.EscapeString(key), url.QueryEscape(url.QueryEscape(key)), "k3y%2fwith%2bodd%22signs", hex.EncodeToString([]byte(key)), strings.ToUpper(key), `k3y/with+odd\\\"signs`,
	}

	for _, echo := range echoes {
		var log bytes.Buffer

		ctx := tflogtest.RootLogger(t.Context(), &log)
		s := &script{answers: []answer{
			{status: 422, body: `{"x":"` + strings.ReplaceAll(echo, `"`, `\"`) + `"}`, header: http.Header{"X-Request": {"of " + echo}}},
			{err: errors.New("proxy: " + echo)},
			{status: 500, body: "text " + echo},
		}}

		sender := client(s, func(c *Config) {
			c.Secrets, c.LogBodies, c.MaxRetries = []string{key}, true, 0
			c.Network.Header = http.Header{"X-Gateway": {gateway}}
			c.Sign = SignWith(http.Header{"Token": {fetched}})
			c.Classify = func(_ *Call, response *Response) *Error {
				if response.Status != 422 {
					return nil
				}

				return &Error{Reason: Invalid, Code: "c " + echo, Message: "m " + echo, Fields: map[string]string{"f": "f " + echo}}
			}
		})

		var shown strings.Builder

		for range 3 {
			failure := As(Run(ctx, sender, Write("PUT", "/things").WithJSON(map[string]string{"password": password, "echo": echo})))
			if failure == nil {
				t.Fatal("it worked")
			}

			shown.WriteString(failure.Error() + failure.Code + failure.RequestID + failure.Path + failure.Address + failure.Message + failure.Fields["f"])

			if failure.Err != nil {
				shown.WriteString(failure.Err.Error())
			}
		}

		for _, text := range []string{shown.String(), log.String()} {
			if strings.Contains(text, echo) {
				t.Errorf("%s is shown:\n%s", echo, text)
			}

			if !strings.Contains(text, redacted) {
				t.Errorf("%s: nothing was taken out of\n%s", echo, text)
			}
		}
	}
}

// TestHalfASecretIsNotShown lets a platform echo secrets where its text is cut, and in an answer that cannot be decoded.
func TestHalfASecretIsNotShown(t *testing.T) {
	t.Parallel()

	const secret = "begin-of-secret-and-its-end"

	for before := range 2 * longestText {
		text := strings.Repeat("x", before) + secret
		s := &script{answers: []answer{{status: 422, body: text}, {status: 200, body: text}, {status: 200, body: strings.Replace(text, secret, "given-password", 1)}}}
		sender := client(s, func(c *Config) { c.Secrets, c.MaxRetries = []string{secret}, 0 })

		for range 3 {
			_, err := Do[struct{}](t.Context(), sender, Write("PUT", "/x").WithJSON(map[string]string{"password": "given-password"}))

			failure := As(err)
			if failure == nil || strings.Contains(failure.Message, "begin") || strings.Contains(failure.Message, "given") {
				t.Fatalf("after %d characters: %v", before, err)
			}
		}
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"plain, unicode: ñ 漢 🙂":              "plain, unicode: ñ 漢 🙂",
		"upstream\x1b[31m connect\x00 error": `upstream\u{1b}[31m connect\u{0} error`,
		"two\nlines\r\nthree":                "two lines three",
		"a\u202egnirts":                      `a\u{202e}gnirts`,
		"\u2066x\u2069\ufeff":                `\u{2066}x\u{2069}\u{feff}`,
		"broken \xff":                        "broken \uFFFD",
		strings.Repeat("x", longestText+1):   strings.Repeat("x", longestText) + " ...",
	} {
		got := printable(text, longestText)
		if got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// TestPrintedOnce escapes what a platform says, once.
func TestPrintedOnce(t *testing.T) {
	s := &script{answers: []answer{{status: 500, body: "a\x1bb"}}}

	failure := As(Run(t.Context(), client(s), Read("GET", "/x")))
	if failure == nil || !strings.HasSuffix(failure.Message, `a\u{1b}b`) {
		t.Errorf("got %+v", failure)
	}
}

func TestExcerptHoldsNoSecret(t *testing.T) {
	t.Parallel()

	for body, want := range map[string]string{
		`{"id":1,"access_token":"s3cr3t","name":"x"}`:  `{"id":1,"access_token":"(redacted)","name":"x"}`,
		`{"authToken": "s3cr3t`:                        `{"authToken": "(redacted)"`,
		`{"hmac_token":"s3\"cr3t","userKey":"s3cr3t"}`: `{"hmac_token":"(redacted)","userKey":"(redacted)"}`,
		`{"pin":{"SECRET":12345678}}`:                  `{"pin":{"SECRET":"(redacted)"}}`,
		`{"error":"Invalid token"}`:                    `{"error":"Invalid token"}`,
		"upstream connect error":                       "upstream connect error",
	} {
		got := excerpt(&Response{Body: []byte(body)})
		if got != ": "+want {
			t.Errorf("%s: got %s", body, got)
		}
	}
}
