// Command library is the smallest program that queries flow logs with vpcq's
// libraries: it prints the ports at which most was refused in the folder that
// its argument names, examples/bucket for example.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/duckdb"
	"github.com/vpcq/vpcq/engine/render"
	"github.com/vpcq/vpcq/partitions/source"
)

const question = `
SELECT dstport, count(*) AS refused, count(DISTINCT srcaddr) AS sources
FROM vpc_flow_logs
WHERE action = 'REJECT' AND date BETWEEN DATE '2025-11-02' AND DATE '2025-11-04'
GROUP BY dstport
ORDER BY refused DESC, dstport
LIMIT 5`

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: library DIRECTORY")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run answers the question over the logs in dir.
func run(ctx context.Context, dir string, to io.Writer) error {
	logs, err := source.Dir(dir)
	if err != nil {
		return err
	}
	db, err := duckdb.Open(duckdb.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	result, err := engine.New(db, engine.Options{Source: logs}).Query(ctx, question)
	if err != nil {
		return err
	}
	defer result.Close()
	return printRows(result, to)
}

// printRows writes the rows as they come, as a table.
func printRows(result *engine.Result, to io.Writer) error {
	table, err := render.New("table", to, render.Options{Header: true})
	if err != nil {
		return err
	}
	if err := table.Begin(result.Columns()); err != nil {
		return err
	}
	for {
		rows, err := result.Next()
		if errors.Is(err, io.EOF) {
			return table.End()
		}
		if err != nil {
			return err
		}
		if err := table.Batch(rows); err != nil {
			return err
		}
	}
}
