package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/seed-426837f5/terraform-provider-chat/internal/export"
	"github.com/seed-426837f5/terraform-provider-chat/internal/plugin"
	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
)

// exportFlags are the flags of an export.
type exportFlags struct{ export.Options }

// define declares the flags.
func (f *exportFlags) define() {
	flag.StringVar(&f.Dir, "export", "", "write a configuration for what exists into this `folder`, with import blocks")
	flag.Func("only", "with -export: only these `platforms or types`, as chatlake,imichat or chatlake_label,chatlake_team", names(&f.Only))
	flag.Func("skip", "with -export: not these `platforms or types`", names(&f.Skip))
	flag.BoolVar(&f.WithPeople, "with-people", false, "with -export: also contacts, sessions, notes, conversations, messages, users and chats")
	flag.StringVar(&f.Provider, "provider", "chat", "with -export: the local `name` of the provider")
	flag.BoolVar(&f.Force, "force", false, "with -export: replace what an earlier export wrote into the folder")
}

// isGiven reports whether an export is asked for.
func (f *exportFlags) isGiven() bool {
	return f.Dir != "" || len(f.Only) > 0 || len(f.Skip) > 0 || f.WithPeople || f.Force
}

// names returns what reads a list with commas into a flag that may be given several times.
func names(list *[]string) func(string) error {
	return func(text string) error {
		for name := range strings.SplitSeq(text, ",") {
			name = strings.TrimSpace(name)
			if name != "" {
				*list = append(*list, name)
			}
		}

		return nil
	}
}

// run exports, and says what was written and what was not. An export that is not complete ends with an error.
func (f *exportFlags) run() error {
	if f.Dir == "" {
		return errors.New("-only, -skip, -with-people and -force need -export with a folder to write into")
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	f.Environ = os.Environ()

	info, err := os.Stderr.Stat()
	if err == nil && info.Mode()&os.ModeCharDevice != 0 {
		f.Progress = os.Stderr
	}

	report, err := export.Run(ctx, plugin.Server(provider.New(version)())(), f.Options)
	if err != nil {
		return err
	}

	for _, note := range report.Notes {
		fmt.Fprintln(os.Stdout, note+".")
	}

	fmt.Fprintf(os.Stdout, "%d objects of %d types are in %s. Next: terraform init, and terraform plan, which should say that it only imports.\n", report.Objects, report.Types, f.Dir)

	if len(report.Problems) > 0 {
		return errors.New("the export is not complete:\n- " + strings.Join(report.Problems, "\n- "))
	}

	return nil
}
