package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
)

// vpcq and read_csv answer every question alike, and the report has them all.
func TestBench(t *testing.T) {
	measure := func(ctx context.Context, t task) (measure, error) { return t.run(ctx) }
	b := bench{dir: t.TempDir(), text: 200_000, rounds: 2, measure: measure, progress: io.Discard}
	r, err := b.run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, c := range r.compared {
		asked++
		if got := len(c.measures[programVPCQ]); got != 2 && !c.question.once {
			t.Errorf("%s, %s: measured %d times, want 2", c.bucket, c.question.name, got)
		}
		if answer := c.last(programVPCQ).Answer; answer == "" {
			t.Errorf("%s, %s: the answer is %q", c.bucket, c.question.name, answer)
		}
	}
	if asked != 15 {
		t.Errorf("%d questions were asked of buckets, want 15", asked)
	}
	var text strings.Builder
	if err := r.write(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| tiny | 4,000 tiny objects | ", "| v5 | top talkers | ", "- v5, every row and column: both have ",
		"| v5 | all columns to Parquet | ", "- default: klauspost's gunzip alone takes ", "- v5: building the cache takes ", "| default | count(*) | "} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, &text)
		}
	}
}

// Answers that differ end the run.
func TestBenchComparesAnswers(t *testing.T) {
	for _, program := range []string{programCSV, programCache} {
		measure := func(_ context.Context, t task) (m measure, err error) {
			if t.Program == program {
				m.Answer = "wrong"
			}
			return m, nil
		}
		b := bench{dir: t.TempDir(), text: 20_000, rounds: 1, only: "count(*)", measure: measure, progress: io.Discard}
		if _, err := b.run(t.Context()); err == nil || !strings.Contains(err.Error(), "the answers differ\nvpcq\n\n"+program+"\nwrong") {
			t.Errorf("%s: error %v", program, err)
		}
	}
}

// What a process of its own is asked, it prints.
func TestTask(t *testing.T) {
	dir := t.TempDir()
	made, err := buckets(20_000)[0].make(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run(t.Context(), []string{"-task", `{"Program": "vpcq", "Question": 0, "Bucket": "` + dir + `/default"}`}, &out); err != nil {
		t.Fatal(err)
	}
	if want := `"Answer":"` + fmt.Sprint(made.Records) + ` rows, hash `; !strings.Contains(out.String(), want) {
		t.Errorf("it prints %s, want %s", &out, want)
	}
	if err := run(t.Context(), []string{"-task", "{"}, &out); err == nil {
		t.Error("half a task is no error")
	}
}
