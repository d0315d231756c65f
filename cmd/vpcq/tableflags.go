package main

import (
	"context"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/s3"
)

const categoryTables = "Declared tables:"

// tableFlags say which tables are declared and where their locations are read.
func tableFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Category: categoryTables, Name: "catalog", EnvVars: []string{"VPCQ_CATALOG"}, Usage: "keep tables, views and partitions in `FILE`, plain DDL (default: vpcq/catalog.sql in the XDG data directory)"},
		&cli.StringFlag{Category: categoryTables, Name: "database", EnvVars: []string{"VPCQ_DATABASE"}, Value: catalog.DefaultDatabase, Usage: "take names without a database for those of `NAME`"},
		&cli.StringSliceFlag{Category: categoryTables, Name: "mount", EnvVars: []string{"VPCQ_MOUNT"}, Usage: "`URL=DIRECTORY`: read what lies below URL, such as s3://bucket/prefix, from a local copy; may be repeated, the longest URL wins"},
		&cli.BoolFlag{DisableDefaultText: true, Category: categoryTables, Name: "strict-schema", Usage: "end with an error where declared columns do not fit the objects' header lines"},
	}
}

// tableOptions adds the catalog and what reads its tables' locations to options.
// Where tried is set, what statements declare is not kept.
func tableOptions(c *cli.Context, t terminal, tried bool, options *engine.Options) error {
	mounts, err := readMounts(c.StringSlice("mount"))
	if err != nil {
		return err
	}
	options.Locations = source.NewMounts(mounts, func(ctx context.Context, bucket string) (source.Source, error) {
		return openBucket(ctx, c, t, "s3://"+bucket+"/")
	})
	options.Database, options.StrictSchema = c.String("database"), c.Bool("strict-schema")
	if options.Catalog, err = openCatalog(c); err == nil && tried {
		options.Catalog = options.Catalog.Copy()
	}
	return err
}

// openCatalog opens the catalog that --catalog names, or that of the user;
// whoever has no home has none that is kept.
func openCatalog(c *cli.Context) (*catalog.Catalog, error) {
	path := c.String("catalog")
	if path == "" {
		var err error
		if path, err = catalog.DefaultPath(); err != nil {
			return catalog.Empty(), nil
		}
	}
	return catalog.Open(path)
}

// unkept says that what was declared ends with the process, where no file keeps it.
func unkept(c *catalog.Catalog) []string {
	if c.Path() != "" {
		return nil
	}
	for _, d := range c.Databases() {
		if len(c.Tables(d.Name))+len(c.Views(d.Name)) > 0 {
			return []string{"what was declared is not kept: there is no home directory to keep it in; name a file with --catalog"}
		}
	}
	return nil
}

// readMounts opens the directories of --mount.
func readMounts(texts []string) ([]source.Mount, error) {
	var mounts []source.Mount
	for _, text := range texts {
		if text == "" { // an empty variable
			continue
		}
		url, dir, ok := strings.Cut(text, "=")
		if !ok || dir == "" {
			return nil, usage("--mount %q: want s3://bucket/prefix=DIRECTORY", text)
		}
		if _, _, err := source.ParseURL(url); err != nil {
			return nil, usage("--mount %q: %w", text, err)
		}
		src, err := source.Dir(dir)
		if err != nil {
			return nil, err
		}
		mounts = append(mounts, source.Mount{URL: strings.TrimRight(url, "/") + "/", Source: src})
	}
	return mounts, nil
}

// openBucket opens a bucket by its URL, with the flags of the AWS CLI.
func openBucket(ctx context.Context, c *cli.Context, t terminal, url string) (source.Source, error) {
	if payer := c.String("request-payer"); payer != "" && payer != "requester" {
		return nil, usage("--request-payer %q: want requester", payer)
	}
	return s3.Open(ctx, url, s3.Options{
		Profile: c.String("profile"), Region: c.String("region"), EndpointURL: c.String("endpoint-url"),
		NoSignRequest: c.Bool("no-sign-request"), RequestPayer: c.String("request-payer"), CABundle: c.String("ca-bundle"),
		TempDir: c.String("temp-dir"), RoleARN: c.String("role-arn"), ExternalID: c.String("external-id"), MFAToken: mfaToken(ctx, t),
	})
}

// closeSources gives up the connections of buckets; other sources hold nothing,
// and there may be none.
func closeSources(options engine.Options) {
	for _, s := range []source.Source{options.Source, options.Locations} {
		if held, ok := s.(io.Closer); ok {
			_ = held.Close() // nothing is lost by connections that do not close
		}
	}
}
