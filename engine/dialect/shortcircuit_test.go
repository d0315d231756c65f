package dialect

import (
	"strings"
	"testing"
)

// threeValued is a boolean of SQL: nil is NULL.
type threeValued *bool

// The three outcomes, and the SQL that this test gives them.
var (
	yes, no     = true, false
	threeValues = map[string]threeValued{"T": &yes, "F": &no, "N": nil}
)

// evaluate computes what shortCircuit writes of terms that are single letters,
// and notes which terms it evaluates.
func evaluate(sql string, seen map[string]bool, value map[string]threeValued) threeValued {
	sql = strings.TrimSpace(sql)
	if rest, ok := strings.CutPrefix(sql, "CASE WHEN "); ok {
		condition, rest := cutOutside(rest, " THEN ")
		then, rest := cutOutside(rest, " ELSE ")
		other, _ := cutOutside(rest, " END")
		if c := evaluate(condition, seen, value); c != nil && *c {
			return evaluate(then, seen, value)
		}
		return evaluate(other, seen, value)
	}
	if strings.HasPrefix(sql, "(") {
		inner := sql[1 : len(sql)-1]
		if operand, ok := strings.CutPrefix(inner, "NOT "); ok {
			v := evaluate(operand, seen, value)
			if v == nil {
				return nil
			}
			negated := !*v
			return &negated
		}
		left, right := cutOutside(inner, " AND ")
		or := right == ""
		if or {
			left, right = cutOutside(inner, " OR ")
		}
		return connect(or, evaluate(left, seen, value), evaluate(right, seen, value))
	}
	switch sql {
	case "TRUE":
		return &yes
	case "FALSE":
		return &no
	}
	seen[sql] = true
	return value[sql]
}

// cutOutside cuts at the first separator outside parentheses and CASE.
func cutOutside(s, separator string) (before, after string) {
	depth := 0
	for i := range len(s) {
		if depth == 0 && strings.HasPrefix(s[i:], separator) {
			return s[:i], s[i+len(separator):]
		}
		switch {
		case s[i] == '(' || strings.HasPrefix(s[i:], "CASE "):
			depth++
		case s[i] == ')' || strings.HasPrefix(s[i:], " END"):
			depth--
		}
	}
	return s, ""
}

// connect is SQL's AND and OR.
func connect(or bool, a, b threeValued) threeValued {
	for _, v := range []threeValued{a, b} {
		if v != nil && *v == or {
			return v
		}
	}
	if a == nil || b == nil {
		return nil
	}
	return a
}

func TestShortCircuit(t *testing.T) {
	for _, or := range []bool{false, true} {
		for _, want := range []wanted{wantAny, wantTrue, wantFalse} {
			sql := shortCircuit([]operand{{term: term{sql: "a"}}, {term: term{sql: "b"}, effects: effects{fails: true}}, {term: term{sql: "c"}, effects: effects{fails: true}}}, or, want)
			for _, a := range threeValues {
				for _, b := range threeValues {
					for _, c := range threeValues {
						seen := map[string]bool{}
						got := evaluate(sql, seen, map[string]threeValued{"a": a, "b": b, "c": c})
						checkOutcome(t, want, got, connect(or, connect(or, a, b), c))
						if a != nil && *a == or && (seen["b"] || seen["c"]) || b != nil && *b == or && seen["c"] {
							t.Errorf("%s evaluates a term after the outcome is known", sql)
						}
					}
				}
			}
		}
	}
}

// checkOutcome compares two outcomes as far as they matter.
func checkOutcome(t *testing.T, want wanted, got, exact threeValued) {
	t.Helper()
	same := map[wanted]bool{
		wantAny:   (got == nil) == (exact == nil) && (got == nil || *got == *exact),
		wantTrue:  (got != nil && *got) == (exact != nil && *exact),
		wantFalse: (got != nil && !*got) == (exact != nil && !*exact),
	}
	if !same[want] {
		t.Errorf("outcome %v, want %v, where %d matters", got, exact, want)
	}
}

func TestFallibleTermsAreGuarded(t *testing.T) {
	tests := []struct{ where, has, hasNot string }{
		{"action = 'REJECT' AND bytes > 5", "AND", "CASE"},
		{"action = 'REJECT' OR date > current_date - INTERVAL '7' DAY", "OR", "CASE"},
		{"action = 'REJECT' AND try(bytes / 0 > 1)", "AND", "random()"},
		{"action = 'REJECT' AND bytes / packets > 5", `(("t"."action" = 'REJECT') AND CASE WHEN random() < 0`, ""},
		{"CAST(action AS IPADDRESS) = IPADDRESS '::1'", "random() < 0", ""},
		{"bytes / packets > 5 OR action = 'REJECT'", "OR", ""},
	}
	for _, test := range tests {
		a := analyzed(t, "SELECT 1 FROM t WHERE "+test.where)
		_, sql, _ := strings.Cut(a.DuckDB(), " WHERE ")
		if !strings.Contains(sql, test.has) || test.hasNot != "" && strings.Contains(sql, test.hasNot) {
			t.Errorf("%s: %s", test.where, sql)
		}
	}
}

func TestSureNatives(t *testing.T) {
	names := map[string]int{}
	for _, n := range Natives {
		names[n.Name]++
		if names[n.Name] > 1 {
			t.Errorf("%s is there twice", n.Name)
		}
	}
	for name := range sureNatives {
		if names[name] == 0 {
			t.Errorf("%s is no native", name)
		}
	}
}
