package loader

import (
	"strings"
	"testing"
)

func TestDamagedRecords(t *testing.T) {
	const header = "srcport srcaddr bytes\n"
	tests := []struct {
		name, line string
		row        string // of srcport, srcaddr, bytes as Athena reads it
		fails      string // what BadRows Fail says; empty: the record is not damaged
	}{
		{"as it should be", "1 a 2", "1|a|2", ""},
		{"missing numbers", "- - -", "∅|-|∅", ""},
		{"Hive's null", `\N \N \N`, "∅|∅|∅", ""},
		{"too few fields", "1 a", "1|a|∅", "2 fields where the format has 3"},
		{"too many fields", "1 a 2 3", "1|a|2", "4 fields where the format has 3"},
		{"double space", "1  a 2", "1||∅", "4 fields where the format has 3"},
		{"space at the end", "1 a 2 ", "1|a|2", "4 fields where the format has 3"},
		{"empty line", "", "∅|∅|∅", "no field where the format has 3"},
		{"a word for a number", "x a y", "∅|a|∅", `srcport is "x", which is no int`},
		{"tabs", "1\ta\t2", "∅|∅|∅", "1 field where the format has 3"},
		{"tab in a number", "1 a \t2", "1|a|∅", `bytes is "\t2", which is no bigint`},
		{"tab in a string", "1 a\tb 2", "1|a\tb|2", ""},
		{"20 digits", "1 a 12345678901234567890", "1|a|∅", "which is no bigint"},
		{"past 32 bits", "2147483648 a 2147483648", "∅|a|2147483648", "which is no int"},
		{"milliseconds", "1 a 1512564058000", "1|a|1512564058000", ""},
		{"not UTF-8", "1 \xe2\x82\xff 2", "1|\ufffd\ufffd|2", "text that is not UTF-8"},
		{"not ASCII", "1 Zürich 2", "1|Zürich|2", ""},
	}
	for _, test := range tests {
		for _, policy := range []Policy{Null, Fail, Warn} {
			var stats Stats
			opt := Options{Source: memorySource{"bad": []byte(header + "7 b 8\n" + test.line + "\n")}, BadRows: policy, Stats: &stats}
			opt.Columns = columns("srcport:int srcaddr bytes:bigint")
			got, err := readAll(t, NewScan(opt, queueOf(objectOf("bad"))))
			want := []string{"7|b|8", test.row}
			switch {
			case policy == Fail && test.fails != "":
				checkError(t, test.name, err, "line 3, byte 28 of its text: ")
				checkError(t, test.name, err, test.fails)
				continue
			case policy == Warn && test.fails != "":
				want = want[:1]
			}
			if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("%s, policy %d: %q, %v, want %q", test.name, policy, got, err, want)
			}
			checkDamaged(t, test.name, policy, test.fails != "", &stats)
		}
	}
}

func checkDamaged(t *testing.T, name string, policy Policy, isDamaged bool, stats *Stats) {
	t.Helper()
	damaged, rejected := int64(0), int64(0)
	switch {
	case isDamaged && policy == Null:
		damaged = 1
	case isDamaged:
		rejected = 1
	}
	if stats.Damaged.Load() != damaged || stats.Rejected.Load() != rejected {
		t.Errorf("%s, policy %d: %d damaged and %d rejected, want %d and %d",
			name, policy, stats.Damaged.Load(), stats.Rejected.Load(), damaged, rejected)
	}
}

// Which records there are must not depend on the columns asked for.
func TestRowsDoNotDependOnTheProjection(t *testing.T) {
	body := zip("srcport srcaddr bytes\n1 a 2\nx a 2\n1 a y\n1 a\n1 a 2 3\n\n1 \xff 2\n3 b 4\n")
	for _, p := range []string{"", "srcport:int", "srcaddr", "bytes:bigint", "region"} {
		for policy, want := range map[Policy]int64{Null: 8, Warn: 2} {
			opt := Options{Source: memorySource{"a": body}, Columns: columns(p), BadRows: policy, Stats: new(Stats)}
			rows, err := readAll(t, NewScan(opt, queueOf(objectOf("a"))))
			if err != nil || int64(len(rows)) != want {
				t.Errorf("%q: %d rows, %v, want %d", p, len(rows), err, want)
			}
			opt.Stats = new(Stats)
			if n, err := countAll(t, NewScan(opt, queueOf(objectOf("a")))); err != nil || n != want {
				t.Errorf("%q: count %d, %v, want %d", p, n, err, want)
			}
		}
	}
}
