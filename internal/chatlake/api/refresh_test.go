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

// manyMessages is a conversation with this many messages, each so far from the next.
type manyMessages struct {
	count, apart int
	asked, told  atomic.Int64
}

func (m *manyMessages) RoundTrip(r *http.Request) (*http.Response, error) {
	const most = 1000

	if !strings.HasSuffix(r.URL.Path, "/messages") {
		return response(http.StatusOK, `{"version":"4.15.1"}`, nil), nil
	}

	m.asked.Add(1)
	time.Sleep(100 * time.Millisecond)

	after, err := strconv.Atoi(r.URL.Query().Get("after"))
	if err != nil {
		return nil, err
	}

	before, err := strconv.Atoi(r.URL.Query().Get("before"))
	if err != nil {
		return nil, err
	}

	var rows []string
	for i := (after + m.apart - 1) / m.apart; i*m.apart < before && i <= m.count && len(rows) < most; i++ {
		rows = append(rows, fmt.Sprintf(`{"id":%d,"message_type":1}`, i*m.apart))
	}

	m.told.Add(int64(len(rows)))

	return response(http.StatusOK, `{"payload":[`+strings.Join(rows, ",")+`]}`, nil), nil
}

// A refresh of many messages of one conversation reads its windows a few times, not for each ten readers, and however far
// the messages are from each other.
func TestMessage_refreshOfManyMessages(t *testing.T) {
	for _, c := range []struct{ count, apart int }{{1_000, 1}, {1_000, 5_000}, {10_000, 1}, {10_000, 300}} {
		t.Run(fmt.Sprintf("%d messages %d apart", c.count, c.apart), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				conversation := &manyMessages{count: c.count, apart: c.apart}
				client := api.New(api.Settings{
					BaseURL: &url.URL{Scheme: "https", Host: "chat.example"}, APIAccessToken: "token", AccountID: "1",
					Transport: transport.Config{Timeout: time.Minute, HTTP: conversation},
				})

				ids := make(chan int)

				var workers sync.WaitGroup
				for range 10 {
					workers.Go(func() {
						for id := range ids {
							if message, found, err := client.Message(t.Context(), 5, api.ID(id)); err != nil || !found || int(message.ID) != id {
								t.Errorf("message %d: %v, %v, %v", id, message.ID, found, err)
							}

							time.Sleep(time.Millisecond)
						}
					})
				}

				for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(c.count) {
					ids <- (i + 1) * c.apart
				}

				close(ids)
				workers.Wait()

				t.Logf("%d requests told %d messages", conversation.asked.Load(), conversation.told.Load())

				if conversation.asked.Load() > int64(c.count/10) || conversation.told.Load() > int64(10*c.count) {
					t.Errorf("%d requests told %d messages, want at most a tenth of %d, and ten times as many",
						conversation.asked.Load(), conversation.told.Load(), c.count)
				}
			})
		})
	}
}

// TestContacts_ofCompany reads all pages of a company's contacts also from a server that does not say how many there are.
func TestContacts_ofCompany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const count = 40

		client := api.New(api.Settings{
			BaseURL: &url.URL{Scheme: "https", Host: "chat.example"}, APIAccessToken: "token", AccountID: "1",
			Transport: transport.Config{Timeout: time.Minute, HTTP: &manyContacts{count: count}},
		})

		contacts := client.EachContact(t.Context(), api.ContactsQuery{Company: 7})

		for range 2 {
			found := 0

			for _, err := range contacts {
				if err != nil {
					t.Fatal(err)
				}

				found++
			}

			if found != count {
				t.Errorf("%d of %d contacts", found, count)
			}
		}
	})
}
