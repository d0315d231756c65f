package dialect

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

// shown prints a predicate in a short form: (a > [3] AND ?).
func shown(p schema.Predicate) string {
	signs := map[schema.Op]string{schema.Eq: "=", schema.Ne: "<>", schema.Lt: "<", schema.Le: "<=", schema.Gt: ">", schema.Ge: ">=", schema.In: "in"}
	switch p.Op {
	case schema.Unknown:
		return "?"
	case schema.Not:
		return "not " + shown(p.Args[0])
	case schema.IsNull:
		return p.Column + " is null"
	case schema.And, schema.Or:
		parts := make([]string, len(p.Args))
		for i, arg := range p.Args {
			parts[i] = shown(arg)
		}
		return "(" + strings.Join(parts, map[schema.Op]string{schema.And: " and ", schema.Or: " or "}[p.Op]) + ")"
	}
	values := make([]string, len(p.Values))
	for i, v := range p.Values {
		values[i] = v.String()
	}
	return p.Column + " " + signs[p.Op] + " " + strings.Join(values, ",")
}

func TestPredicates(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"SELECT 1 FROM t WHERE date = DATE '2024-03-02'", "date = 2024-03-02"},
		{"SELECT 1 FROM t WHERE date = DATE('2024-03-02') AND action = 'REJECT'", "(date = 2024-03-02 and action = REJECT)"},
		{"SELECT 1 FROM t WHERE date > current_date - INTERVAL '7' DAY", "date > 2024-03-01"},
		{"SELECT 1 FROM t WHERE date >= current_date - INTERVAL '1' MONTH", "date >= 2024-02-08"},
		{"SELECT 1 FROM t WHERE date >= date_add('day', -7, current_date)", "date >= 2024-03-01"},
		{"SELECT 1 FROM t WHERE date >= now() - INTERVAL '1' DAY", "date > 2024-03-07"},
		{"SELECT 1 FROM t WHERE date < date_trunc('month', current_timestamp)", "date < 2024-03-01"},
		{"SELECT 1 FROM t WHERE DATE '2024-03-02' < date", "date > 2024-03-02"},
		{"SELECT 1 FROM t WHERE date BETWEEN DATE '2024-03-01' AND CAST('2024-03-02' AS date)", "(date >= 2024-03-01 and date <= 2024-03-02)"},
		{"SELECT 1 FROM t WHERE date IN (DATE '2024-03-01', current_date)", "date in 2024-03-01,2024-03-08"},
		{"SELECT 1 FROM t WHERE day >= '2021/02/01' AND day < '2021/02/28'", "(day >= 2021/02/01 and day < 2021/02/28)"},
		{"SELECT 1 FROM t WHERE day = date_format(current_date - INTERVAL '1' DAY, '%Y/%m/%d')", "day = 2024/03/07"},
		{"SELECT 1 FROM t WHERE from_unixtime(start) >= TIMESTAMP '2024-03-01 00:00:00 UTC'", "start >= 1709251200"},
		{"SELECT 1 FROM t WHERE from_unixtime(start) < now()", "start <= 1709901045"},
		{"SELECT 1 FROM t WHERE start >= to_unixtime(TIMESTAMP '2024-03-01 00:00:00')", "start >= 1709251200"},
		{"SELECT 1 FROM t WHERE start > 1709251200 + 60 * 60", "start > 1709254800"},
		{"SELECT 1 FROM t WHERE bytes > 2.5 AND bytes <= 7.5 AND bytes <> 1.5", "(bytes > 2 and bytes <= 7)"},
		{"SELECT 1 FROM t WHERE dstport = 22 OR dstport = 3389", "(dstport = 22 or dstport = 3389)"},
		{"SELECT 1 FROM t WHERE dstport = 22 OR length(srcaddr) > 3", "(dstport = 22 or ?)"},
		{"SELECT 1 FROM t WHERE NOT (dstport = 22)", "not dstport = 22"},
		{"SELECT 1 FROM t WHERE bytes IS NOT NULL", "not bytes is null"},
		{"SELECT 1 FROM t WHERE CAST(dstport AS bigint) = 22", "dstport = 22"},
		{"SELECT 1 FROM t WHERE dstport + 1 = 22 AND bytes = NULL AND upper(action) = 'X'", "?"},
		{"SELECT 1 FROM t WHERE CAST(dstport AS varchar) = '22'", "?"},
		{"SELECT 1 FROM t WHERE bytes > packets", "?"},
		{"SELECT bytes FROM (SELECT * FROM t) WHERE date = current_date", "date = 2024-03-08"},
		{"SELECT bytes FROM (SELECT * FROM t LIMIT 5) WHERE date = current_date", "?"},
		{"SELECT n FROM (SELECT date, count(*) n FROM t GROUP BY date) WHERE date = current_date", "date = 2024-03-08"},
		{"SELECT n FROM (SELECT date, count(*) n FROM t GROUP BY ROLLUP (date)) WHERE date = current_date", "?"},
		{"SELECT n FROM (SELECT date, rank() OVER (ORDER BY bytes) n FROM t) WHERE date = current_date", "?"},
		{"SELECT bytes FROM (SELECT bytes, date FROM t UNION ALL SELECT 1, current_date) WHERE date = current_date", "?"},
		{"WITH w AS (SELECT * FROM t) SELECT bytes FROM w WHERE date = current_date", "date = 2024-03-08"},
		{"WITH w AS (SELECT * FROM t) SELECT a.bytes FROM w a, w b WHERE a.date = current_date", "?"},
		{"SELECT 1 FROM t JOIN u ON t.bytes = u.bytes AND t.date = current_date AND u.day = 'x'", "date = 2024-03-08"},
		{"SELECT 1 FROM t LEFT JOIN u ON t.bytes = u.bytes AND t.date = current_date", "?"},
		{"SELECT 1 FROM t LEFT JOIN u ON t.bytes = u.bytes WHERE t.date = current_date AND u.day = 'x'", "date = 2024-03-08"},
		{"SELECT 1 FROM t RIGHT JOIN u ON t.bytes = u.bytes AND t.date = current_date", "date = 2024-03-08"},
		{"SELECT 1 FROM t RIGHT JOIN u ON t.bytes = u.bytes WHERE t.date = current_date", "?"},
		{"SELECT 1 FROM t FULL JOIN u ON t.bytes = u.bytes AND t.date = current_date WHERE t.day = 'x'", "?"},
		{"SELECT 1 FROM t WHERE EXISTS (SELECT 1 FROM u WHERE t.date = current_date)", "?"},
		{"SELECT count(*) FILTER (WHERE date = current_date) FROM t", "?"},
		{"SELECT date, count(*) FROM t GROUP BY date HAVING date = current_date", "?"},
		{"SELECT a FROM open WHERE b = 'x' AND account_id = '1'", "(b = x and account_id = 1)"},
	}
	for _, test := range tests {
		if got := shown(analyzed(t, test.sql).Uses[0].Predicate); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.sql, got, test.want)
		}
	}
}

func TestPredicateOfTheOtherSide(t *testing.T) {
	a := analyzed(t, "SELECT 1 FROM t LEFT JOIN u ON t.bytes = u.bytes AND u.day = 'x' AND t.action = 'y'")
	if got := shown(a.Uses[1].Predicate); got != "day = x" {
		t.Errorf("the right side of a left join is pruned by %s, want day = x", got)
	}
}

// truth is a truth value of SQL: 1, 0 or -1 for unknown.
type truth int

// formula is a random condition on the columns srcport and bytes: its SQL, and its value for a record.
type formula struct {
	sql  string
	eval func(row map[string]*int64) truth
}

func randomFormula(r *rand.Rand, depth int) formula {
	if depth == 0 || r.IntN(4) == 0 {
		return randomAtom(r)
	}
	left := randomFormula(r, depth-1)
	switch r.IntN(3) {
	case 0:
		return formula{"(NOT " + left.sql + ")", func(row map[string]*int64) truth {
			if v := left.eval(row); v >= 0 {
				return 1 - v
			}
			return -1
		}}
	case 1:
		right := randomFormula(r, depth-1)
		return formula{"(" + left.sql + " AND " + right.sql + ")", func(row map[string]*int64) truth { return and3(left.eval(row), right.eval(row)) }}
	}
	right := randomFormula(r, depth-1)
	return formula{"(" + left.sql + " OR " + right.sql + ")", func(row map[string]*int64) truth {
		return not3(and3(not3(left.eval(row)), not3(right.eval(row))))
	}}
}

func not3(v truth) truth {
	if v < 0 {
		return v
	}
	return 1 - v
}

func and3(a, b truth) truth {
	switch {
	case a == 0 || b == 0:
		return 0
	case a < 0 || b < 0:
		return -1
	}
	return 1
}

// randomAtom compares a column with a number in halves, so that fractions occur.
func randomAtom(r *rand.Rand) formula {
	column := []string{"srcport", "bytes"}[r.IntN(2)]
	halves := r.Int64N(14) - 7
	op := []string{"=", "<>", "<", "<=", ">", ">="}[r.IntN(6)]
	if r.IntN(6) == 0 {
		return formula{column + " IS NULL", func(row map[string]*int64) truth {
			if row[column] == nil {
				return 1
			}
			return 0
		}}
	}
	number := fmt.Sprintf("(0 - %d)", -halves/2)
	if halves >= 0 {
		number = fmt.Sprint(halves / 2)
	}
	if halves%2 != 0 {
		number = fmt.Sprintf("(%d.0 * 0.5)", halves)
	}
	if r.IntN(5) == 0 { // what pruning cannot see
		return formula{"(" + column + " + 0) " + op + " " + number, compareHalves(column, op, halves)}
	}
	return formula{column + " " + op + " " + number, compareHalves(column, op, halves)}
}

func compareHalves(column, op string, halves int64) func(map[string]*int64) truth {
	return func(row map[string]*int64) truth {
		v := row[column]
		if v == nil {
			return -1
		}
		x := 2 * *v
		is := map[string]bool{"=": x == halves, "<>": x != halves, "<": x < halves, "<=": x <= halves, ">": x > halves, ">=": x >= halves}[op]
		if is {
			return 1
		}
		return 0
	}
}

// TestPredicatesAreSound holds that a record of which a condition is true is
// never ruled out by the predicate taken from it.
func TestPredicatesAreSound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	ruledOut := 0
	for range 2000 {
		f := randomFormula(r, 3)
		p := analyzed(t, "SELECT 1 FROM t WHERE "+f.sql).Uses[0].Predicate
		for range 10 {
			row := map[string]*int64{}
			for _, column := range []string{"srcport", "bytes"} {
				if r.IntN(5) > 0 {
					v := r.Int64N(9) - 4
					row[column] = &v
				}
			}
			can := p.CanMatch(func(column string) schema.Domain {
				if row[column] == nil {
					none := schema.Anything
					return none
				}
				return schema.Exactly(schema.IntValue(*row[column]))
			})
			if !can {
				ruledOut++
			}
			if f.eval(row) == 1 && !can {
				t.Fatalf("%s is true of a record that %s rules out", f.sql, shown(p))
			}
		}
	}
	if ruledOut == 0 {
		t.Error("no predicate rules anything out")
	}
}
