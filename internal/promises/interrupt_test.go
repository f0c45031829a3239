//go:build unix

package promises_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// Ctrl-C while the platform is slow: no request begins later than a second after it, and what was answered before is in
// the state. The next apply makes the rest, once.
func TestAccInterrupt(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set")
	}

	for _, signals := range []int{1, 2} {
		t.Run(fmt.Sprintf("%d times", signals), func(t *testing.T) {
			t.Parallel()

			const objects = 60

			w := acctest.NewWith(t, sandbox.Options{})

			var b strings.Builder
			b.WriteString("terraform {\n  required_providers {\n    chat = { source = \"seed-426837f5/chat\" }\n  }\n}\n")
			fmt.Fprintf(&b, "resource \"chatlake_label\" \"test\" {\n  provider = chat\n  count = %d\n  title = \"label-${count.index}\"\n}\n", objects)
			tf := acctest.NewTerraform(t, []string{"chat"}, map[string]string{"main.tf": b.String()})
			tf.Env = append(tf.Env, w.Environment(w.URL)...)
			tf.Must(t, "init", "-no-color")

			// The platform has done it long before it says so: what is under way at the interruption exists all the same.
			const slow = 300 * time.Millisecond
			w.Faults.SetRate(sandbox.Rate{Share: 1, Faults: []sandbox.Fault{{Name: "slow", Delay: slow, After: true}}})

			cmd := tf.Command(t.Context(), "apply", "-auto-approve", "-no-color")
			// A group of its own, as a terminal gives it: Ctrl-C reaches Terraform and the provider.
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}

			var out bytes.Buffer

			cmd.Stdout, cmd.Stderr = &out, &out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}

			wait(t, "35 labels", func() bool { return len(created(w)) >= 35 })

			interrupted := time.Now()

			for range signals {
				if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
					t.Fatal(err)
				}

				time.Sleep(100 * time.Millisecond)
			}

			if err := cmd.Wait(); err == nil {
				t.Fatalf("it went on to the end: %s", out.String())
			}

			for _, e := range w.Journal.Entries(nil) {
				// The journal has the time of arrival.
				late := e.Time.Sub(interrupted)
				if late > time.Second {
					t.Errorf("%s %s came %s after the interruption", e.Method, e.Path, late)
				}
			}

			made := len(created(w))
			if made >= objects {
				t.Fatalf("all %d were made: nothing was interrupted", made)
			}

			state := 0
			if listed, err := tf.Run(t, "state", "list"); err == nil {
				state = strings.Count(listed, "chatlake_label.test")
			}

			answered := 0

			for _, e := range w.Journal.Entries(nil) {
				if e.Method == "POST" && e.Status == 200 && e.Time.Add(2*slow).Before(interrupted) {
					answered++
				}
			}

			t.Logf("%d of %d were made, %d were answered well before, %d are in the state", made, objects, answered, state)
			// After a second Ctrl-C Terraform may leave without writing its state, and says so.
			left := signals > 1 && strings.Contains(strings.Join(strings.Fields(out.String()), " "), "data loss may have occurred")
			if !left && (answered == 0 || state < answered || signals == 1 && state != made) {
				t.Errorf("%d were answered and %d are in the state\n%s", answered, state, out.String())
			}

			w.Faults.Clear()
			finish(t, tf)

			n := len(created(w))
			if n != objects {
				t.Errorf("there are %d labels and not %d", n, objects)
			}
		})
	}
}

// finish applies as the errors say until Terraform is satisfied: a label whose answer was not awaited exists already.
func finish(t *testing.T, tf *acctest.Terraform) {
	t.Helper()

	if out, err := tf.Run(t, "apply", "-auto-approve", "-no-color"); err != nil {
		if !strings.Contains(out, "adopt_existing = true") {
			t.Fatalf("%v\n%s", err, out)
		}

		config := read(t, tf.Dir+"/main.tf")
		writeFile(t, tf.Dir+"/main.tf", strings.Replace(config, "  count =", "  adopt_existing = true\n  count =", 1), 0o600)
		tf.Must(t, "apply", "-auto-approve", "-no-color")
	}

	tf.Must(t, "plan", "-detailed-exitcode", "-no-color")
}

// created returns the titles of the labels that were asked for.
func created(w *acctest.World) []string {
	var titles []string

	for _, l := range w.Chatlake.Labels() {
		if strings.HasPrefix(l.Title, "label-") {
			titles = append(titles, l.Title)
		}
	}

	return titles
}

func wait(t *testing.T, what string, until func() bool) {
	t.Helper()

	for deadline := time.Now().Add(time.Minute); !until(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited a minute for %s", what)
		}
	}
}
