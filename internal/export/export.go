// Package export writes a Terraform configuration for what exists on the platforms.
//
// It asks the provider's own protocol server, in this process, as Terraform does: each type that can be listed is exported, and
// no type has code of its own here. What the protocol does not tell is in tables: which attributes name other objects, which
// types are people's, and what agents decide.
package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Options say what is exported, and where to.
type Options struct {
	// Dir is the folder that is written. It is made if it does not exist.
	Dir string
	// Only and Skip name platforms and types. Without Only, everything is exported.
	Only, Skip []string
	// WithPeople also exports contacts, conversations and what belongs to them.
	WithPeople bool
	// Provider is the local name of the provider in the configuration.
	Provider string
	// Force replaces what an earlier export wrote.
	Force bool
	// Environ is the environment, as NAME=value.
	Environ []string
	// Progress is told what is being done; nil is for no progress.
	Progress io.Writer
}

// Report says what an export has written and what it has left out.
type Report struct {
	// Objects counts the exported objects, Types their types.
	Objects, Types int
	// Notes say what is left out by its nature.
	Notes []string
	// Problems say what should have been exported and was not.
	Problems []string
}

// exporter is one export.
type exporter struct {
	Options

	source   *source
	kinds    []string
	folder   *folder
	imports  io.Writer
	names    *names
	secrets  []variable
	shown    map[string]bool
	report   Report
	failures []failure
	// warnings are what lists warned of, by type.
	warnings map[string][]string
}

// Run exports. The report is complete if there is no error, also when some types could not be listed.
func Run(ctx context.Context, server tfprotov6.ProviderServer, options Options) (Report, error) {
	if !hclsyntax.ValidIdentifier(options.Provider) {
		return Report{}, fmt.Errorf("%q cannot be the local name of a provider: a name is letters, digits, underscores and hyphens, and begins with a letter", options.Provider)
	}

	source, err := connect(ctx, server)
	if err != nil {
		return Report{}, err
	}

	e := &exporter{Options: options, source: source, names: newNames(), shown: map[string]bool{}, warnings: map[string][]string{}}

	source.warn = e.warned

	e.kinds, err = e.selected()
	if err != nil {
		return Report{}, err
	}

	e.folder, err = openFolder(options.Dir, options.Force, e.header())
	if err != nil {
		return Report{}, err
	}

	defer e.folder.discard()

	if err := e.write(ctx); err != nil {
		return Report{}, err
	}

	return e.report, e.folder.keep()
}

// header is the comment that each file begins with.
func (e *exporter) header() string {
	command := "terraform-provider-chat -export DIR"
	if len(e.Only) > 0 {
		command += " -only " + strings.Join(e.Only, ",")
	}

	if len(e.Skip) > 0 {
		command += " -skip " + strings.Join(e.Skip, ",")
	}

	if e.WithPeople {
		command += " -with-people"
	}

	return mark + "\n# The command was: " + command + "\n"
}

// write writes all files. Types of people come last, one object at a time: there may be very many of them.
func (e *exporter) write(ctx context.Context) error {
	var err error

	e.imports, err = e.folder.create("imports.tf")
	if err != nil {
		return err
	}

	var settings []object

	for _, kind := range e.kinds {
		if !isOfPeople(kind) {
			settings = append(settings, e.collect(ctx, kind)...)
		}
	}

	if err := e.writeSettings(ctx, settings); err != nil {
		return err
	}

	for _, kind := range e.kinds {
		if isOfPeople(kind) {
			if err := e.stream(ctx, kind); err != nil {
				return err
			}
		}
	}

	if err := ctx.Err(); err != nil {
		return fmt.Errorf("the export was interrupted: %w", err)
	}

	if e.report.Objects == 0 && len(e.failures) > 0 {
		return fmt.Errorf("nothing could be exported: %s", e.failures[0].err.Error())
	}

	e.report.Problems = e.explainFailures()
	e.noteWarnings()
	e.noteShown()

	return errors.Join(e.writeFailures(), e.writeProvider(), e.writeVariables())
}

// collect lists the objects of a type, and names them in the order of their ids. It returns them by name.
func (e *exporter) collect(ctx context.Context, kind string) []object {
	var found []object

	_ = e.each(ctx, kind, func(o object) error { // The function returns no error.
		e.names.note(&o)

		if err := e.prepare(ctx, &o); err != nil {
			e.fail(kind, rowError{o.known(), err})
			return nil //nolint:nilerr // The report names this object, and the others are written.
		}

		found = append(found, o)
		e.tell(kind, len(found))

		return nil
	})

	slices.SortStableFunc(found, func(a, b object) int { return compareIDs(a.id, b.id) })

	for i := range found {
		e.names.add(&found[i])
	}

	slices.SortFunc(found, func(a, b object) int { return strings.Compare(a.name, b.name) })

	return found
}

// each visits the objects of a type, those of each parent in turn if the platform lists them so. A list that fails is noted, and
// is no error.
func (e *exporter) each(ctx context.Context, kind string, visit func(object) error) error {
	for _, arguments := range e.arguments(ctx, kind) {
		for o, err := range e.source.list(ctx, kind, arguments) {
			if err != nil {
				e.fail(kind, err)

				if errors.As(err, new(rowError)) {
					continue
				}

				return ctx.Err()
			}

			if e.isSaid(o) {
				continue
			}

			if err := visit(o); err != nil {
				return err
			}
		}
	}

	return nil
}

// isSaid reports whether an object of the platform API is exported as what it is in the provider's account.
func (e *exporter) isSaid(o object) bool {
	own := e.variable("CHATLAKE_ACCOUNT_ID")
	return slices.Contains(e.kinds, again[o.kind]) && own != "" && text(o.values["account_id"]) == own
}

// arguments returns what a type is listed with: once, or once for each parent.
func (e *exporter) arguments(ctx context.Context, kind string) []map[string]any {
	arguments := listArguments[kind]

	parent := e.source.parent(kind)
	if parent == "" {
		return []map[string]any{arguments}
	}

	of := references[kind+"."+parent]

	var all []map[string]any
	for _, value := range e.parents(ctx, of) {
		all = append(all, map[string]any{parent: value})
	}

	for _, f := range e.failures {
		if f.kind == of.kind && f.object == "" {
			e.fail(kind, f.err)
		}
	}

	return all
}

// parents returns what the parents of a type are named by. They are listed if they are not exported.
func (e *exporter) parents(ctx context.Context, t target) []string {
	if slices.Contains(e.kinds, t.kind) {
		return e.names.values(t)
	}

	var found []string

	_ = e.each(ctx, t.kind, func(o object) error {
		found = append(found, text(o.values[t.attribute]))
		return nil
	})

	return found
}

// writeSettings writes the types that are not of people. Their references are followed first, to find cycles.
func (e *exporter) writeSettings(ctx context.Context, objects []object) error {
	cut := e.cycles(objects)

	for i := range objects {
		if i == 0 || objects[i].kind != objects[i-1].kind {
			e.report.Types++
		}

		file, err := e.folder.create(objects[i].kind + ".tf")
		if err != nil {
			return err
		}

		if err := e.writeObject(ctx, file, &objects[i], cut); err != nil {
			return err
		}
	}

	return nil
}

// stream writes the objects of a type one by one.
func (e *exporter) stream(ctx context.Context, kind string) error {
	count := 0

	err := e.each(ctx, kind, func(o object) error {
		e.names.note(&o)

		if err := e.prepare(ctx, &o); err != nil {
			e.fail(kind, rowError{o.known(), err})
			return nil //nolint:nilerr // The report names this object, and the others are written.
		}

		e.names.add(&o)

		count++
		e.tell(kind, count)

		file, err := e.folder.create(kind + ".tf")
		if err != nil {
			return err
		}

		return e.writeObject(ctx, file, &o, nil)
	})

	if count > 0 {
		e.report.Types++
	}

	return err
}

// tell says how far the export is, every so often.
func (e *exporter) tell(kind string, count int) {
	if e.Progress != nil && (count == 1 || count%100 == 0) {
		_, _ = fmt.Fprintf(e.Progress, "\r\x1b[K%s: %d", kind, count)
	}
}
