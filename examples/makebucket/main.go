// Makebucket makes a bucket of VPC flow logs in a directory. Without options
// it makes the one in examples/bucket:
//
//	rm -r examples/bucket && go run ./examples/makebucket -out examples/bucket
//
// Two gigabytes of text for a benchmark, in the format with 29 fields:
//
//	go run ./examples/makebucket -out /tmp/big -bytes 2GB -format v5
//
// Many small objects:
//
//	go run ./examples/makebucket -out /tmp/wide -days 400 -accounts 4 -regions 6 -objects 100000 -records 2
package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/vpcq/vpcq/examples/made"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "makebucket:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	o := made.Example
	flags := flag.NewFlagSet("makebucket", flag.ExitOnError)
	out := flags.String("out", "", "directory to make; must be empty or missing")
	flags.Uint64Var(&o.Seed, "seed", o.Seed, "same seed and options: same records")
	start := flags.String("start", o.Start.Format(time.DateOnly), "first day")
	flags.IntVar(&o.Days, "days", o.Days, "number of days")
	flags.IntVar(&o.Accounts, "accounts", o.Accounts, "number of accounts")
	flags.IntVar(&o.Regions, "regions", o.Regions, "regions of each account, at most 6")
	flags.IntVar(&o.Objects, "objects", o.Objects, "log files in all; 0: one for each account, region and day")
	flags.IntVar(&o.Records, "records", o.Records, "records in each object, unless -bytes")
	flags.StringVar(&o.Format, "format", o.Format, "default (14 fields), v5 (29 fields) or mixed")
	flags.BoolVar(&o.Foreign, "foreign", o.Foreign, "also make objects that are not flow logs")
	size := flags.String("bytes", "", "text of all objects before compression, such as 2GB; overrides -records")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var err error
	if o.Start, err = time.Parse(time.DateOnly, *start); err != nil {
		return fmt.Errorf("read -start: %w", err)
	}
	if o.Bytes, err = parseBytes(*size); err != nil {
		return err
	}
	if *out == "" {
		return fmt.Errorf("no -out: name a directory")
	}
	began := time.Now()
	made, err := made.Write(*out, o)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d objects, %d records, %d bytes of text, %d bytes stored, in %.1f s\n",
		*out, made.Objects, made.Records, made.Text, made.Stored, time.Since(began).Seconds())
	return nil
}

// parseBytes reads a size such as 2GB, 500MB or 1000; the units are powers of 1000.
func parseBytes(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	digits, factor := s, int64(1)
	for i, unit := range []string{"KB", "MB", "GB", "TB"} {
		if rest, found := strings.CutSuffix(s, unit); found {
			digits = rest
			for range i + 1 {
				factor *= 1000
			}
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("read size %q: want a number and KB, MB, GB or TB", s)
	}
	return n * factor, nil
}
