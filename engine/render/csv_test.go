package render

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
)

func TestCSVQuotesWhereNeeded(t *testing.T) {
	r := texted(t, []string{"a", `b "c"`}, `["x,y", "", null, " lead", "two\nlines", "10.0.0.1"]`, `["q\"q", null, null, "\\.", "cr\r", "trail "]`)
	want := "a,\"b \"\"c\"\"\"\n" +
		"\"x,y\",\"q\"\"q\"\n" +
		"\"\",\n" +
		",\n" +
		"\" lead\",\"\\.\"\n" +
		"\"two\nlines\",\"cr\r\"\n" +
		"10.0.0.1,\"trail \"\n"
	if got := write(t, "csv", Options{Header: true}, r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestCSVTellsNullFromItsText(t *testing.T) {
	r := texted(t, []string{"a"}, `["NULL", null, ""]`)
	if got, want := write(t, "csv", Options{Null: "NULL"}, r), "\"NULL\"\nNULL\n\"\"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Every kind of value whose text may be empty must be told from NULL.
func TestCSVQuotesEveryEmptyText(t *testing.T) {
	for _, c := range valueCases {
		a := values(t, c.arrow, c.in)
		r := result{columns: []Column{{Name: "a", Type: c.typ}, {Name: "b", Type: c.typ}}, batches: []arrow.RecordBatch{batch(a, a)}}
		lines := strings.Split(write(t, "csv", Options{}, r), "\n")
		for i, text := range c.text {
			if text == "" && lines[i] != `"",""` || a.IsNull(i) && lines[i] != "," {
				t.Errorf("%s: row %d is %s", c.name, i, lines[i])
			}
			if strings.Contains(text, "\n") {
				break // the lines are no longer the rows
			}
		}
	}
}

// Readers skip empty lines: a row of one NULL must not be one.
func TestCSVNeverLosesARow(t *testing.T) {
	r := texted(t, []string{""}, `[null, "x", null, ""]`)
	out := write(t, "csv", Options{Header: true}, r)
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 5 {
		t.Errorf("%d rows of %q: %v", len(rows), out, err)
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("a", "b")
	f.Add(`"`, "")
	f.Add("\n,\"\"\r\n", ` \.`)
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = strings.ToValidUTF8(a, "?"), strings.ToValidUTF8(b, "?")
		quote := func(s string) string { j, _ := json.Marshal([]string{s}); return string(j) }
		for _, format := range []string{"csv", "athena-csv"} {
			out := write(t, format, Options{}, texted(t, []string{"a", "b"}, quote(a), quote(b)))
			rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
			// The reader, not the writer, drops the \r of \r\n within quotes.
			want := []string{strings.ReplaceAll(a, "\r\n", "\n"), strings.ReplaceAll(b, "\r\n", "\n")}
			if err != nil || len(rows) != 1 || !slices.Equal(rows[0], want) {
				t.Errorf("%s of %q, %q reads back as %q: %v", format, a, b, rows, err)
			}
		}
	})
}
