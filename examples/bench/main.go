// Bench measures vpcq against DuckDB's read_csv, both in the same version of
// DuckDB, on flow logs that it makes:
//
//	go run ./examples/bench
//
// Each measurement is made in a process of its own, vpcq's and read_csv's in
// turn, and every answer of the two is compared. Opening DuckDB is not measured;
// all else is, from the listing of the bucket to the last row. What vpcq answers
// from its cache is measured in the same turn against its own reading of the
// source, both as processes too, with all that a process takes to start. A
// directory given with -dir keeps the logs for the next time.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/vpcq/vpcq/engine/loader"
)

// badRows is how vpcq reads damaged records: as Athena does.
const badRows = loader.Null

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, to io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ExitOnError)
	dir := flags.String("dir", "", "directory that keeps the logs; empty: a temporary one")
	rounds := flags.Int("rounds", 5, "how often each question is asked of each")
	megabytes := flags.Int64("megabytes", 500, "text of each bucket, before compression")
	only := flags.String("only", "", "only the questions whose name contains this")
	asked := flags.String("task", "", "what a process of its own measures, as JSON; for the program itself")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *asked != "" {
		return runTask(ctx, *asked, to)
	}
	if *dir == "" {
		temporary, err := os.MkdirTemp("", "vpcq-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		*dir = temporary
	}
	absolute, err := filepath.Abs(*dir)
	if err != nil {
		return err
	}
	b := bench{dir: absolute, text: *megabytes * 1e6, rounds: max(1, *rounds), only: *only, measure: inProcess, progress: os.Stderr}
	report, err := b.run(ctx)
	if err != nil {
		return err
	}
	return report.write(to)
}

// runTask is what a process of its own does.
func runTask(ctx context.Context, asked string, to io.Writer) error {
	var t task
	if err := json.Unmarshal([]byte(asked), &t); err != nil {
		return fmt.Errorf("read -task: %w", err)
	}
	m, err := t.run(ctx)
	if err != nil {
		return err
	}
	return json.NewEncoder(to).Encode(m)
}

// inProcess has a task measured by another process of this program.
func inProcess(ctx context.Context, t task) (m measure, err error) {
	self, err := os.Executable()
	if err != nil {
		return measure{}, err
	}
	asked, err := json.Marshal(t)
	if err != nil {
		return measure{}, err
	}
	var complaint strings.Builder
	command := exec.CommandContext(ctx, self, "-task", string(asked))
	command.Stderr = &complaint
	began := time.Now()
	out, err := command.Output()
	if err != nil {
		return measure{}, fmt.Errorf("%w: %s", err, strings.TrimSpace(complaint.String()))
	}
	whole := time.Since(began)
	err = json.Unmarshal(out, &m)
	m.Whole = whole
	return m, err
}
