package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

const (
	categoryAWS  = "As in the AWS CLI:"
	categoryRead = "What is read:"
)

// sourceFlags name the source and the way to it.
func sourceFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "source", Aliases: []string{"s"}, EnvVars: []string{"VPCQ_SOURCE"}, Usage: "read the flow logs below `PATH`: a directory, or s3://bucket/prefix"},
		&cli.BoolFlag{DisableDefaultText: true, Name: "quiet", Aliases: []string{"q"}, Usage: "no progress and no notes on standard error"},
		&cli.StringFlag{Category: categoryAWS, Name: "profile", Usage: "use `NAME` of the AWS configuration"},
		&cli.StringFlag{Category: categoryAWS, Name: "region", Usage: "the AWS `REGION` to ask first; the bucket's own is found by itself"},
		&cli.StringFlag{Category: categoryAWS, Name: "endpoint-url", Usage: "send S3 requests to `URL`"},
		&cli.BoolFlag{DisableDefaultText: true, Category: categoryAWS, Name: "no-sign-request", Usage: "send no credentials"},
		&cli.StringFlag{Category: categoryAWS, Name: "request-payer", Usage: "`PAYER`: requester agrees to pay for the requests"},
		&cli.StringFlag{Category: categoryAWS, Name: "ca-bundle", Usage: "trust the certificates in `FILE`"},
		&cli.StringFlag{Category: categoryAWS, Name: "role-arn", Usage: "assume the role `ARN` with the credentials found"},
		&cli.StringFlag{Category: categoryAWS, Name: "external-id", Usage: "the `ID` that the role asks for"},
	}
}

// readFlags say which objects and records are read.
func readFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Category: categoryRead, Name: "from", Usage: "only records that start at `TIME` (UTC) or later: 2025-11-01, 2025-11-01T06:00:00Z, -7d"},
		&cli.StringFlag{Category: categoryRead, Name: "to", Usage: "only records that start before `TIME`, in the same forms"},
		&cli.StringFlag{Category: categoryRead, Name: "account", Usage: "only the folders of these accounts: `ID,...`"},
		&cli.StringFlag{Category: categoryRead, Name: "aws-region", Usage: "only the folders of these regions: `REGION,...`"},
		&cli.StringFlag{Category: categoryRead, Name: "log-format", Usage: "the `FORMAT` of objects without a header line: '${version} ${account-id} …'"},
		&cli.StringFlag{Category: categoryRead, Name: "bad-files", Value: "fail", Usage: "`WHAT` becomes of objects that are damaged or cannot be read: fail, warn (keep what came before the damage) or skip; with warn and skip folders that cannot be listed are left out, and named"},
		&cli.StringFlag{Category: categoryRead, Name: "bad-rows", Value: "null", Usage: "`WHAT` becomes of damaged records: null (read as Athena reads them), fail or warn (leave them out)"},
	}
}

var (
	filePolicies = map[string]loader.Policy{"fail": loader.Fail, "warn": loader.Warn, "skip": loader.Skip}
	rowPolicies  = map[string]loader.Policy{"null": loader.Null, "fail": loader.Fail, "warn": loader.Warn}
)

// engineOptions turns the flags into what the engine reads and how. Without
// need, a missing source is left to the statement that names a table.
func engineOptions(ctx context.Context, c *cli.Context, t terminal, need bool) (engine.Options, error) {
	now := time.Now()
	options := engine.Options{Accounts: list(c.String("account")), Regions: list(c.String("aws-region"))}
	var err error
	if options.From, err = parseTime("from", c.String("from"), now); err != nil {
		return options, err
	}
	if options.To, err = parseTime("to", c.String("to"), now); err != nil {
		return options, err
	}
	if !options.From.IsZero() && !options.To.IsZero() && !options.From.Before(options.To) {
		return options, usage("--from %s is not before --to %s: no record lies between", c.String("from"), c.String("to"))
	}
	var ok bool
	if options.BadFiles, ok = filePolicies[c.String("bad-files")]; !ok {
		return options, usage("--bad-files %q: want fail, warn or skip", c.String("bad-files"))
	}
	if options.BadRows, ok = rowPolicies[c.String("bad-rows")]; !ok {
		return options, usage("--bad-rows %q: want null, fail or warn", c.String("bad-rows"))
	}
	if text := c.String("log-format"); text != "" {
		format, err := schema.ParseLogFormat(text)
		if err != nil {
			return options, usage("--log-format: %w", err)
		}
		options.LogFormat = &format
	}
	if !c.Bool("quiet") {
		options.Warn = func(text string) { fmt.Fprintln(t.err, "vpcq: "+text) }
	}
	if c.String("source") == "" {
		if need {
			return options, usage("no source: pass -s DIRECTORY or -s s3://bucket/prefix, or set VPCQ_SOURCE")
		}
		return options, nil
	}
	opened, err := openSource(ctx, c, t)
	if err == nil { // or opened holds a bucket that is nil
		options.Source = opened
	}
	return options, err
}

// openSource opens the bucket or the directory that --source names; closeSources
// closes it.
func openSource(ctx context.Context, c *cli.Context, t terminal) (source.Source, error) {
	name := c.String("source")
	if !strings.HasPrefix(name, "s3://") && !strings.HasPrefix(name, "arn:") {
		return source.Dir(name)
	}
	return openBucket(ctx, c, t, name)
}

// list cuts a flag's value at the commas.
func list(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}
