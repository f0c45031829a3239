package chatlaketest

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// RunData reads data sources of objects that prepare makes.
func RunData(t *testing.T, prepare func(*testing.T, *acctest.World), reads ...Data) {
	t.Helper()
	testData(t, Case{PrepareTaken: prepare, Data: reads})
}

// RunLostAnswers creates the minimal object of each case, and loses the answer. An object with a key is found.
func RunLostAnswers(t *testing.T, cases ...acctest.Cases) {
	t.Helper()

	for _, c := range cases {
		t.Run(c.Type, func(t *testing.T) {
			t.Parallel()
			testLostAnswer(t, Case{Type: c.Type, Minimal: c.Minimal, HasNoKey: len(c.Key) == 0})
		})
	}
}

// RunAgentToken creates the minimal object of each case with an agent's token, which is refused.
func RunAgentToken(t *testing.T, cases ...acctest.Cases) {
	t.Helper()

	for _, c := range cases {
		t.Run(c.Type, func(t *testing.T) {
			t.Parallel()
			testAgentToken(t, Case{Type: c.Type, Minimal: c.Minimal})
		})
	}
}

// DriftBy returns what somebody else does to an object: a request, in whose path and body %s is the object's id.
func DriftBy(method, path, body string) func(*testing.T, *acctest.World, acctest.Object) {
	return func(t *testing.T, w *acctest.World, o acctest.Object) {
		t.Helper()

		id := o.String("id")
		Request(t, w, method, strings.ReplaceAll(path, "%s", id), strings.ReplaceAll(body, "%s", id))
	}
}
