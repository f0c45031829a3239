//go:build unix

package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"strings"
	"time"
)

// report prints results as they come, and judges them.
type report struct {
	out     io.Writer
	cli     string
	options options
	results []result

	leastLoad, mostLoad float64
}

const columns = "%-26s %5s %6s %-8s %8s %8s %8s %6s %5s %8s %7s %7s %8s %6s %6s %6s %6s  %s\n"

func newReport(out io.Writer, cli string, o options) *report {
	cli, _, _ = strings.Cut(cli, " (") // Where it is installed says nothing.
	r := &report{out: out, cli: cli, options: o}
	fmt.Fprintf(out, "%s, %s, %d CPUs, parallelism %d\n\n", cli, runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU(), o.parallelism)
	fmt.Fprintf(out, columns, "kind", "n", "latenc", "phase", "wall", "requests", "/object", "conns", "peak", "CPU", "/object", "tf CPU", "memory", "x tfd", "x lat", "x same", "x lst", "")

	return r
}

func (r *report) add(got result) {
	r.noteLoad()
	r.results = append(r.results, got)

	cells := make([]any, 0, 19)
	for _, cell := range got.cells() {
		cells = append(cells, cell)
	}

	fmt.Fprintf(r.out, columns, append(cells, strings.Join(got.judge(), "; "))...)
}

// cells returns the columns, without the verdict.
func (got *result) cells() []string {
	n := float64(got.n)

	perLatency := "-"
	if got.latencyFloor > 0 {
		perLatency = fmt.Sprintf("%.2f", float64(got.wall)/float64(got.latencyFloor))
	}

	return []string{
		got.kind.name, fmt.Sprint(got.n), got.latency.String(), string(got.phase), fmt.Sprintf("%.2f s", got.wall.Seconds()),
		fmt.Sprint(got.stats.Requests), fmt.Sprintf("%.3f", got.perObject()), fmt.Sprint(got.stats.Connections),
		fmt.Sprint(got.stats.Peak), fmt.Sprintf("%.2f s", got.provider.CPU.Seconds()),
		fmt.Sprintf("%.1f ms", milliseconds(got.provider.CPU)/n), fmt.Sprintf("%.1f s", got.terraformCPU.Seconds()),
		fmt.Sprintf("%.0f MiB", mebibytes(got.provider.Peak)),
		fmt.Sprintf("%.1f", float64(got.wall)/float64(got.floor)), perLatency, got.over(got.same), got.over(got.least),
	}
}

// over returns how many times as long as a floor it took.
func (got *result) over(floor *result) string {
	if floor == nil {
		return "-"
	}

	return fmt.Sprintf("%.2f", float64(got.wall)/float64(floor.wall))
}

// judgeFloors compares with the floors of the same run, and a plan of what did not change with what it may cost.
func (got *result) judgeFloors() []string {
	var verdicts []string

	beside := func(floor *result, most float64, name string) {
		if floor != nil && got.latency == floorLatency {
			verdicts = append(verdicts, verdict(float64(got.wall) <= most*float64(floor.wall), fmt.Sprintf("wall <= %g x %s", most, name)))
		}
	}

	switch got.phase {
	case plan:
		beside(got.least, overLeast, "least schema")

		each := got.provider.CPU / time.Duration(got.n)
		verdicts = append(verdicts, verdict(each <= planCPU, fmt.Sprintf("CPU <= %.1f ms", milliseconds(planCPU))))
	case create, update:
		beside(got.same, overSame, "same schema")
	case refresh, destroy:
	}

	return verdicts
}

// judge compares with the targets, which are for a thousand objects.
func (got *result) judge() []string {
	if got.kind.faults > 0 {
		return []string{verdict(got.failed == 0, fmt.Sprintf("%d runs failed before", got.failed))}
	}

	if got.n < 1000 {
		return nil
	}

	verdicts := got.judgeFloors()

	if got.latency == 0 {
		if most, ok := map[phase]time.Duration{create: createCPU, refresh: refreshCPU}[got.phase]; ok {
			each := got.provider.CPU / time.Duration(got.n)
			verdicts = append(verdicts, verdict(each <= most, fmt.Sprintf("CPU <= %.1f ms", milliseconds(most))))
		}

		return append(verdicts, verdict(got.provider.Peak < memory, fmt.Sprintf("memory < %.0f MiB", mebibytes(memory))))
	}

	t, ok := got.kind.targets[got.phase]
	if !ok {
		return verdicts
	}

	most := t.wall(got.latencyFloor, got.floor)
	// To two decimals, so that logging in and the like are no object's.
	each := math.Round(100*got.perObject()) / 100

	return append(verdicts,
		verdict(each <= t.requests, fmt.Sprintf("requests <= %g", t.requests)),
		verdict(got.wall <= most, fmt.Sprintf("wall <= %.1f s", most.Seconds())))
}

func verdict(met bool, what string) string {
	if met {
		return what + " met"
	}

	return what + " MISSED"
}

func (r *report) verdict() {
	met, missed := 0, []string{}

	for _, got := range r.results {
		for _, v := range got.judge() {
			if strings.HasSuffix(v, "MISSED") {
				missed = append(missed, fmt.Sprintf("%s, %s: %s", got.kind.name, got.phase, v))
			} else {
				met++
			}
		}
	}

	fmt.Fprintf(r.out, "\n%d targets met, %d missed\n", met, len(missed))

	for _, line := range missed {
		fmt.Fprintln(r.out, "  ", line)
	}
}

// The part of a Markdown file that markdown replaces.
const (
	begin = "<!-- bench -->\n"
	end   = "<!-- /bench -->\n"
)

// write puts the tables into the file: between its marks, if it has any.
func (r *report) write(path, command string) error {
	text := begin + "\n" + r.markdown(command) + "\n" + end

	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}

	head, rest, marked := strings.Cut(string(old), begin)

	_, tail, ended := strings.Cut(rest, end)
	if marked && ended {
		text = head + text + tail
	}

	return os.WriteFile(path, []byte(text), 0o644)
}

// markdown returns the results for people who want to know what to expect: time and requests where platforms are slow, CPU and
// memory where they are not.
func (r *report) markdown(command string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "`%s`, with %s on %s with %d processors", command, r.cli, runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU())

	if r.leastLoad < r.mostLoad {
		fmt.Fprintf(&b, ", on which %.0f to %.0f jobs ran meanwhile", r.leastLoad, r.mostLoad)
	}

	b.WriteString(":\n\n")
	b.WriteString("| kind | objects | latency | | requests per object | connections | time | x latency | x `terraform_data` | target |\n")
	b.WriteString("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | --- |\n")

	for _, got := range r.results {
		if got.latency > 0 {
			fmt.Fprintf(&b, "| %s | %d | %v | %s | %.2f | %d | %.1f s | %.2f | %.1f | %s |\n", got.title(), got.n, got.latency, got.phase,
				got.perObject(), got.stats.Connections, got.wall.Seconds(),
				float64(got.wall)/float64(got.latencyFloor), float64(got.wall)/float64(got.floor), strings.Join(got.judge(), "; "))
		}
	}

	r.markdownFloors(&b)

	b.WriteString("\nWithout latency, so that processors decide:\n\n")
	b.WriteString("| kind | objects | | provider CPU per object | Terraform CPU per object | provider memory | target |\n")
	b.WriteString("| --- | ---: | --- | ---: | ---: | ---: | --- |\n")

	for _, got := range r.results {
		if got.latency == 0 {
			n := float64(got.n)
			fmt.Fprintf(&b, "| %s | %d | %s | %.1f ms | %.1f ms | %.0f MiB | %s |\n", got.title(), got.n, got.phase,
				milliseconds(got.provider.CPU)/n, milliseconds(got.terraformCPU)/n, mebibytes(got.provider.Peak), strings.Join(got.judge(), "; "))
		}
	}

	return b.String()
}

// markdownFloors writes the results that have floors beside them.
func (r *report) markdownFloors(b *strings.Builder) {
	b.WriteString("\nBeside the least that a provider with the plug-in framework does for the same configuration, with the type's own schema and with no more " +
		"attributes than it needs (time, and CPU of the provider's process for each object):\n\n")
	b.WriteString("| kind | objects | latency | | this provider | same schema | least schema | x same | x least |\n")
	b.WriteString("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |\n")

	cell := func(one *result) string {
		return fmt.Sprintf("%.1f s, %.1f ms", one.wall.Seconds(), milliseconds(one.provider.CPU)/float64(one.n))
	}

	for _, got := range r.results {
		if got.same != nil {
			got.same.n, got.least.n = got.n, got.n
			fmt.Fprintf(b, "| %s | %d | %v | %s | %s | %s | %s | %s | %s |\n", got.title(), got.n, got.latency, got.phase,
				cell(&got), cell(got.same), cell(got.least), got.over(got.same), got.over(got.least))
		}
	}
}

// title returns the kind's name with the type as code.
func (got *result) title() string {
	name, rest, _ := strings.Cut(got.kind.name, " ")
	return strings.TrimSpace("`" + name + "` " + rest)
}

func (got *result) perObject() float64 { return float64(got.stats.Requests) / float64(got.n) }

// noteLoad remembers how busy the machine is, where the system tells.
func (r *report) noteLoad() {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return
	}

	var load float64
	if _, err := fmt.Sscan(string(text), &load); err != nil {
		return
	}

	if r.mostLoad == 0 {
		r.leastLoad = load
	}

	r.leastLoad, r.mostLoad = min(r.leastLoad, load), max(r.mostLoad, load)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func mebibytes(n int64) float64 { return float64(n) / (1 << 20) }
