package export

import (
	"fmt"
	"slices"
	"strings"
)

// failure is why something is not exported.
type failure struct {
	kind string
	// object names the object that is left out; "" stands for the list.
	object string
	err    error
}

// rowError says that one object of a list could not be read. The list goes on.
type rowError struct {
	object string
	err    error
}

func (r rowError) Error() string { return r.object + ": " + r.err.Error() }

// fail notes why something of a type is not exported.
func (e *exporter) fail(kind string, err error) {
	row, isRow := err.(rowError) //nolint:errorlint // It is never wrapped.
	if isRow {
		e.failures = append(e.failures, failure{kind, row.object, row.err})
		return
	}

	e.failures = append(e.failures, failure{kind, "", err})
}

// explainFailures returns a sentence for each reason why types could not be listed, and for each reason why objects of a type
// are left out.
func (e *exporter) explainFailures() []string {
	type reason struct{ kind, text string } // Without a kind, it is a reason of lists.

	var order []reason

	names := map[reason][]string{}

	for _, f := range e.failures {
		why, name := reason{text: oneLine(f.err.Error())}, f.kind
		if f.object != "" {
			why.kind, name = f.kind, f.object
		}

		if names[why] == nil {
			order = append(order, why)
		}

		if f.object != "" || !slices.Contains(names[why], name) {
			names[why] = append(names[why], name)
		}
	}

	sentences := make([]string, len(order))
	for i, why := range order {
		sentences[i] = strings.TrimSpace(why.kind+" "+some(names[why])) + ": " + why.text
	}

	return sentences
}

// warned notes what the list of a type warns of. The list of another parent may say the same.
func (e *exporter) warned(kind, warning string) {
	if !slices.Contains(e.warnings[kind], warning) {
		e.warnings[kind] = append(e.warnings[kind], warning)
	}
}

// noteWarnings notes what lists warned of.
func (e *exporter) noteWarnings() {
	for _, kind := range e.kinds {
		for _, warning := range e.warnings[kind] {
			e.report.Notes = append(e.report.Notes, kind+": "+strings.TrimSuffix(warning, "."))
		}
	}
}

// some joins the first names of a list, which may be long.
func some(names []string) string {
	const most = 20

	if len(names) <= most {
		return strings.Join(names, ", ")
	}

	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// writeFailures says in the files of types what is missing in them.
func (e *exporter) writeFailures() error {
	remark := func(kind, text string) error {
		to, err := e.folder.create(kind + ".tf")
		if err != nil {
			return err
		}

		_, err = to.Write([]byte("\n# " + oneLine(text) + "\n"))

		return err
	}

	for _, f := range e.failures {
		text := "Not everything of this type could be listed. " + f.err.Error()
		if f.object != "" {
			text = f.object + ": " + f.err.Error()
		}

		if err := remark(f.kind, text); err != nil {
			return err
		}
	}

	for _, kind := range e.kinds {
		for _, warning := range e.warnings[kind] {
			if err := remark(kind, warning); err != nil {
				return err
			}
		}
	}

	return nil
}
