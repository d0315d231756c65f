package hive

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata anew")

// entry is a statement of the conformance set.
type entry struct{ name, text string }

// conformance gives the statements of athena_ddl.sql and athena_statements.sql.
func conformance(t testing.TB) []entry {
	t.Helper()
	var entries []entry
	for _, form := range []struct{ file, end, name string }{
		{"athena_ddl.sql", "\n--;;", "-- @name "}, {"athena_statements.sql", "\n-- end", "-- name: "},
	} {
		text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "conformance", form.file))
		if err != nil {
			t.Skipf("the conformance set is absent: %s", form.file)
		}
		for part := range strings.SplitSeq(string(text), form.end) {
			var e entry
			var body strings.Builder
			for line := range strings.Lines(part) {
				if name, ok := strings.CutPrefix(line, form.name); ok {
					e.name = strings.TrimSpace(name)
				}
				if !strings.HasPrefix(line, "-- ") {
					body.WriteString(line)
				}
			}
			if e.text = strings.TrimSpace(body.String()); e.name != "" {
				entries = append(entries, e)
			}
		}
	}
	return entries
}

// TestConformance reads every statement of Athena's guide. What is not whole, or
// is not Athena's, stands with its error in testdata/refused.txt; all else
// prints and parses back.
func TestConformance(t *testing.T) {
	var refused strings.Builder
	read := 0
	for _, e := range conformance(t) {
		if !IsDDL(e.text) {
			continue
		}
		s, err := Parse(e.text)
		if err != nil {
			refused.WriteString(e.name + ": " + err.Error() + "\n")
			continue
		}
		read++
		checkPrint(t, s)
	}
	if read < 150 {
		t.Errorf("only %d statements were read", read)
	}
	file := filepath.Join("testdata", "refused.txt")
	if *update {
		if err := os.WriteFile(file, []byte(refused.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != refused.String() {
		t.Errorf("%v: %s differs; refused are\n%s", err, file, refused.String())
	}
}

// checkPrint holds that a statement prints and parses back, and so does what
// SHOW CREATE TABLE prints of a table.
func checkPrint(t *testing.T, s Statement) {
	t.Helper()
	again, err := Parse(Print(s))
	if err != nil || !reflect.DeepEqual(again, s) {
		t.Errorf("%s\nparses back with %v to\n%#v\nwant\n%#v", Print(s), err, again, s)
	}
	c, ok := s.(*CreateTable)
	if !ok {
		return
	}
	shown, err := Parse(ShowCreateTable(c.Table, Name{Table: c.Table.Name}))
	if err != nil {
		t.Errorf("%s\ndoes not parse: %v", ShowCreateTable(c.Table, Name{}), err)
		return
	}
	got, want := shown.(*CreateTable).Table, c.Table
	if got.Location != want.Location || !reflect.DeepEqual(got.Storage, want.Storage) || !reflect.DeepEqual(got.Properties, want.Properties.Sorted()) {
		t.Errorf("SHOW CREATE TABLE gives\n%#v\nfor\n%#v", got, want)
	}
}

// FuzzParse holds that nothing a text holds makes Parse fail but by its error,
// and that what it reads prints and parses back.
func FuzzParse(f *testing.F) {
	for _, e := range conformance(f) {
		f.Add(e.text)
	}
	for _, h := range hints {
		f.Add(h.example)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(text)
		if err == nil {
			checkPrint(t, s)
		}
	})
}
