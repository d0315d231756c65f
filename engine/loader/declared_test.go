package loader

import (
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

// What Athena's LazySimpleSerDe makes of objects of text, by what is declared.
// Sources: Trino, lib/trino-hive-formats, line/simple/SimpleDeserializer.java
// (positions, missing and surplus fields) and line/text/TextLineReader.java.
func TestDeclaredObjects(t *testing.T) {
	for _, c := range []struct {
		name, body string
		separator  byte
		skip       int
		want       string // rows: name, n, last
	}{
		{"by position, whatever the header says", "bytes srcport x\n1 2 3\n4 5 6\n", ' ', 1, "1|2|3,4|5|6"},
		{"no line is skipped unless declared", "bytes srcport x\n1 2 3\n", ' ', 0, "bytes|∅|x,1|2|3"},
		{"two lines are skipped", "a\nb\n1 2 3\n", ' ', 2, "1|2|3"},
		{"more lines to skip than there are", "a\nb\n", ' ', 5, ""},
		{"an empty object", "", ' ', 1, ""},
		{"missing fields", "h\nx\n1 2\n", ' ', 1, "x|∅|∅,1|2|∅"},
		{"surplus fields", "h\n1 2 3 4 5\n", ' ', 1, "1|2|3"},
		{"null and what is no number", "h\n\\N \\N \\N\n- - -\n", ' ', 1, "∅|∅|∅,-|∅|-"},
		{"commas", "h\na b,2,c d\ne,,\n,3\n", ',', 1, "a b|2|c d,e|∅|,|3|∅"},
		{"tabs, CR LF and no last line end", "h\r\na\t2\tc\r\nd\t3", '\t', 1, "a|2|c,d|3|∅"},
		{"Hive's own separator", "a\x012\x01c\n", 1, 0, "a|2|c"},
		{"text that is not UTF-8", "h\n\xff 1 \xff\n", ' ', 1, "\ufffd|1|\ufffd"},
	} {
		for _, stored := range [][]byte{[]byte(c.body), zip(c.body)} {
			opt := Options{Source: memorySource{"a": stored}, Columns: columns("name n:int last"), BadRows: Null, Stats: new(Stats)}
			opt.Declared = &Declared{Format: schema.Format{Columns: opt.Columns}, Separator: c.separator, Skip: c.skip}
			got, err := readAll(t, NewScan(opt, queueOf(objectOf("a"))))
			if err != nil || strings.Join(got, ",") != c.want {
				t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
			}
			if n := opt.Stats.Headers.Load(); n > int64(c.skip) {
				t.Errorf("%s: %d headers", c.name, n)
			}
		}
	}
}

// A declared object's first line is told where it is a header, so that somebody
// can see that the declaration does not fit.
func TestDeclaredObjectsShowTheirHeader(t *testing.T) {
	for skip := range 2 {
		var met []string
		src := memorySource{"a": zip("srcport bytes\n1 2\n"), "b": []byte("srcport bytes\n3 4\n"), "c": []byte("1 2\n"), "d": []byte("bytes srcport\n"), "e": nil}
		opt := Options{Source: src, Columns: columns("bytes:bigint"), BadRows: Null, Stats: new(Stats)}
		opt.Declared = &Declared{Format: schema.Format{Columns: columns("bytes:bigint srcport:int")}, Separator: ' ', Skip: skip}
		opt.Declared.Header = func(o Object, f schema.Format) error {
			met = append(met, o.Key+" "+f.Columns[0].Name)
			return nil
		}
		if _, err := readAll(t, NewScan(opt, queueOf(objectOf("a"), objectOf("b"), objectOf("c"), objectOf("d"), objectOf("e")))); err != nil {
			t.Fatal(err)
		}
		if want := "a srcport, d bytes"; strings.Join(met, ", ") != want {
			t.Errorf("skip %d: met %q, want %s", skip, met, want)
		}
	}
}

// Under Fail, a declaration's records must have the declared fields.
func TestDeclaredRecordsVerified(t *testing.T) {
	src := memorySource{"a": []byte("h\n1,2\n3\n")}
	opt := Options{Source: src, Columns: columns("n:int"), BadRows: Fail, Stats: new(Stats)}
	opt.Declared = &Declared{Format: schema.Format{Columns: columns("n:int m:int")}, Separator: ',', Skip: 1}
	_, err := readAll(t, NewScan(opt, queueOf(objectOf("a"))))
	if want := "line 3"; err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "1 field where the format has 2") {
		t.Errorf("error %v, want one at %s", err, want)
	}
}

func TestDeclaredRefusals(t *testing.T) {
	for body, want := range map[string]string{
		"PAR1\x15\x04\n":                         "it is Parquet",
		strings.Repeat("x", maxLine+1) + "\n1\n": "a line of more than 1048576 bytes",
	} {
		opt := Options{Source: memorySource{"a": []byte(body)}, Columns: columns("n:int"), Stats: new(Stats)}
		opt.Declared = &Declared{Format: schema.Format{Columns: opt.Columns}, Separator: ' ', Skip: 1}
		if _, err := readAll(t, NewScan(opt, queueOf(objectOf("a")))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
