package api

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// tenant answers reads of many chats.
type tenant struct {
	chats    int
	requests atomic.Int32
}

func (x *tenant) RoundTrip(r *http.Request) (*http.Response, error) {
	x.requests.Add(1)

	const row = `{"chat_id":"CSR%d","status":"queued","channel":"api","asset":{"id":"k"},"customer_id":"7","destination_id":"d"}`

	body := ""

	if id, ok := strings.CutPrefix(r.URL.Path, "/v3.1/chats/CSR"); ok {
		n, _ := strconv.Atoi(id)
		body = fmt.Sprintf(row, n)
	} else {
		page, _ := strconv.Atoi(r.URL.Query().Get("page"))

		var rows []string
		for i := (max(page, 1) - 1) * rowsPerPage; i < min(max(page, 1)*rowsPerPage, x.chats); i++ {
			rows = append(rows, fmt.Sprintf(row, i))
		}

		body = `{"chats":[` + strings.Join(rows, ",") + `]}`
	}

	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(enveloped("4304", body))), Request: r}, nil
}

// TestRefresh reads managed chats as Terraform does: ten at a time, in any order.
func TestRefresh(t *testing.T) {
	for _, test := range []struct {
		managed, chats int
		most           float64 // Requests per managed chat.
	}{
		{1, 1000, 1},
		{8, 100_000, 2},
		{20, 100_000, 3.2},
		{1000, 1000, 0.15},
		{10_000, 10_000, 0.15},
	} {
		t.Run(fmt.Sprintf("%d of %d", test.managed, test.chats), func(t *testing.T) {
			x := &tenant{chats: test.chats}
			s := settings(nil)
			s.Transport.HTTP = x
			c := New(s)

			ids := make(chan int)

			var wg sync.WaitGroup
			for range 10 {
				wg.Go(func() {
					for id := range ids {
						chat, err := c.Chat(t.Context(), fmt.Sprint("CSR", id))
						if err != nil || chat.ID != fmt.Sprint("CSR", id) {
							t.Errorf("read %+v, %v", chat, err)
						}
					}
				})
			}

			for _, id := range rand.Perm(test.chats)[:test.managed] {
				ids <- id
			}

			close(ids)
			wg.Wait()

			each := float64(x.requests.Load()) / float64(test.managed)
			if each > test.most {
				t.Errorf("%d requests, %.3f for each chat", x.requests.Load(), each)
			}

			t.Logf("%.3f requests for each chat", each)
		})
	}
}
