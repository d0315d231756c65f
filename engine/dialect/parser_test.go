package dialect

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// printed is a statement and the text Print gives for it.
type printed struct{ sql, want string }

// checkPrinted parses and prints statements; an empty want means the same
// text.
func checkPrinted(t *testing.T, tests []printed) {
	t.Helper()
	for _, test := range tests {
		if test.want == "" {
			test.want = test.sql
		}
		s, err := Parse(test.sql)
		if err != nil {
			t.Errorf("Parse(%q): %v", test.sql, err)
			continue
		}
		if got := Print(s); got != test.want {
			t.Errorf("%q\nprints %s\n  want %s", test.sql, got, test.want)
		}
	}
}

// checkRefused parses statements that are not of the grammar; each is given
// with the place of its fault.
func checkRefused(t *testing.T, tests map[string]string) {
	t.Helper()
	for sql, want := range tests {
		_, err := Parse(sql)
		var fault *Error
		if !errors.As(err, &fault) {
			t.Errorf("Parse(%q) gives %v", sql, err)
			continue
		}
		if got := fmt.Sprintf("%d:%d", fault.Line, fault.Column); got != want {
			t.Errorf("Parse(%q) fails at %s, want %s", sql, got, want)
		}
	}
}

func TestParseTakesOneSemicolon(t *testing.T) {
	checkPrinted(t, []printed{{"SELECT 1;", "SELECT 1"}, {"SELECT 1 ; -- end", "SELECT 1"}})
	checkRefused(t, map[string]string{"SELECT 1;;": "1:9", "SELECT 1; SELECT 2": "1:9", ";": "1:1", "": "1:1"})
}

func TestParseExpression(t *testing.T) {
	e, err := ParseExpression("a + 1")
	if err != nil || PrintExpression(e) != "a + 1" {
		t.Errorf("ParseExpression gives %v, %v", e, err)
	}
	if _, err := ParseExpression("a + 1 b"); err == nil || err.Error() == "" {
		t.Error("ParseExpression takes a + 1 b")
	}
}

// Operators and predicates stand where Trino's errors point.
func TestPositions(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"a + 1", "1:3"}, {"a = 1", "1:3"}, {"a || b", "1:3"}, {"a NOT IN (1)", "1:3"}, {"a IS NULL", "1:3"},
		{"a AND b", "1:1"}, {"a + b AND c", "1:1"}, {"NOT a", "1:1"}, {"x.y", "1:1"}, {" f(1)", "1:2"}, {"(a)", "1:2"},
		{"a AT TIME ZONE 'x'", "1:3"}, {"-a", "1:1"}, {"a BETWEEN 1 AND 2", "1:3"}, {"\n(1, 2)", "2:1"},
	}
	for _, test := range tests {
		e, err := ParseExpression(test.sql)
		if err != nil {
			t.Errorf("ParseExpression(%q): %v", test.sql, err)
			continue
		}
		p := e.Position()
		if got := fmt.Sprintf("%d:%d", p.Line, p.Column); got != test.want {
			t.Errorf("%q stands at %s, want %s", test.sql, got, test.want)
		}
	}
}

// Nests a thousand deep have an answer, and deeper ones an answer or an error,
// in time that grows with the text.
func TestDeepNests(t *testing.T) {
	nests := []struct{ before, open, inner, shut, after string }{
		{"SELECT ", "(", "1", ")", ""},
		{"", "(", "SELECT 1", ")", ""},
		{"SELECT * FROM ", "(", "t", ")", ""},
		{"SELECT * FROM ", "(", "SELECT 1", ")", ""},
		{"SELECT * FROM ", "(SELECT * FROM ", "t", ")", ""},
		{"SELECT ", "(SELECT ", "1", ")", ""},
		{"SELECT ", "f(", "1", ")", ""},
		{"SELECT ", "ARRAY[", "", "]", ""},
		{"SELECT ", "NOT ", "a", "", ""},
		{"SELECT ", "- ", "a", "", ""},
		{"SELECT ", "CASE WHEN a THEN ", "1", " END", ""},
		{"SELECT ", "x -> ", "1", "", ""},
		{"SELECT ", "position(", "1", ")", ""},
		{"SELECT ", "JSON_OBJECT(KEY ", "1", " VALUE 1)", ""},
		{"SELECT CAST(a AS ", "ROW(a ", "int", ")", ")"},
		{"SELECT a", "", "", " + 1", ""},
		{"SELECT a", "", "", "[1]", ""},
		{"SELECT a", "", "", " OR b", ""},
		{"SELECT 1", "", "", " UNION SELECT 1", ""},
		{"SELECT * FROM a", "", "", " CROSS JOIN b", ""},
	}
	for _, n := range nests {
		deep := func(depth int) string {
			return n.before + strings.Repeat(n.open, depth) + n.inner + strings.Repeat(n.shut, depth) + n.after
		}
		if _, err := Parse(deep(1000)); err != nil {
			t.Errorf("%s a thousand times: %v", n.open+n.shut, err)
		}
		if _, err := Parse(deep(100_000)); err != nil && !strings.Contains(err.Error(), "statement is too large") {
			t.Errorf("%s a hundred thousand times: %v", n.open+n.shut, err)
		}
	}
}

// Nests made to be read twice at every level are refused, not read for ever.
func TestMisleadingNests(t *testing.T) {
	for _, open := range []string{"TRIM(LEADING(", "1 = ANY ((", "(", "JSON_OBJECT(KEY key(", "CASE (", "MERGE ", "{-"} {
		for _, depth := range []int{20, 1000} {
			if _, err := Parse("SELECT " + strings.Repeat(open, depth)); err == nil {
				t.Errorf("Parse takes %s %d times", open, depth)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, sql := range corpus(f, 97) {
		f.Add(sql)
	}
	f.Add("SELECT \"a\" -> 1, U&'\\0041' UESCAPE '!' FROM ((SELECT 1) UNION (VALUES 1)) t(x) WHERE a IN ((1, 2))")
	f.Fuzz(func(t *testing.T, sql string) {
		s, err := Parse(sql)
		if err != nil {
			var fault *Error
			if !errors.As(err, &fault) || fault.Message == "" || fault.Line < 1 || fault.Render() == "" {
				t.Fatalf("Parse(%q) gives %#v", sql, err)
			}
			return
		}
		checkIdentity(t, sql, s)
	})
}

func BenchmarkParse(b *testing.B) {
	const sql = `WITH rejected AS (
		SELECT srcaddr, dstaddr, dstport, sum(bytes) AS total, count(*) FILTER (WHERE packets > 10) AS big
		FROM vpc_flow_logs
		WHERE date BETWEEN DATE '2024-03-01' AND DATE '2024-03-07' AND action = 'REJECT'
			AND NOT contains('10.0.0.0/8', CAST(srcaddr AS IPADDRESS))
		GROUP BY srcaddr, dstaddr, dstport)
	SELECT r.srcaddr, r.total, rank() OVER (PARTITION BY r.dstport ORDER BY r.total DESC) AS place
	FROM rejected r LEFT JOIN names n ON n.address = r.srcaddr
	WHERE r.total > 1.5e6 OR n.name LIKE 'db-%'
	ORDER BY 2 DESC, 1 LIMIT 100`
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(sql); err != nil {
			b.Fatal(err)
		}
	}
}
