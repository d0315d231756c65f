package dialect

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine/hive"
)

// conformance gives the text of a file of the conformance set beside the
// repository, and skips the test where it is absent.
func conformance(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "conformance", name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("the conformance set is absent: %s", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// conformanceCase is a line of the conformance set's tables.
type conformanceCase struct {
	ID       string
	Category string
	SQL      string
	Accept   bool
	ErrorAt  string `json:"error_at"`
	Error    *struct{ Message string }
}

// conformanceCases reads a table of the conformance set.
func conformanceCases(t testing.TB, name string) []conformanceCase {
	t.Helper()
	var cases []conformanceCase
	for line := range strings.Lines(conformance(t, name)) {
		var c conformanceCase
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatalf("read %s: %v", name, err)
		}
		cases = append(cases, c)
	}
	return cases
}

// guideStatements gives the statements of the Athena guide.
func guideStatements(t testing.TB) []string {
	t.Helper()
	var statements []string
	for _, part := range strings.Split(conformance(t, "athena_guide_selects.sql"), "\n--;;") {
		if pieces, _ := hive.Split(part); len(pieces) > 0 {
			statements = append(statements, pieces[0].Text)
		}
	}
	return statements
}

// corpus gives every n-th statement of the conformance set, none where it is
// absent.
func corpus(t testing.TB, n int) []string {
	t.Helper()
	if _, err := os.Stat(filepath.Join("..", "..", "..", "shared", "conformance")); err != nil {
		return nil
	}
	all := guideStatements(t)
	for _, name := range []string{"trino_parse_oracle.jsonl", "trino_parse_only.jsonl", "trino_cases.jsonl"} {
		for _, c := range conformanceCases(t, name) {
			all = append(all, c.SQL)
		}
	}
	var some []string
	for i := 0; i < len(all); i += n {
		some = append(some, all[i])
	}
	return some
}

// The oracle knows of each statement whether Trino's grammar takes it, and
// else the place of the first fault.
func TestOracle(t *testing.T) {
	var all, verdicts, refused, places int
	for _, c := range conformanceCases(t, "trino_parse_oracle.jsonl") {
		all++
		_, err := Parse(c.SQL)
		if (err == nil) != c.Accept {
			t.Logf("%s: want accept %v: %q: %v", c.ID, c.Accept, c.SQL, err)
			continue
		}
		verdicts++
		var fault *Error
		if errors.As(err, &fault) {
			refused++
			if fmt.Sprintf("%d:%d", fault.Line, fault.Column) == c.ErrorAt {
				places++
			}
		}
	}
	t.Logf("verdicts %d of %d, places %d of %d", verdicts, all, places, refused)
	if verdicts*1000 < all*995 {
		t.Errorf("%d of %d verdicts are right, want 99.5 %%", verdicts, all)
	}
	if places*100 < refused*95 {
		t.Errorf("%d of %d places are right, want 95 %%", places, refused)
	}
}

func TestParseOnly(t *testing.T) {
	for _, c := range conformanceCases(t, "trino_parse_only.jsonl") {
		if _, err := Parse(c.SQL); err != nil {
			t.Errorf("%s: %q: %v", c.ID, c.SQL, err)
		}
	}
}

func TestErrorMessages(t *testing.T) {
	for _, c := range conformanceCases(t, "trino_cases.jsonl") {
		if c.Category != "parse_error" {
			continue
		}
		_, err := Parse(c.SQL)
		if err == nil || err.Error() != SyntaxError+": "+c.Error.Message {
			t.Errorf("%s: %q\n got %v\nwant %s", c.ID, c.SQL, err, c.Error.Message)
		}
	}
}

// notSQL tells whether a text of the guide is no statement: a clause by
// itself, or one with placeholders.
func notSQL(text string) bool {
	if strings.HasPrefix(text, "WITH (") || strings.HasPrefix(text, "WITH SERDEPROPERTIES") {
		return true
	}
	for _, mark := range []string{
		"...", "[db_name", "CREATE TABLE AS SELECT\n", "database.table", "FROM TABLE FOR", "FROM table LATERAL",
		"hms-catalog", "limit 10:", "– interval", "MULTIPOINT(0 0", "ST_Point(-158.54, 61.56)", "1 0)')))",
	} {
		if strings.Contains(text, mark) {
			return true
		}
	}
	return false
}

func TestGuide(t *testing.T) {
	for _, text := range guideStatements(t) {
		if _, err := Parse(text); err != nil && !notSQL(text) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// The parser and the grammar's table agree on what is a statement.
func TestParserAgreesWithGrammar(t *testing.T) {
	for _, sql := range corpus(t, 23) {
		_, err := Parse(sql)
		tokens := newParser(sql).tokens
		end, _ := recognize(tokens, ruleStatement, 0)
		if (end >= 0) == (err == nil) {
			continue
		}
		ownWords := err != nil && !strings.Contains(err.Error(), "mismatched input")
		if _, hive := parsedKind(sql); !ownWords && !hive {
			t.Errorf("%q: parser says %v, grammar ends at %d of %d", sql, err, end, len(tokens))
		}
	}
}

// parsedKind gives a statement, and whether it is one that only Athena has.
func parsedKind(sql string) (Statement, bool) {
	s, err := Parse(sql)
	if err != nil {
		return nil, false
	}
	switch s.(type) {
	case *Unload, *Show, *ShowCreate, *DropTable, *DropView:
		return s, true
	}
	return s, false
}
