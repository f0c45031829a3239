package api_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// manyContacts is a slow account with this many contacts.
type manyContacts struct {
	count int
	asked atomic.Int64
}

func (m *manyContacts) RoundTrip(r *http.Request) (*http.Response, error) {
	const perPage = 15

	m.asked.Add(1)
	time.Sleep(time.Second)

	if strings.HasSuffix(r.URL.Path, "/contacts") {
		page, err := strconv.Atoi(r.URL.Query().Get("page"))
		if err != nil {
			return nil, err
		}

		var rows []string
		for id := (page-1)*perPage + 1; id <= min(page*perPage, m.count); id++ {
			rows = append(rows, fmt.Sprintf(`{"id":%d}`, id))
		}

		return response(http.StatusOK, fmt.Sprintf(`{"meta":{"count":%d},"payload":[%s]}`, m.count, strings.Join(rows, ",")), nil), nil
	}

	return response(http.StatusOK, fmt.Sprintf(`{"payload":{"id":%s}}`, path.Base(r.URL.Path)), nil), nil
}

// A refresh of ten thousand contacts costs no more than twice the pages, although it takes minutes.
func TestContact_refreshOfManyContacts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const count = 10_000

		account := &manyContacts{count: count}
		client := api.New(api.Settings{
			BaseURL: &url.URL{Scheme: "https", Host: "chat.example"}, APIAccessToken: "token", AccountID: "1",
			Transport: transport.Config{Timeout: time.Minute, HTTP: account},
		})

		ids := make(chan int)

		var workers sync.WaitGroup
		for range 10 {
			workers.Go(func() {
				for id := range ids {
					if contact, err := client.Contact(t.Context(), api.ID(id)); err != nil || int(contact.ID) != id {
						t.Errorf("contact %d: %v, %v", id, contact.ID, err)
					}

					time.Sleep(100 * time.Millisecond)
				}
			})
		}

		started := time.Now()

		for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(count) {
			ids <- i + 1
		}

		close(ids)
		workers.Wait()

		if time.Since(started) < time.Minute {
			t.Errorf("took %v: the test is about a refresh that takes long", time.Since(started))
		}

		pages := int64((count + 14) / 15)
		if account.asked.Load() > 2*pages+1 {
			t.Errorf("%d requests, want at most %d", account.asked.Load(), 2*pages+1)
		}

		t.Logf("%d requests for %d contacts in %v", account.asked.Load(), count, time.Since(started))
	})
}
