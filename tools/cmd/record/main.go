// Command record asks a Chatwoot server the sequences of requests that the simulator is held to, and writes down what it
// answers; or it tells how two recordings differ.
//
//	record [flags] URL             with a platform token in CHATWOOT_PLATFORM_TOKEN
//	record -compare [flags] A B    two files, or two releases that were recorded
//
// It makes two accounts and their people with the platform API, and changes nothing outside of them. Take an installation
// that was made for tests all the same: some sequences try what may not be allowed. Tokens and other secrets are replaced
// before anything is written.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/replay"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/terraform"
)

type recorder struct {
	folder string // With the sequences, the noise and the recordings.
	out    string
	only   []string
	slow   bool
	wait   time.Duration
	client *http.Client
	notes  io.Writer
}

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()

	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1) //nolint:gocritic // the context's cancel has nothing left to release
	}
}

func run(ctx context.Context, args []string) error {
	root, err := terraform.Root()
	if err != nil {
		return err
	}

	r := recorder{client: &http.Client{Timeout: time.Minute}, notes: os.Stderr}
	flags := flag.NewFlagSet("record", flag.ContinueOnError)
	compare := flags.Bool("compare", false, "compare two recordings")
	only := flags.String("only", "", "names of sequences, separated by commas; all of them without it")

	flags.StringVar(&r.folder, "folder", filepath.Join(root, "internal", "sandbox", "chatlake", "testdata", "recordings"), "where sequences and recordings are")
	flags.StringVar(&r.out, "out", "", "the file to write; <folder>/<version>.jsonl.gz without it")
	flags.DurationVar(&r.wait, "wait", 2*time.Minute, "how long to wait for a background job of the server")
	flags.BoolVar(&r.slow, "slow", false, "also the sequences that wait for minutes")

	if err := flags.Parse(args); err != nil {
		return err
	}

	if *only != "" {
		r.only = strings.Split(*only, ",")
	}

	if *compare {
		return r.compare(os.Stdout, flags.Arg(0), flags.Arg(1))
	}

	token := os.Getenv("CHATWOOT_PLATFORM_TOKEN")
	if flags.NArg() != 1 || token == "" {
		return errors.New("make record needs CHATWOOT_URL, and CHATWOOT_PLATFORM_TOKEN: the token of a platform app, from /super_admin of the server")
	}

	return r.record(ctx, strings.TrimSuffix(flags.Arg(0), "/"), token)
}

// record asks all sequences and writes the recording.
func (r recorder) record(ctx context.Context, url, token string) error {
	fmt.Fprintln(r.notes, "Making two accounts and their people on", url)

	settings, err := replay.MakePeople(ctx, r.client, url, token, r.wait)
	if err != nil {
		return err
	}

	problems, err := settings.Check(ctx)
	if err != nil {
		return err
	}

	for _, problem := range problems {
		fmt.Fprintln(r.notes, "Note:", problem)
	}

	fmt.Fprintf(r.notes, "Chatwoot %s, account %s\n", settings.Version, settings.AccountID)

	rows, err := r.ask(ctx, settings)
	if err != nil {
		return err
	}

	out := r.out
	if out == "" {
		out = filepath.Join(r.folder, settings.Version+".jsonl.gz")
	}

	if err := write(out, rows, settings); err != nil {
		return err
	}

	fmt.Fprintf(r.notes, "%d answers are in %s. If the release is new, give it a line in budget.txt beside it.\n", len(rows), out)

	return nil
}

func (r recorder) sequences() ([]replay.Sequence, error) {
	sequences, err := replay.LoadSequences(os.DirFS(r.folder), "sequences")
	if err != nil {
		return nil, err
	}

	return slices.DeleteFunc(sequences, func(s replay.Sequence) bool {
		return len(r.only) > 0 && !slices.Contains(r.only, s.Name) || s.Slow && !r.slow
	}), nil
}

func (r recorder) ask(ctx context.Context, settings *replay.Settings) ([]replay.Row, error) {
	sequences, err := r.sequences()
	if err != nil {
		return nil, err
	}

	var rows []replay.Row

	for i, sequence := range sequences {
		started := time.Now()

		answers, err := settings.Run(ctx, sequence)
		if err != nil {
			return nil, err
		}

		rows = append(rows, answers...)
		fmt.Fprintf(r.notes, "%3d of %d  %-32s %4d answers, %.0f s\n", i+1, len(sequences), sequence.Name, len(answers), time.Since(started).Seconds())
	}

	if len(rows) == 0 {
		return nil, errors.New("no sequence was asked")
	}

	return rows, nil
}

// write stores the rows, unless a token is in them.
func write(path string, rows []replay.Row, settings *replay.Settings) error {
	for _, row := range rows {
		text := fmt.Sprint(row.Headers, row.Answer)
		for role, token := range settings.Tokens {
			if token != "" && strings.Contains(text, token) {
				return fmt.Errorf("%s %d holds the token of %s: nothing was written", row.Sequence, row.Step, role)
			}
		}
	}

	file, err := os.Create(path)
	if err != nil {
		return err
	}

	return errors.Join(replay.Write(file, rows), file.Close())
}

// compare prints how two recordings differ, step by step.
func (r recorder) compare(out io.Writer, first, second string) error {
	if first == "" || second == "" {
		return errors.New("make compare needs A and B: two releases, or two files")
	}

	a, err := r.open(first)
	if err != nil {
		return err
	}

	b, err := r.open(second)
	if err != nil {
		return err
	}

	noise, err := r.noise()
	if err != nil {
		return err
	}

	sequences, err := r.sequences()
	if err != nil {
		return err
	}

	total := 0

	for _, sequence := range sequences {
		for i, step := range sequence.Steps {
			key := replay.Key{Sequence: sequence.Name, Step: i}
			before, wasAsked := a[key]
			after, isAsked := b[key]

			switch {
			case !wasAsked && !isAsked:
				continue
			case wasAsked != isAsked:
				fmt.Fprintf(out, "%s %q: asked of one of the two only\n", key, step.Title())

				total++

				continue
			}

			found := replay.Without(replay.Compare(step, before, after), noise)
			total += len(found)

			for n, difference := range found {
				if n == 0 {
					fmt.Fprintf(out, "%s %q: %s\n", key, step.Title(), step.Request())
				}

				fmt.Fprintf(out, "    %s\n", difference)
			}
		}
	}

	fmt.Fprintf(out, "%d differences between %s and %s\n", total, first, second)

	return nil
}

// open reads a file, or the recording of a release.
func (r recorder) open(name string) (replay.Recording, error) {
	path := name
	if _, err := os.Stat(path); err != nil {
		path = filepath.Join(r.folder, name+".jsonl.gz")
	}

	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}

	defer func() { _ = file.Close() }()

	return replay.Read(file)
}

func (r recorder) noise() ([]*regexp.Regexp, error) {
	file, err := os.Open(filepath.Join(r.folder, "noise.txt"))
	if err != nil {
		return nil, err
	}

	defer func() { _ = file.Close() }()

	return replay.ReadPatterns(file)
}
