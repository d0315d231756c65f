package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// report is all that was measured.
type report struct {
	buckets  []string // what they are
	compared []compared
}

// write prints the report as a table of Markdown. A ratio is read_csv's figure
// over vpcq's: of the least of each, and of the medians.
func (r *report) write(to io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", machine())
	for _, line := range r.buckets {
		fmt.Fprintf(&b, "- %s\n", line)
	}
	b.WriteString("\n| bucket | question | vpcq s, min (median) | read_csv s | times as fast | at least | CPU | peak MB, vpcq / read_csv | memory | allocations per million records |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for _, c := range r.compared {
		if !c.question.once {
			fmt.Fprintf(&b, "%s\n", c.row())
		}
	}
	b.WriteString("\n| bucket | question | from the source s, min (median) | from the cache s | times as fast | at least | as processes |\n|---|---|---|---|---|---|---|\n")
	for _, c := range r.compared {
		if c.question.cached > 0 {
			fmt.Fprintf(&b, "%s\n", c.cachedRow())
		}
	}
	b.WriteByte('\n')
	for _, c := range r.compared {
		switch {
		case c.question.once:
			fmt.Fprintf(&b, "- %s, %s: both have %s\n", c.bucket, c.question.name, c.last(programVPCQ).Answer)
		case c.measures[programGunzip] != nil:
			fmt.Fprintf(&b, "- %s: klauspost's gunzip alone takes %s s; count(*) is %s times as fast\n", c.bucket,
				seconds(c.of(programGunzip, wall)), ratio(c.of(programGunzip, wall), c.of(programVPCQ, wall)))
		}
	}
	_, err := io.WriteString(to, b.String())
	return err
}

// row is the line of one question.
func (c compared) row() string {
	ours, theirs := c.of(programVPCQ, wall), c.of(programCSV, wall)
	least := ""
	if c.question.bar > 0 {
		least = fmt.Sprint(c.question.bar)
	}
	peak := func(m measure) float64 { return float64(m.Peak) / 1e6 }
	cpu := func(m measure) float64 { return m.CPU.Seconds() }
	allocs := func(m measure) float64 { return float64(m.Allocs) / float64(c.records) * 1e6 }
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s | %s | %.0f / %.0f | %s | %.0f |", c.bucket, c.question.name,
		seconds(ours), seconds(theirs), ratio(theirs, ours), least, ratio(c.of(programCSV, cpu), c.of(programVPCQ, cpu)),
		slices.Max(c.of(programVPCQ, peak)), slices.Max(c.of(programCSV, peak)), ratio(c.of(programCSV, peak), c.of(programVPCQ, peak)), median(c.of(programVPCQ, allocs)))
}

// cachedRow is the line of one question asked of the cache.
func (c compared) cachedRow() string {
	source, cached := c.of(programVPCQ, wall), c.of(programCache, wall)
	processes := ratio(c.of(programVPCQ, whole), c.of(programCache, whole))
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %v | %s |", c.bucket, c.question.name, seconds(source), brief(cached), ratio(source, cached), c.question.cached, processes)
}

func whole(m measure) float64 { return m.Whole.Seconds() }

func wall(m measure) float64 { return m.Wall.Seconds() }

// of is a figure of every measure of a program.
func (c compared) of(program string, figure func(measure) float64) []float64 {
	var all []float64
	for _, m := range c.measures[program] {
		all = append(all, figure(m))
	}
	return all
}

func seconds(all []float64) string {
	return fmt.Sprintf("%.3f (%.3f)", slices.Min(all), median(all))
}

// brief is seconds of what takes few of them.
func brief(all []float64) string {
	return fmt.Sprintf("%.4f (%.4f)", slices.Min(all), median(all))
}

// ratio is how many times b there is in a, of the least of each and of the medians.
func ratio(a, b []float64) string {
	return fmt.Sprintf("%.1f (%.1f)", slices.Min(a)/slices.Min(b), median(a)/median(b))
}

func median(all []float64) float64 {
	sorted := slices.Sorted(slices.Values(all))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// machine names what the figures are of.
func machine() string {
	model := runtime.GOARCH
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%d cores of %s, %s, %s, %s", runtime.GOMAXPROCS(0), model, runtime.GOOS, runtime.Version(), time.Now().UTC().Format(time.DateOnly))
}
