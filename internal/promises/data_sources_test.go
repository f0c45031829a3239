package promises_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// TestDataSourcesAreFresh covers data sources that depend on what was made earlier in the run, by this provider or by another
// process: they see it, although the refresh has just read the list. Ten that are read at once share their requests.
func TestDataSourcesAreFresh(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	read := func(want string, config acctest.Values) {
		found, diags := p.Data(t.Context(), "chatlake_label", config)
		if len(diags) > 0 || chatlaketest.DataText(found, "description") != want {
			t.Errorf("%v is %v, %s", config, found, diags)
		}
	}

	own := chatlaketest.Create(t, p, "chatlake_label", acctest.Values{"title": "own", "description": "ours"})

	read("ours", acctest.Values{"title": "own"})

	_, diags := p.Read(t.Context(), own)
	if len(diags) > 0 { // The list is remembered now.
		t.Fatal(diags)
	}

	chatlaketest.Ask(t, w, "POST", "/labels", chatlaketest.Object{"title": "other", "description": "theirs"})
	w.Journal.Clear()
	read("theirs", acctest.Values{"title": "other"})

	n := w.Journal.Count("GET " + chatlaketest.AccountPath + "/labels")
	if n != 1 {
		t.Errorf("%d lists for one data source", n)
	}

	w.SetLatency(slow)
	w.Journal.Clear()

	var readers sync.WaitGroup
	for range 10 {
		readers.Go(func() { read("theirs", acctest.Values{"title": "other"}) })
	}

	readers.Wait()

	n = w.Journal.Count("GET " + chatlaketest.AccountPath + "/labels")
	if n > 2 {
		t.Errorf("%d lists for ten data sources at once, want two: whoever comes during the first shares the second", n)
	}
}

// TestListResources_filters wants of each list resource the filters of the data source that lists the same.
func TestListResources_filters(t *testing.T) {
	t.Parallel()

	// Terraform itself has a limit, a data source tells no labels of contacts, and ids look users up without a list.
	own := []string{"max_results", "include_labels", "user_ids"}
	p := acctest.NewProtocol(t)

	for _, kind := range p.Resources() {
		plural := strings.NewReplacer("y|", "ies", "x|", "xes", "|", "s").Replace(kind + "|")

		filters := p.DataArguments(plural)
		if !p.CanList(kind) || filters == nil {
			continue
		}

		without := func(names []string) []string {
			return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(own, name) })
		}

		if !slices.Equal(without(p.Arguments(kind)), without(filters)) {
			t.Errorf("%s is listed by %v, and the data source %s takes %v", kind, p.Arguments(kind), plural, filters)
		}
	}
}
