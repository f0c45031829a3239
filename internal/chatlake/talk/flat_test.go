package talk_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// TestListResources_flat lists a hundred thousand contacts. It costs their pages, and what is in memory after them is what was
// there after ten thousand.
func TestListResources_flat(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}

	const (
		all, page = 100_000, 15
		early     = all / 10
		mostGrown = 1 << 20 // A hundredth of what 90,000 contacts would take.
	)

	var requests atomic.Int64

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)

		number, err := strconv.Atoi(r.URL.Query().Get("page"))
		if err != nil || !strings.HasSuffix(r.URL.Path, "/contacts") {
			http.Error(w, `{"error":"not asked for"}`, http.StatusNotFound)
			return
		}

		var rows []string
		for id := (number-1)*page + 1; id <= min(number*page, all); id++ {
			rows = append(rows, fmt.Sprintf(`{"id":%d,"name":"Customer %[1]d","email":"customer-%[1]d@example.com","additional_attributes":{},"custom_attributes":{"plan":"gold"},"contact_inboxes":[]}`, id))
		}

		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"meta":{"count":%d},"payload":[%s]}`, all, strings.Join(rows, ","))
	}))
	defer server.Close()

	p := acctest.NewProtocol(t)

	diags := p.Configure(values{"chatlake": values{"base_url": server.URL, "api_access_token": "token", "account_id": "1"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	inUse := func() uint64 {
		var stats runtime.MemStats

		runtime.GC()
		runtime.ReadMemStats(&stats)

		return stats.HeapAlloc
	}

	count, before := 0, uint64(0)

	p.EachListed("chatlake_contact", 0, nil, false, func(listed acctest.Listed) {
		if len(listed.Diagnostics) > 0 {
			t.Fatal(listed.Diagnostics)
		}

		count++
		if count == early {
			before = inUse()
		}

		if count == all {
			after := inUse()
			if after > before+mostGrown {
				t.Errorf("%d bytes are in use after %d contacts, and %d after %d", before, early, after, all)
			}
		}
	})

	if count != all || requests.Load() != (all+page-1)/page {
		t.Errorf("%d contacts by %d requests, want %d by %d", count, requests.Load(), all, (all+page-1)/page)
	}
}
