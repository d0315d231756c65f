package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/cache"
)

// bench is one run of the program.
type bench struct {
	dir      string
	text     int64 // bytes of each bucket
	rounds   int
	only     string
	measure  func(context.Context, task) (measure, error)
	progress io.Writer
}

// compared is the measures of one question of one bucket, by program.
type compared struct {
	question question
	bucket   string
	records  int64
	measures map[string][]measure
}

// run makes the buckets and asks every question, rounds times.
func (b bench) run(ctx context.Context) (*report, error) {
	r := &report{}
	for _, each := range buckets(b.text) {
		fmt.Fprintf(b.progress, "making %s\n", each.name)
		made, err := each.make(b.dir)
		if err != nil {
			return nil, err
		}
		r.buckets = append(r.buckets, fmt.Sprintf("%s: %d objects, %d records, %.1f MB of text, %.1f MB stored",
			each.name, made.Objects, made.Records, float64(made.Text)/1e6, float64(made.Stored)/1e6))
		if err := b.build(ctx, each.name, r); err != nil {
			return nil, err
		}
		for i, q := range questions {
			if !q.of(each.name) || !strings.Contains(q.name, b.only) {
				continue
			}
			c, err := b.compare(ctx, i, each.name, made.Records)
			if err != nil {
				return nil, err
			}
			r.compared = append(r.compared, c)
		}
	}
	return r, nil
}

// compare asks one question of one bucket, each program in turn.
func (b bench) compare(ctx context.Context, i int, bucket string, records int64) (compared, error) {
	q := questions[i]
	c := compared{question: q, bucket: bucket, records: records, measures: map[string][]measure{}}
	programs, rounds := []string{programVPCQ, programCSV}, b.rounds
	if q.once {
		rounds = 1
	}
	if q.cached > 0 {
		programs = append(programs, programCache)
	}
	if q.name == "count(*)" {
		programs = append(programs, programGunzip)
	}
	for round := range rounds {
		fmt.Fprintf(b.progress, "%s, %s, round %d of %d\n", bucket, q.name, round+1, rounds)
		for _, program := range programs {
			m, err := b.measure(ctx, task{Program: program, Question: i, Bucket: filepath.Join(b.dir, bucket)})
			if err != nil {
				return c, err
			}
			c.measures[program] = append(c.measures[program], m)
		}
		if err := c.differ(); err != nil {
			return c, err
		}
	}
	return c, nil
}

// differ is an error where the programs' last answers are not the same.
func (c compared) differ() error {
	ours := c.last(programVPCQ).Answer
	for _, program := range []string{programCSV, programCache} {
		if len(c.measures[program]) == 0 {
			continue
		}
		if theirs := c.last(program).Answer; ours != theirs {
			return fmt.Errorf("%s, %s: the answers differ\nvpcq\n%s\n%s\n%s", c.bucket, c.question.name, ours, program, theirs)
		}
	}
	return nil
}

// build builds the cache of a bucket anew, if any question is asked of it.
func (b bench) build(ctx context.Context, bucket string, r *report) error {
	asked := func(q question) bool { return q.cached > 0 && q.of(bucket) && strings.Contains(q.name, b.only) }
	if !slices.ContainsFunc(questions, asked) {
		return nil
	}
	fmt.Fprintf(b.progress, "caching %s\n", bucket)
	path := filepath.Join(b.dir, bucket)
	if err := os.RemoveAll(cacheOf(path)); err != nil {
		return err
	}
	m, err := b.measure(ctx, task{Program: programBuild, Bucket: path})
	if err != nil {
		return err
	}
	kept, err := cache.Open(cacheOf(path), path)
	if err != nil {
		return err
	}
	entries, _, err := kept.Entries()
	if err != nil {
		return err
	}
	stored := int64(0)
	for _, e := range entries {
		stored += e.Size
	}
	r.buckets = append(r.buckets, fmt.Sprintf("%s: building the cache takes %.2f s and at most %.0f MB of memory; it has %d files, %.1f MB",
		bucket, m.Wall.Seconds(), float64(m.Peak)/1e6, len(entries), float64(stored)/1e6))
	return nil
}

// last is a program's last measure.
func (c compared) last(program string) measure {
	all := c.measures[program]
	return all[len(all)-1]
}
