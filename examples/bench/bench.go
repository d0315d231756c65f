package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
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
		if ours, theirs := c.last(programVPCQ).Answer, c.last(programCSV).Answer; ours != theirs {
			return c, fmt.Errorf("%s, %s: the answers differ\nvpcq\n%s\nread_csv\n%s", bucket, q.name, ours, theirs)
		}
	}
	return c, nil
}

// last is a program's last measure.
func (c compared) last(program string) measure {
	all := c.measures[program]
	return all[len(all)-1]
}
