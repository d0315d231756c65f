package loader

import (
	"regexp"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

// What Athena's RegexSerDe makes of lines. Source: Trino, lib/trino-hive-formats,
// line/regex/RegexDeserializer.java.
func TestPatterns(t *testing.T) {
	for _, c := range []struct{ name, pattern, body, want string }{
		{"groups of whole lines", `(\w+) (\d+) (\w+)`, "a 1 b\na 1 b \n", "a|1|b,∅|∅|∅"},
		{"groups next to each other", `(\w)(\d+)(\w)`, "a1b\nc22d", "a|1|b,c|22|d"},
		{"a group that takes no part", `(\w+)(?: (\d+))?(?: (x))?`, "a\nb 2\nc 3 x\n", "a|∅|∅,b|2|∅,c|3|x"},
		{"fewer groups than columns", `(\w+).*`, "a 1 b\n", "a|∅|∅"},
		{"more groups than columns", `(.) (.) (.) (.)`, "a 1 b c\n", "a|1|b"},
		{"what is no number for Java", `(.*) (.*) (.*)`, "a 1.5 b\na -7 b\na  b\na + b\na 99999999999 b\n", "a|∅|b,a|-7|b,a|∅|b,a|∅|b,a|∅|b"},
		{"empty groups", `(a*) (\d*) (b*)`, " 1 \n", "|1|"},
		{"text that is not UTF-8", `(.+) (\d) (.+)`, "\xff 1 ü\n", "\ufffd|1|ü"},
	} {
		opt := Options{Source: memorySource{"a": zip(c.body)}, Columns: columns("name n:int last"), BadRows: Null, Stats: new(Stats)}
		opt.Declared = &Declared{Format: schema.Format{Columns: opt.Columns}, Pattern: regexp.MustCompile(`\A(?s:` + c.pattern + `)\z`)}
		got, err := readAll(t, NewScan(opt, queueOf(objectOf("a"))))
		if err != nil || strings.Join(got, ",") != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
		n, err := countAll(t, NewScan(opt, queueOf(objectOf("a"))))
		if err != nil || int(n) != len(got) {
			t.Errorf("%s: counted %d, %v", c.name, n, err)
		}
	}
}

// A projection of some of the columns, in another order, takes their groups.
func TestPatternsProjected(t *testing.T) {
	all := columns("name n:int last")
	opt := Options{Source: memorySource{"a": []byte("a 1 b\nc 2 d\nno\n")}, Columns: columns("last name"), BadRows: Warn, Stats: new(Stats)}
	opt.Declared = &Declared{Format: schema.Format{Columns: all}, Pattern: regexp.MustCompile(`\A(.) (.) (.)\z`)}
	got, err := readAll(t, NewScan(opt, queueOf(objectOf("a"))))
	if err != nil || strings.Join(got, ",") != "b|a,d|c" || opt.Stats.Rejected.Load() != 1 {
		t.Errorf("%q, %v, %d rejected", got, err, opt.Stats.Rejected.Load())
	}
	opt.BadRows, opt.Stats = Fail, new(Stats)
	if _, err := readAll(t, NewScan(opt, queueOf(objectOf("a")))); err == nil || !strings.Contains(err.Error(), "line 3, byte 12 of its text: the line does not match the table's input.regex") {
		t.Errorf("error %v", err)
	}
}
