package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/duckdb"
	"github.com/vpcq/vpcq/schema"
)

const (
	writtenURL         = "s3://written/" // what vpcq has the directory of writtenTo for
	writtenCompression = "SNAPPY"        // which DuckDB writes unless it is told another
)

// writtenTo is the directory that questions about a bucket write to.
func writtenTo(bucket string) string { return bucket + ".written" }

// clean makes that directory an empty one, if the question writes.
func (t task) clean() error {
	if !questions[t.Question].writes {
		return nil
	}
	dir := writtenTo(t.Bucket)
	return errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o755))
}

// written answers how many rows were written, and a sum over all their values.
func (t task) written(ctx context.Context) (string, error) {
	all, err := columns(t.Bucket)
	if err != nil {
		return "", err
	}
	db, err := duckdb.Open(duckdb.Options{Files: []string{writtenTo(t.Bucket)}})
	if err != nil {
		return "", err
	}
	defer db.Close()
	values := make([]string, len(all))
	for i, c := range all {
		if values[i] = `"` + c.Name + `"`; c.Type == schema.String {
			values[i] = "coalesce(" + values[i] + ", '-')"
		}
	}
	sum := "CAST(sum(CAST(hash(" + strings.Join(values, ", ") + ") >> 40 AS BIGINT)) AS BIGINT)"
	rows, err := db.Execute(ctx, engine.Job{SQL: "SELECT count(*), " + sum + " FROM read_parquet('" + strings.ReplaceAll(writtenTo(t.Bucket), "'", "''") + "/**/*.parquet')"})
	if err != nil {
		return "", err
	}
	return drain(rows, false)
}
