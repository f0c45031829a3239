package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// TestOddRows leaves out the rows of a list that cannot be read, and never takes one of them for a chat that is gone.
func TestOddRows(t *testing.T) {
	const fine = `{"chat_id":"CSR1","alias_id":"a","status":"queued","channel":"sms","customer_id":"7","destination_id":"d"}`

	gone := exchange{want: `GET /v3.1/chats/CSR2`, status: 405, body: enveloped("2099", `""`)}

	for name, test := range map[string]struct {
		odd    string
		isGone bool
	}{
		"null":            {`null`, false},
		"no id":           {`{"status":"queued"}`, false},
		"its own":         {`{"chat_id":"CSR2"}`, false},
		"that of another": {`{"chat_id":"CSR3","status":{"a":1}}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			list := exchange{want: `GET /v3.1/chats`, body: enveloped("4310", `{"chats":[`+test.odd+`,`+fine+`]}`)}
			c, _ := script(t, gone, list)

			_, err := c.Chat(t.Context(), "CSR2")
			if transport.IsNotFound(err) != test.isGone || err == nil {
				t.Errorf("a chat that may be the odd row: %v", err)
			}

			chat, err := c.listedChat(t.Context(), "CSR1")
			if err != nil || chat.AliasID != "a" {
				t.Errorf("the neighbour: %+v %v", chat, err)
			}
		})
	}

	t.Run("alias of the odd row", func(t *testing.T) {
		c, _ := script(t, exchange{want: `GET /v3.1/chats`, body: enveloped("4310", `{"chats":[{"alias_id":"b"},`+fine+`]}`)})

		_, err := c.OpenChatByAlias(t.Context(), "b")
		if err == nil || !strings.Contains(err.Error(), "cannot be read") {
			t.Errorf("the chat with the alias: %v", err)
		}

		chat, err := c.OpenChatByAlias(t.Context(), "c")
		if chat != nil || err != nil {
			t.Errorf("an alias that is not on the list: %+v %v", chat, err)
		}
	})
}

// TestOddRows_lastPage reads a list whose last page holds nothing but a row that cannot be read.
func TestOddRows_lastPage(t *testing.T) {
	rows := make([]string, rowsPerPage)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"chat_id":"CSR%d","status":"queued"}`, i)
	}

	first := enveloped("4310", `{"chats":[`+strings.Join(rows, ",")+`]}`)
	c, _ := script(t, exchange{want: `GET /v3.1/chats`, body: first}, exchange{want: `GET /v3.1/chats?page=1`, body: first},
		exchange{want: `GET /v3.1/chats?page=2`, body: enveloped("4310", `{"chats":[{"status":{"name":"Ana"}}]}`)})

	read := 0

	ctx, leftOut := transport.CollectLeftOut(t.Context())

	err := c.EachChat(ctx, func(*Chat) bool {
		read++
		return true
	})
	if read != rowsPerPage || len(leftOut.Reasons()) != 1 || err != nil {
		t.Errorf("%d chats, left out are %q, %v", read, leftOut.Reasons(), err)
	}
}

// TestQuoting keeps what a row holds out of errors: it may belong to another person.
func TestQuoting(t *testing.T) {
	_, err := decodeOne[Chat]([]byte(enveloped("4304", `{"chat_id":{"name":"Ana"},"status":"queued"}`)), "chat")
	if err == nil || strings.Contains(err.Error(), "Ana") {
		t.Errorf("the error is %v", err)
	}
}

// TestCreateAnswers finds the new chat whatever the answer shows of it.
func TestCreateAnswers(t *testing.T) {
	const (
		date = "Sat, 31 Jan 2026 09:30:00 GMT"
		row  = `{"chat_id":"CSR1","status":"queued","channel":"api","asset":{"id":"k"},"customer_id":"7","destination_id":"d","created_at":"2026-01-31T09:30:00Z"}`
	)

	duplicate := strings.Replace(row, "CSR1", "CSR2", 1)
	older := strings.Replace(duplicate, "09:30:00Z", "09:29:00Z", 1)
	whole := exchange{want: `GET /v3.1/chats/CSR1`, team: "102", body: enveloped("4304", wholeChat)}
	create := func(response string) exchange {
		return exchange{
			want: `POST /v3.1/chats {"channel":"api","asset":{"id":"k"},"customer":{"destination_id":"d"}}`,
			body: enveloped("4304", response), header: http.Header{"Date": {date}},
		}
	}
	listed := func(rows ...string) exchange {
		return exchange{want: `GET /v3.1/chats`, body: enveloped("4310", `{"chats":[`+strings.Join(rows, ",")+`]}`)}
	}

	for name, test := range map[string]struct {
		queue []exchange
		lost  bool
	}{
		"the chat":                   {[]exchange{create(wholeChat)}, false},
		"its id":                     {[]exchange{create(`{"chat_id":"CSR1"}`), whole}, false},
		"its id below the key":       {[]exchange{create(`{"chat":{"chat_id":"CSR1"},"transaction_id":"x"}`), whole}, false},
		"nothing":                    {[]exchange{create(`""`), listed(row, older), whole}, false},
		"a transaction id":           {[]exchange{create(`{"transid":"x"}`), listed(row), whole}, false},
		"nothing, and two are alike": {[]exchange{create(`""`), listed(row, duplicate)}, true},
		"nothing, and only an older": {[]exchange{create(`""`), listed(older)}, true},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := script(t, test.queue...)

			chat, err := c.CreateChat(t.Context(), "102", ChatRequest{Channel: "api", Asset: AssetRequest{"k"}, Customer: CustomerRequest{DestinationID: "d"}})
			if test.lost {
				if chat != nil || !transport.IsLost(err) {
					t.Errorf("%+v %v", chat, err)
				}

				return
			}

			if err != nil || chat.ID != "CSR1" || chat.TeamID != "101" {
				t.Errorf("%+v %v", chat, err)
			}
		})
	}

	t.Run("its id, and it cannot be read", func(t *testing.T) {
		c, _ := script(t, create(`{"chat_id":"CSR1"}`), exchange{want: whole.want, status: 500, body: enveloped("4108", `""`)})

		chat, err := c.CreateChat(t.Context(), "102", ChatRequest{Channel: "api", Asset: AssetRequest{"k"}, Customer: CustomerRequest{DestinationID: "d"}})
		if chat == nil || chat.ID != "CSR1" || err == nil {
			t.Errorf("%+v %v", chat, err)
		}
	})

	t.Run("made by this run", func(t *testing.T) {
		c, _ := script(t, create(wholeChat), create(`""`), listed(row))

		for i := range 2 {
			chat, err := c.CreateChat(t.Context(), "102", ChatRequest{Channel: "api", Asset: AssetRequest{"k"}, Customer: CustomerRequest{DestinationID: "d"}})
			if (i == 0) != (err == nil) {
				t.Errorf("create %d: %+v %v", i, chat, err)
			}
		}
	})
}

// TestReadBack waits some seconds for a chat that was written and is not shown yet.
func TestReadBack(t *testing.T) {
	notYet := exchange{want: `GET /v3.1/chats/CSR1`, status: 404, body: enveloped("2031", `""`)}
	write := exchange{want: `PATCH /v3.1/chats/CSR1 {"status":"closed"}`, body: enveloped("4305", `""`)}
	read := exchange{want: `GET /v3.1/chats/CSR1`, body: enveloped("4304", wholeChat)}
	status := StatusClosed

	for name, test := range map[string]struct {
		queue []exchange
		gone  bool
	}{
		"after a moment": {[]exchange{write, notYet, notYet, read}, false},
		"never":          {[]exchange{write, notYet, notYet, notYet, notYet, notYet}, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, _ := script(t, test.queue...)
				began := time.Now()

				_, err := c.UpdateChat(t.Context(), "CSR1", ChatUpdate{Status: &status})
				if transport.IsNotFound(err) != test.gone || !test.gone && err != nil {
					t.Error(err)
				}

				if time.Since(began) > 5*time.Second {
					t.Errorf("it waited %s", time.Since(began))
				}
			})
		})
	}
}

// TestRefusedAuthorize names the request that failed and quotes the refusal.
func TestRefusedAuthorize(t *testing.T) {
	for name, test := range map[string]struct {
		base   string
		status int
		body   string
		says   string
		advice string
	}{
		"gateway":      {"https://tenant.example.com", 404, `{"message":"no Route matched"}`, "the request for an access token was refused: no Route matched", ""},
		"OAuth":        {"https://tenant.example.com", 401, `{"error":"invalid_client","error_description":"no basic header"}`, "the request for an access token was refused: no basic header", "imichat.authorization_header"},
		"empty":        {"https://tenant.example.com", 404, `{}`, "the request for an access token was refused, and no reason was given", ""},
		"another API":  {"https://api-us-site-1.us.webexengage.com", 404, `{"message":"x"}`, "the request for an access token was refused: x", "Engage API v1"},
		"another path": {"https://tenant.example.com/api/v1/", 404, `{"message":"x"}`, "the request for an access token was refused: x", "Engage API v1"},
	} {
		t.Run(name, func(t *testing.T) {
			base, err := url.Parse(test.base)
			if err != nil {
				t.Fatal(err)
			}

			p := &platform{t: t, queue: []exchange{{want: "GET " + base.Path + "/v3.1/authorize", status: test.status, body: test.body}}}
			p.queue[0].want = strings.Replace(p.queue[0].want, "//v3.1", "/v3.1", 1)

			s := settings(p)
			s.BaseURL, s.AccessToken, s.APIKey, s.Domain = base, "", "key", "tenant.imi.chat"

			_, err = New(s).WholeChat(t.Context(), "CSR1")

			failure := transport.As(err)
			if failure == nil {
				t.Fatalf("got %v", err)
			}

			if failure.Path != "/v3.1/authorize" || failure.Method != http.MethodGet || !strings.Contains(failure.Message, test.says) || !strings.Contains(failure.Advice, test.advice) {
				t.Errorf("%s %s: %s\n%s", failure.Method, failure.Path, failure.Message, failure.Advice)
			}
		})
	}
}

func TestLooksLikeEngageV1(t *testing.T) {
	for address, want := range map[string]bool{
		"https://tenant.imi.chat": false, "https://imiengage.io.example.com": false, "https://localhost:1/imichat": false,
		"https://api-tc.imi.chat/api/v1": true, "https://api-uk-site-1.imiengage.io": true, "https://api-syd-site-1.imiengage.com.au/": true,
		"https://ENGAGE-API.produs1.ciscoccservice.com": true, "https://api-us-site-2.imichat.us/api/v1/": true,
	} {
		base, err := url.Parse(address)
		if err != nil || LooksLikeEngageV1(base) != want {
			t.Errorf("%s: not %v, %v", address, want, err)
		}
	}
}
