package duckdb

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/partitions/source"
)

// writtenTypes make literals of the types that a table can have, from what is
// random. Text holds nothing that text files do not.
var writtenTypes = []struct {
	name string
	make func(r *rand.Rand) string
}{
	{"boolean", func(r *rand.Rand) string { return []string{"true", "false"}[r.IntN(2)] }},
	{"tinyint", func(r *rand.Rand) string { return fmt.Sprint(r.IntN(256) - 128) }},
	{"smallint", func(r *rand.Rand) string { return fmt.Sprint(r.IntN(1<<16) - 1<<15) }},
	{"integer", func(r *rand.Rand) string { return fmt.Sprint(int32(r.Uint32())) }},
	{"bigint", func(r *rand.Rand) string { return fmt.Sprint(int64(r.Uint64()) >> r.IntN(64)) }},
	{"real", func(r *rand.Rand) string { return fmt.Sprintf("'%g'", r.NormFloat64()*1e10) }},
	{"double", func(r *rand.Rand) string {
		return fmt.Sprintf("'%s'", []string{"NaN", "Infinity", "-Infinity", "-0.0", fmt.Sprint(r.NormFloat64()), fmt.Sprint(r.NormFloat64() * 1e300)}[r.IntN(6)])
	}},
	{"decimal(9,4)", func(r *rand.Rand) string { return fmt.Sprintf("'%d.%04d'", r.IntN(199999)-99999, r.IntN(10000)) }},
	{"decimal(38,20)", func(r *rand.Rand) string { return fmt.Sprintf("'-%d.%020d'", r.Uint64N(1e18), r.Uint64()) }},
	{"date", func(r *rand.Rand) string {
		return fmt.Sprintf("'%04d-%02d-%02d'", 1+r.IntN(9999), 1+r.IntN(12), 1+r.IntN(28))
	}},
	{"timestamp(3)", func(r *rand.Rand) string {
		return fmt.Sprintf("'%04d-%02d-%02d %02d:%02d:%02d.%03d'", 1600+r.IntN(800), 1+r.IntN(12), 1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1000)*r.IntN(2))
	}},
	{"varchar", func(r *rand.Rand) string { return randomText(r, 40) }},
	{"varchar(5)", func(r *rand.Rand) string { return randomText(r, 5) }},
	{"char(6)", func(r *rand.Rand) string { return randomText(r, 6) }},
}

func randomText(r *rand.Rand, most int) string {
	var b strings.Builder
	for range r.IntN(most + 1) {
		b.WriteRune([]rune(`ab0 -\N"'{}:;|äß語🙂` + "\t")[r.IntN(19)])
	}
	if b.String() == `\N` {
		return "'N'"
	}
	return "'" + strings.ReplaceAll(b.String(), "'", "''") + "'"
}

// randomRows is a query of rows of all types, some of whose values are NULL, with
// a number first and a key last.
func randomRows(r *rand.Rand, count int) string {
	rows := make([]string, count)
	for i := range rows {
		values := []string{fmt.Sprint(i)}
		for _, t := range writtenTypes {
			if r.IntN(6) == 0 {
				values = append(values, "CAST(NULL AS "+t.name+")")
			} else {
				values = append(values, "CAST("+t.make(r)+" AS "+t.name+")")
			}
		}
		rows[i] = "(" + strings.Join(append(values, []string{"'k/1'", "'k 2'", "NULL"}[r.IntN(3)]), ", ") + ")"
	}
	names := []string{"i"}
	for i := range writtenTypes {
		names = append(names, fmt.Sprintf("c%d", i))
	}
	return "SELECT * FROM (VALUES " + strings.Join(rows, ", ") + ") AS t(" + strings.Join(append(names, "k"), ", ") + ")"
}

// TestWriteRoundTrip holds that tables written in every way have the rows of the query.
func TestWriteRoundTrip(t *testing.T) {
	src, err := source.Dir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	e := engine.New(open(t), engine.Options{Catalog: catalog.Empty(), Locations: source.NewMounts([]source.Mount{{URL: "s3://b/", Source: src}}, nil)})
	r := rand.New(rand.NewPCG(1, 2))
	ways := []string{
		"", ", write_compression = 'SNAPPY'", ", write_compression = 'ZSTD', compression_level = 9", ", write_compression = 'NONE'", ", partitioned_by = ARRAY['k']",
		", format = 'TEXTFILE'", ", format = 'TEXTFILE', write_compression = 'NONE', field_delimiter = ','", ", format = 'TEXTFILE', partitioned_by = ARRAY['k']",
		", format = 'JSON'", ", format = 'JSON', write_compression = 'NONE', partitioned_by = ARRAY['k']",
	}
	for i, way := range ways {
		query := randomRows(r, 40)
		if strings.Contains(way, "JSON") { // in which what is no number is a string, which is not read as one
			query = strings.NewReplacer("'NaN'", "'1'", "'Infinity'", "'2'", "'-Infinity'", "'3'").Replace(query)
		}
		want := rowsOf(t, e, "SELECT * FROM ("+query+") ORDER BY i")
		rowsOf(t, e, fmt.Sprintf("CREATE TABLE t%d WITH (external_location = 's3://b/t%d/'%s) AS %s", i, i, way, query))
		if got := rowsOf(t, e, fmt.Sprintf("SELECT * FROM t%d ORDER BY i", i)); !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", way, got, want)
		}
		rowsOf(t, e, fmt.Sprintf("INSERT INTO t%d SELECT * FROM t%d", i, i))
		if got := rowsOf(t, e, fmt.Sprintf("SELECT DISTINCT * FROM t%d ORDER BY i", i)); !slices.Equal(got, want) {
			t.Errorf("%s, inserted:\n got %q\nwant %q", way, got, want)
		}
	}
}

// rowsOf runs a statement to its end, and returns the rows.
func rowsOf(t *testing.T, e *engine.Engine, sql string) (all []string) {
	t.Helper()
	result, err := e.Query(t.Context(), sql)
	if err != nil {
		t.Fatalf("%.200s: %v", sql, err)
	}
	defer result.Close()
	for {
		batch, err := result.Next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatalf("%.200s: %v", sql, err)
		}
		for row := range int(batch.NumRows()) {
			var values []string
			for _, column := range batch.Columns() {
				values = append(values, column.ValueStr(row))
			}
			all = append(all, strings.Join(values, "|"))
		}
	}
}
