package dialect

import (
	"errors"
	"strings"
	"testing"
)

// TestRowPatternRefusals holds MATCH_RECOGNIZE to the rules of Trino's
// PatternRecognitionAnalyzer and ExpressionAnalyzer, and to what vpcq lacks.
func TestRowPatternRefusals(t *testing.T) {
	tests := []struct{ clauses, code string }{
		{"PARTITION BY bytes + 1 PATTERN (A) DEFINE A AS true", invalidColumnReference},
		{"PATTERN (A B) DEFINE C AS true", invalidLabel},
		{"PATTERN (A) DEFINE A AS true, a AS true", invalidLabel},
		{`PATTERN (A) DEFINE "a" AS true`, invalidLabel},
		{"PATTERN (A) SUBSET A = (A) DEFINE A AS true", invalidLabel},
		{"PATTERN (A B) SUBSET U = (A), U = (B) DEFINE A AS true", invalidLabel},
		{"AFTER MATCH SKIP TO X PATTERN (A) DEFINE A AS true", invalidLabel},
		{"PATTERN (A) DEFINE A AS bytes", typeMismatch},
		{"PATTERN (A) DEFINE A AS FINAL LAST(bytes) > 0", invalidProcessing},
		{"INITIAL PATTERN (A) DEFINE A AS true", notSupported},
		{"ALL ROWS PER MATCH WITH UNMATCHED ROWS PATTERN ({- A -}) DEFINE A AS true", invalidRowPattern},
		{"PATTERN (A{,0}) DEFINE A AS true", outOfRange},
		{"PATTERN (A{3000000000}) DEFINE A AS true", outOfRange},
		{"PATTERN (A{3,2}) DEFINE A AS true", "INVALID_RANGE"},
		{"PATTERN (A) DEFINE A AS true", tableHasNoColumns},
		{"MEASURES A.nope AS m PATTERN (A) DEFINE A AS true", columnNotFound},
		{"MEASURES PREV(NEXT(bytes)) AS m PATTERN (A) DEFINE A AS true", invalidNavigation},
		{"MEASURES PREV(LAST(bytes) + 1) AS m PATTERN (A) DEFINE A AS true", invalidNavigation},
		{"MEASURES max(LAST(bytes)) AS m PATTERN (A) DEFINE A AS true", invalidNavigation},
		{"MEASURES LAST(A.bytes + B.bytes) AS m PATTERN (A B) DEFINE A AS true", invalidArgument},
		{"MEASURES sum(A.bytes + bytes) AS m PATTERN (A B) DEFINE A AS true", invalidArgument},
		{"MEASURES LAST(1) AS m PATTERN (A B) DEFINE A AS true", invalidArgument},
		{"MEASURES PREV(bytes, -1) AS m PATTERN (A) DEFINE A AS true", outOfRange},
		{"MEASURES PREV(bytes, 1, 2) AS m PATTERN (A) DEFINE A AS true", functionArgument},
		{"MEASURES CLASSIFIER(X) AS m PATTERN (A) DEFINE A AS true", functionArgument},
		{"MEASURES CLASSIFIER(A.bytes) AS m PATTERN (A) DEFINE A AS true", typeMismatch},
		{"MEASURES LAST(DISTINCT bytes) AS m PATTERN (A) DEFINE A AS true", invalidPatternCall},
		{"MEASURES FINAL PREV(bytes) AS m PATTERN (A) DEFINE A AS true", invalidProcessing},
		{"MEASURES FINAL lower(action) AS m PATTERN (A) DEFINE A AS true", invalidProcessing},
		{`MEASURES "LAST"(bytes) AS m PATTERN (A) DEFINE A AS true`, functionNotFound},
		{"MEASURES max(1 + min(bytes)) AS m PATTERN (A) DEFINE A AS true", nestedAggregation},
		{"MEASURES sum(DISTINCT bytes) AS m PATTERN (A) DEFINE A AS true", notSupported},
		{"MEASURES min(A.*) AS m PATTERN (A) DEFINE A AS true", functionArgument},
		{"MEASURES 1 AS m PATTERN (A) DEFINE A AS EXISTS (SELECT 1 FROM t MATCH_RECOGNIZE (MEASURES 1 AS m PATTERN (A) DEFINE A AS true))", nestedRecognition},
		{"MEASURES 1 AS m PATTERN (A B C) DEFINE C AS bytes > A.bytes + LAST(B.bytes)", notSupported},
		{"MEASURES 1 AS m PATTERN (A B) DEFINE B AS bytes > A.bytes + count(*)", notSupported},
		{"MEASURES 1 AS m PATTERN (A) DEFINE A AS sum(bytes) < 3", notSupported},
		{"MEASURES 1 AS m PATTERN (A) DEFINE A AS count(bytes) < 3", notSupported},
		{"MEASURES 1 AS m PATTERN (A B) DEFINE B AS CLASSIFIER(A) = 'A'", notSupported},
		{"MEASURES 1 AS m PATTERN (A B) DEFINE B AS A.bytes > 1 AND bytes", typeMismatch},
		{"MEASURES 1 AS m PATTERN (A) DEFINE A AS MATCH_NUMBER() < 3", notSupported},
		{"MEASURES 1 AS m PATTERN (A{100000}) DEFINE A AS true", notSupported},
	}
	for _, test := range tests {
		stmt, err := Parse("SELECT * FROM t MATCH_RECOGNIZE (" + test.clauses + ")")
		if err != nil {
			t.Fatalf("%s: %v", test.clauses, err)
		}
		var fault *Error
		if _, err = Analyze(stmt, flowLogs{}, noon); !errors.As(err, &fault) || fault.Code != test.code {
			t.Errorf("%s: %v, want %s", test.clauses, err, test.code)
		}
	}
}

func TestRowPatternColumns(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY action ORDER BY start MEASURES CLASSIFIER() AS c, count(*) AS n, MATCH_NUMBER() AS m, A.bytes AS b PATTERN (A) DEFINE A AS bytes > PREV(bytes))", "action varchar, c varchar, n bigint, m bigint, b bigint"},
		{"SELECT * FROM (SELECT start, bytes, action FROM t) MATCH_RECOGNIZE (PARTITION BY action ORDER BY start MEASURES 1 AS m ALL ROWS PER MATCH PATTERN (A) DEFINE A AS true) AS r", "action varchar, start bigint, m integer, bytes bigint"},
		{"SELECT r.y FROM t MATCH_RECOGNIZE (PARTITION BY action MEASURES 1.5 AS m PATTERN (A) DEFINE A AS true) AS r(x, y)", "y decimal(2,1)"},
	}
	for _, test := range tests {
		var got []string
		for _, c := range analyzed(t, test.sql).Columns {
			got = append(got, c.Name+" "+c.Type.String())
		}
		if all := strings.Join(got, ", "); all != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.sql, all, test.want)
		}
	}
}
