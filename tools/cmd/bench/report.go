//go:build unix

package main

import (
	"fmt"
	"io"
	"math"
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
}

const columns = "%-26s %5s %6s %-8s %8s %8s %8s %6s %5s %8s %7s %8s %6s %6s  %s\n"

func newReport(out io.Writer, cli string, o options) *report {
	r := &report{out: out, cli: cli, options: o}
	fmt.Fprintf(out, "%s, %s, %d CPUs, parallelism %d\n\n", cli, runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU(), o.parallelism)
	fmt.Fprintf(out, columns, "kind", "n", "latenc", "phase", "wall", "requests", "/object", "conns", "peak", "CPU", "/object", "memory", "x tfd", "x lat", "")
	return r
}

func (r *report) add(got result) {
	r.results = append(r.results, got)
	cells := make([]any, 0, 16)
	for _, cell := range got.cells() {
		cells = append(cells, cell)
	}
	fmt.Fprintf(r.out, columns, append(cells, strings.Join(got.judge(), "; "))...)
}

// cells are the columns, without the verdict.
func (got *result) cells() []string {
	n := float64(got.n)
	perLatency := "-"
	if got.latencyFloor > 0 {
		perLatency = fmt.Sprintf("%.2f", float64(got.wall)/float64(got.latencyFloor))
	}
	return []string{
		got.kind.name, fmt.Sprint(got.n), got.latency.String(), string(got.phase), fmt.Sprintf("%.2f s", got.wall.Seconds()),
		fmt.Sprint(got.stats.Requests), fmt.Sprintf("%.3f", float64(got.stats.Requests)/n), fmt.Sprint(got.stats.Connections),
		fmt.Sprint(got.stats.Peak), fmt.Sprintf("%.2f s", got.provider.CPU.Seconds()),
		fmt.Sprintf("%.1f ms", milliseconds(got.provider.CPU)/n), fmt.Sprintf("%.0f MiB", mebibytes(got.provider.Peak)),
		fmt.Sprintf("%.1f", float64(got.wall)/float64(got.floor)), perLatency,
	}
}

// judge compares with the targets, which are for a thousand objects.
func (got *result) judge() []string {
	if got.n < 1000 {
		return nil
	}
	if got.latency == 0 {
		var verdicts []string
		if most, ok := map[phase]time.Duration{create: createCPU, refresh: refreshCPU}[got.phase]; ok {
			each := got.provider.CPU / time.Duration(got.n)
			verdicts = append(verdicts, verdict(each <= most, fmt.Sprintf("CPU <= %.1f ms", milliseconds(most))))
		}
		return append(verdicts, verdict(got.provider.Peak < memory, fmt.Sprintf("memory < %.0f MiB", mebibytes(memory))))
	}
	t, ok := got.kind.targets[got.phase]
	if !ok {
		return nil
	}
	most := t.wall(got.latencyFloor, got.floor)
	// To two decimals, so that logging in and the like are no object's.
	each := math.Round(100*float64(got.stats.Requests)/float64(got.n)) / 100
	return []string{
		verdict(each <= t.requests, fmt.Sprintf("requests <= %g", t.requests)),
		verdict(got.wall <= most, fmt.Sprintf("wall <= %.1f s", most.Seconds())),
	}
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

// markdown is the same table.
func (r *report) markdown(command string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!-- %s, %s/%s, %d CPUs -->\n\n", command, runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	b.WriteString("| kind | objects | latency | phase | wall | requests | per object | connections | peak in flight | provider CPU | per object | " +
		"provider memory | x terraform_data | x latency floor | targets |\n")
	b.WriteString("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n")
	for _, got := range r.results {
		fmt.Fprintf(&b, "| %s | %s |\n", strings.Join(got.cells(), " | "), strings.Join(got.judge(), "; "))
	}
	return b.String()
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func mebibytes(n int64) float64 { return float64(n) / (1 << 20) }
