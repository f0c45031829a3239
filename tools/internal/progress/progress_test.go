package progress

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"
)

// TestProgress wants the first line within two seconds and the next at least every fifteen, and none for a short step.
func TestProgress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer

		p := Start(&out, "building the provider")

		time.Sleep(22*time.Second + time.Millisecond)
		p.Step("a short step")
		time.Sleep(time.Second / 2)
		p.Step("applying")
		time.Sleep(2 * time.Second)
		p.Stop()
		synctest.Wait()

		want := "... building the provider\n... building the provider (11 s)\n... building the provider (21 s)\n... applying\n"
		if out.String() != want {
			t.Errorf("got\n%s\nwant\n%s", out.String(), want)
		}
	})
}
