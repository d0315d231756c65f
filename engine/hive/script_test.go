package hive

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSplit(t *testing.T) {
	tests := []struct {
		script string
		want   []string // place and text of each
		tail   string
	}{
		{"", nil, ""},
		{" -- nothing;\n;;", nil, " -- nothing;\n;;"},
		{"SELECT 1;\n\n-- two; of them\nSELECT ';' ; ", []string{"1:1 SELECT 1", "4:1 SELECT ';'"}, " "},
		{`SELECT '\'; SHOW TABLES '\';'; SELECT 2`, []string{`1:1 SELECT '\'`, `1:13 SHOW TABLES '\';'`, "1:32 SELECT 2"}, ""},
		{"DROP TABLE `a;b`; SELECT \"a;b\" /* ; */ FROM t -- ;\n", []string{"1:1 DROP TABLE `a;b`", "1:19 SELECT \"a;b\" /* ; */ FROM t -- ;"}, "\n"},
		{"SELECT 'open; DROP TABLE t", []string{"1:1 SELECT 'open; DROP TABLE t"}, ""},
	}
	for _, test := range tests {
		pieces, tail := Split(test.script)
		var got []string
		for _, p := range pieces {
			got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Text))
		}
		if !reflect.DeepEqual(got, test.want) || tail != test.tail {
			t.Errorf("Split(%q) = %q, %q", test.script, got, tail)
		}
	}
}

// The work of cutting grows with the script, not with its square.
func BenchmarkSplit(b *testing.B) {
	script := strings.Repeat("CREATE EXTERNAL TABLE t (a int) LOCATION 's3://b/';\nCREATE TABLE u WITH (format = 'PARQUET') AS SELECT 1;\n", 5000)
	for b.Loop() {
		if pieces, _ := Split(script); len(pieces) != 10_000 {
			b.Fatalf("%d pieces", len(pieces))
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("SELECT 1; -- x\nDROP TABLE `t`;;\n/* y */")
	f.Fuzz(func(t *testing.T, script string) {
		pieces, tail := Split(script)
		rest := script
		for _, p := range pieces {
			at := strings.Index(rest, p.Lead+p.Text)
			if at != 0 && strings.TrimSpace(rest[:at]) != ";" {
				t.Fatalf("%q is not next in %q", p.Text, rest)
			}
			before := script[:len(script)-len(rest)+at+len(p.Lead)]
			line, column := 1+strings.Count(before, "\n"), 1+utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
			if p.Line != line || p.Column != column || p.Text == "" {
				t.Fatalf("%q begins at %d:%d, not %d:%d", p.Text, line, column, p.Line, p.Column)
			}
			rest = rest[at+len(p.Lead)+len(p.Text):]
		}
		if !strings.HasSuffix(rest, tail) {
			t.Fatalf("the tail %q is not that of %q", tail, rest)
		}
	})
}
