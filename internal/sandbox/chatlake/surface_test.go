package chatlake_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/replay"
)

// surface holds the sequences of what few accounts use: one an area, asked a server of 4.15.1 with its features as
// installed, one with all features on (-enterprise) and one without the enterprise folder (-community).
const surface = recordings + "/surface"

// TestSurface compares the simulator with these recordings. An area may not have more differing answers than budget.txt
// says. CHATLAKE_REPLAY=companies_crud narrows the areas, CHATLAKE_REPLAY_ALL=1 prints all differences, and
// CHATLAKE_REPLAY_BUDGET=1 prints the numbers as a new budget.txt has them.
func TestSurface(t *testing.T) {
	t.Parallel()

	sequences, err := replay.LoadSequences(os.DirFS(surface), "sequences")
	if err != nil || len(sequences) == 0 {
		t.Fatal(len(sequences), err)
	}

	noise, exceptions, budgets := readNoise(t), readExceptions(t), readSurfaceBudget(t)

	for _, name := range slices.Sorted(maps.Keys(budgets)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			skipOlder(t, name)
			compareSurface(t, name, budgets[name], sequences, noise, exceptions)
		})
	}
}

func compareSurface(
	t *testing.T, name string, budget map[string]int, sequences []replay.Sequence, noise []*regexp.Regexp, exceptions []exception,
) {
	t.Helper()

	var (
		total int
		lines strings.Builder
	)

	recorded := readRecording(t, surface, name)

	for _, sequence := range sequences {
		found, report := differences(t, name, recorded, []replay.Sequence{sequence}, true, noise, exceptions)

		rows := map[replay.Key]bool{}
		for _, difference := range found {
			rows[difference.Key] = true
		}

		total += len(rows)

		if len(rows) > 0 {
			fmt.Fprintf(&lines, "%s %s %d\n", name, sequence.Name, len(rows))
		}

		if os.Getenv("CHATLAKE_REPLAY_ALL") != "" {
			t.Log(report)
		}

		if len(rows) > budget[sequence.Name] {
			t.Errorf("%s %s: %d answers differ from a real server's, %d are allowed:\n%s",
				name, sequence.Name, len(rows), budget[sequence.Name], head(report, 60))
		}
	}

	t.Logf("%s: %d answers differ", name, total)

	if os.Getenv("CHATLAKE_REPLAY_BUDGET") != "" {
		t.Log("\n" + lines.String())
	}
}

// readSurfaceBudget reads how many answers of each recording and area may differ.
func readSurfaceBudget(t *testing.T) map[string]map[string]int {
	t.Helper()

	files, err := filepath.Glob(filepath.Join(surface, "*.jsonl.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings: %v", err)
	}

	budgets := map[string]map[string]int{}
	for _, file := range files {
		budgets[strings.TrimSuffix(filepath.Base(file), ".jsonl.gz")] = map[string]int{}
	}

	for _, line := range dataLines(t, filepath.Join("surface", "budget.txt")) {
		fields := strings.Fields(line)
		if len(fields) != 3 || budgets[fields[0]] == nil {
			t.Fatalf("budget.txt: %q is not a recording, an area and a number", line)
		}

		budgets[fields[0]][fields[1]], err = strconv.Atoi(fields[2])
		if err != nil {
			t.Fatal(err)
		}
	}

	return budgets
}
