package export_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
)

// BenchmarkContacts exports contacts in a process of its own, and reports its memory and requests: memory stays, and requests
// grow with the pages.
func BenchmarkContacts(b *testing.B) {
	for _, count := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			s := server.New(sandbox.Options{})
			listener := httptest.NewServer(s.Handler())

			defer listener.Close()

			for i := range count {
				body, _ := json.Marshal(map[string]any{ //nolint:errchkjson // Plain texts.
					"method": "POST", "path": "/contacts",
					"body": map[string]any{"identifier": fmt.Sprint("customer-", i), "name": fmt.Sprint("Customer ", i), "custom_attributes": map[string]any{"plan": "gold"}},
				})
				if _, err := s.Chatlake.Hooks()["act"](body); err != nil {
					b.Fatal(err)
				}
			}

			for b.Loop() {
				s.Journal.Clear()

				dir := filepath.Join(b.TempDir(), "export")
				cmd := exec.CommandContext(b.Context(), os.Args[0]) //nolint:gosec // The test binary itself.

				cmd.Env = append(s.Environment(listener.URL), "CHAT_TEST_EXPORT="+dir)

				out, err := cmd.CombinedOutput()
				if err != nil {
					b.Fatalf("%v: %s", err, out)
				}

				usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
				if !ok {
					b.Fatal("no memory is told")
				}

				b.ReportMetric(float64(usage.Maxrss)/1024, "MiB")
				b.ReportMetric(float64(s.Journal.Count("")), "requests")

				if err := os.RemoveAll(dir); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
