package render

import (
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
)

func TestTableAlignsWhatIsWideOrCombines(t *testing.T) {
	r := texted(t, []string{"city", "n"}, `["東京", "Zu\u0308rich", "x"]`, `["1", "2", "3"]`)
	want := " city   | n\n--------+--\n 東京   | 1\n Zu\u0308rich | 2\n x      | 3\n(3 rows)\n"
	if got := write(t, "table", Options{Header: true}, r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestTableIsCutToTheScreen(t *testing.T) {
	r := texted(t, []string{"short", "long"}, `["a", "b"]`, `["0123456789012345678901234567890123456789", "c"]`)
	r.columns = append(r.columns, Column{Name: "bytes", Type: bigintType})
	b := r.batches[0]
	r.batches = []arrow.RecordBatch{batch(b.Column(0), b.Column(1), values(t, arrow.PrimitiveTypes.Int64, `[1234567890123, 1]`))}
	want := " short | long         |         bytes\n" +
		"-------+--------------+--------------\n" +
		" a     | 01234567890… | 1234567890123\n" +
		" b     | c            |             1\n" +
		"(2 rows; 1 cell cut to fit: vertical shows all)\n"
	if got := write(t, "table", Options{Header: true, Width: 37}, r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestTableLeavesColumnsOut(t *testing.T) {
	var names, columns []string
	for i := range 10 {
		names = append(names, fmt.Sprintf("column_%02d", i))
		columns = append(columns, `["a value of some length"]`)
	}
	out := write(t, "table", Options{Header: true, Width: 40}, texted(t, names, columns...))
	if !strings.HasSuffix(out, "(1 row; 3 cells cut, 7 columns of 10 left out to fit: vertical shows all)\n") {
		t.Errorf("got\n%s", out)
	}
	for line := range strings.SplitSeq(out, "\n") {
		if width(line) > 40 && !strings.HasPrefix(line, "(") {
			t.Errorf("wider than 40: %s", line)
		}
	}
}

func TestTableFitsEveryScreen(t *testing.T) {
	r := texted(t, []string{"name", "東京"}, `["a value of some length", "b"]`, `["東京東京東京東京東京", null]`)
	for screen := 3; screen < 60; screen++ {
		out := write(t, "table", Options{Header: true, Width: screen}, r)
		for line := range strings.SplitSeq(out, "\n") {
			if !strings.HasPrefix(line, "(") && width(line) > screen {
				t.Errorf("screen of %d: %q", screen, line)
			}
		}
	}
}

func TestTableCutsRowsAfterTheSampleToo(t *testing.T) {
	r := texted(t, []string{"a"}, `["x"]`)
	for range sampleRows {
		r.batches = append(r.batches, r.batches[0])
	}
	r.batches = append(r.batches, texted(t, []string{"a"}, `["far longer"]`).batches...)
	out := write(t, "table", Options{Header: true, Width: 80}, r)
	if !strings.HasSuffix(out, "\n …\n(1002 rows; 1 cell cut to fit: vertical shows all)\n") {
		t.Errorf("ends in %q", out[len(out)-80:])
	}
	out = write(t, "table", Options{Header: true}, r)
	if !strings.HasSuffix(out, "\n far longer\n(1002 rows)\n") {
		t.Errorf("without a width it ends in %q", out[len(out)-80:])
	}
}

func TestScreenFormatsAreSafeForTerminals(t *testing.T) {
	r := texted(t, []string{"a\x1b[2J"}, `["\u001b]0;owned\u0007", "\u009b31m", "two\nlines"]`)
	for _, format := range []string{"table", "vertical", "markdown", "json", "jsonl"} {
		out := write(t, format, Options{Header: true, Null: "\x1b"}, r)
		if i := strings.IndexFunc(strings.ReplaceAll(out, "\n", ""), obeyed); i >= 0 {
			t.Errorf("%s writes %q", format, out)
		}
	}
}
