package dialect

import (
	"fmt"
	"strings"
)

// statisticFunctions are aggregates that need all values of a group at once.
var statisticFunctions = []Function{
	{Name: "approx_percentile", Kind: AggregateFunction, Signatures: []string{"approx_percentile(bigint, array(double)) array(bigint)", "approx_percentile(double, array(double)) array(double)", "approx_percentile(real, array(double)) array(real)"}, Doc: "The values that have fractions of the values before them.", Example: "SELECT approx_percentile(x, ARRAY[0.5, 1.0]) FROM (VALUES 1, 2, 3, 4) t(x)", Want: "[3, 4]", render: percentile},
	{Name: "approx_percentile", Kind: AggregateFunction, Signatures: []string{"approx_percentile(bigint, double, double) bigint", "approx_percentile(double, double, double) double", "approx_percentile(real, double, double) real"}, Doc: "The value that has a fraction of all weight before it, between two values by their weights.", Example: "SELECT approx_percentile(x, w, 0.5) FROM (VALUES (1e0, 1), (2e0, 5)) t(x, w)", Want: "1.8", render: func(c *callSite) string {
		return c.weightedPercentiles("["+c.args[2].sql+"]", c.result) + "[1]"
	}},
	{Name: "approx_percentile", Kind: AggregateFunction, Signatures: []string{"approx_percentile(bigint, double, array(double)) array(bigint)", "approx_percentile(double, double, array(double)) array(double)", "approx_percentile(real, double, array(double)) array(real)"}, Doc: "The values that have fractions of all weight before them, between two values by their weights.", Example: "SELECT approx_percentile(x, w, ARRAY[0.1, 0.5]) FROM (VALUES (1e0, 1), (2e0, 5)) t(x, w)", Want: "[1.0, 1.8]", render: func(c *callSite) string {
		return c.weightedPercentiles(c.args[2].sql, c.result.Args[0])
	}},
	{Name: "kurtosis", Kind: AggregateFunction, Signatures: []string{"kurtosis(bigint) double", "kurtosis(double) double"}, SQL: "vpcq_kurtosis({list(CAST($1 AS DOUBLE))})", Doc: "The excess kurtosis, of four values or more.", Example: "SELECT round(kurtosis(x), 2) FROM (VALUES 1, 2, 3, 4) t(x)", Want: "-1.2"},
	{Name: "skewness", Kind: AggregateFunction, Signatures: []string{"skewness(bigint) double", "skewness(double) double"}, SQL: "vpcq_skewness({list(CAST($1 AS DOUBLE))})", Doc: "The skewness, of three values or more.", Example: "SELECT skewness(x) FROM (VALUES 1, 2, 3) t(x)", Want: "0.0"},
	{Name: "max_by", Kind: AggregateFunction, Signatures: []string{"max_by(V, K:orderable, bigint) array(V)"}, Doc: "The values where another is largest, in its descending order.", Example: "SELECT max_by(x, y, 2) FROM (VALUES ('a', 1), ('b', 2), ('c', 3)) t(x, y)", Want: "[c, b]", render: extremesBy("DESC")},
	{Name: "min_by", Kind: AggregateFunction, Signatures: []string{"min_by(V, K:orderable, bigint) array(V)"}, Doc: "The values where another is smallest, in its order.", Example: "SELECT min_by(x, y, 2) FROM (VALUES ('a', 1), ('b', 2), ('c', 3)) t(x, y)", Want: "[a, b]", render: extremesBy("ASC")},
}

// percentile writes the percentile, or those of an array, of what the statement fixes.
func percentile(c *callSite) string {
	fractions := []Expression{c.node.(*FunctionCall).Args[1]}
	array, several := fractions[0].(*Array)
	if several {
		fractions = array.Elements
	}
	found := make([]string, len(fractions))
	for i, e := range fractions {
		t, seen := c.a.observed(func() term { return c.a.expression(e, c.scope) })
		f, known := t.float()
		switch {
		case c.given[1].isNull():
			return c.expand("{any_value(CASE WHEN FALSE THEN $1 END)}")
		case !known && (several || len(seen.relations) > 0 || seen.volatile || c.given[1].typ.Kind == ArrayKind):
			return c.a.refuse(e, "a percentile that the statement does not fix, in approx_percentile").sql
		case !known:
			return c.checkedPercentile()
		case f < 0 || f > 1:
			return c.expand("CASE WHEN {count($1)} > 0 THEN ") + c.noPercentile() + " END"
		}
		found[i] = c.percentileAt(doubleTerm(f, doubleType).sql)
	}
	if !several {
		return found[0]
	}
	return c.expand("CASE WHEN {count($1)} > 0 THEN CAST([" + strings.Join(found, ", ") + "] AS $T) END")
}

// percentileAt writes the value that has a fraction of all values before it, as
// Trino's digest finds it as long as it holds each value: of n values the one at
// fraction * n, rounded down and counted from 0. DuckDB's quantile_disc gives the
// one before where that is a whole number, which is the rounding of a product of
// doubles; a fraction hardly larger gives the next. Source: TDigest of Airlift.
func (c *callSite) percentileAt(fraction string) string {
	const next = "least(%[1]s * 1.000000000001e0, 1e0)"
	const isNext = "least(floor(%[1]s * {count($1)}), {count($1)} - 1) >= greatest({count($1)} - floor({count($1)} - %[1]s * {count($1)}), 1)"
	return c.expand(fmt.Sprintf("{quantile_disc($1, [%[1]s, "+next+"])}[CASE WHEN "+isNext+" THEN 2 ELSE 1 END]", fraction))
}

// checkedPercentile is percentile for a fraction that only DuckDB computes.
func (c *callSite) checkedPercentile() string {
	return c.expand("CASE WHEN $2 IS NOT NULL THEN CASE WHEN {count($1)} = 0 OR $2 BETWEEN 0 AND 1 THEN ") +
		c.percentileAt("(CASE WHEN $2 BETWEEN 0 AND 1 THEN $2 ELSE 0e0 END)") + " ELSE " + c.noPercentile() + " END END"
}

func (c *callSite) noPercentile() string {
	return c.a.raise(functionArgument, "'Percentile must be between 0 and 1'")
}

// weightedPercentiles writes an array of percentiles of a type, given as a list of fractions.
func (c *callSite) weightedPercentiles(fractions string, t Type) string {
	pairs := c.expand("{list(struct_pack(v := " + c.castTo(0, doubleType) + ", w := $2))}")
	found := fmt.Sprintf("vpcq_weighted_percentiles(list_transform(%[1]s, lambda e: struct_extract(e, 'v')), list_transform(%[1]s, lambda e: struct_extract(e, 'w')), %[2]s)", pairs, fractions)
	if t.isInteger() {
		found = "list_transform(" + found + ", lambda e: floor(e + 0.5e0))"
	}
	return duckCast(found, arrayType(t))
}

// mostExtremes is how many values Trino's max, min, max_by and min_by give at most.
const mostExtremes = 10_000

// askedFor is how many values max and min are asked for, where DuckDB gives as many.
var askedFor = fmt.Sprintf("CASE WHEN $2 BETWEEN 1 AND %d THEN $2 ELSE 1 END", mostExtremes)

// bounded writes extremes, of which Trino gives no more than so many; count is what
// its messages call their number (MaxNStateFactory, MaxByNStateFactory).
func (c *callSite) bounded(number, count, positive, extremes string) string {
	tooMany := fmt.Sprintf("'%s must be less than or equal to %d; found ' || %s", count, mostExtremes, duckCast(number, varcharType))
	extremes = fmt.Sprintf("CASE WHEN %s > %d THEN %s WHEN %s IS NOT NULL THEN %s END", number, mostExtremes, c.a.raise(functionArgument, tooMany), number, extremes)
	return c.guard(number+" <= 0", functionArgument, count+" must be "+positive, extremes)
}

// extremes writes the largest or smallest values.
func extremes(write func(*callSite) string) func(*callSite) string {
	return func(c *callSite) string {
		number := c.expand("{max(CASE WHEN $1 IS NOT NULL THEN $2 END)}")
		return c.bounded(number, "second argument of "+c.function.Name+"_n", "positive", write(c))
	}
}

// floatExtremes writes the largest or smallest numbers, NaN last.
func floatExtremes(c *callSite) string {
	numbers := "{" + c.function.Name + "(CASE WHEN NOT isnan($1) THEN $1 END, " + askedFor + ")}"
	return c.expand("CASE WHEN {count($1)} > 0 THEN list_slice(list_concat(" + numbers +
		", list_filter({array_agg(CASE WHEN isnan($1) THEN $1 END)}, lambda e: e IS NOT NULL)), 1, {max($2)}) END")
}

// extremesBy writes the values at the ends of an order of others, NaN last in
// either direction: to DuckDB it is above all numbers.
func extremesBy(direction string) func(*callSite) string {
	return func(c *callSite) string {
		name, key, order := c.function.Name, "$2", direction
		switch t := c.args[1].typ; {
		case isFractional(t) && direction == "DESC":
			key, order = "- $2", "ASC"
		case !isFractional(t) && t.hasFloats():
			c.a.refuse(c.node, "%s of %s", name, t)
		}
		number := c.expand("{max(CASE WHEN $2 IS NOT NULL THEN $3 END)}")
		rows := c.expand("{list(struct_pack(k := " + key + ", v := $1))}")
		sorted := "list_sort(list_filter(" + rows + ", lambda e: struct_extract(e, 'k') IS NOT NULL), '" + order + "', 'NULLS LAST')"
		sql := c.expand("CASE WHEN {count($2)} > 0 THEN ") + "list_transform(list_slice(" + sorted + ", 1, " + number + "), lambda e: struct_extract(e, 'v')) END"
		return c.bounded(number, "third argument of "+name, "a positive integer", sql)
	}
}

// distinctWithin writes approx_distinct with an error, of which Trino takes those
// that its sketches can keep (ApproximateCountDistinctAggregation).
func distinctWithin(c *callSite) string {
	outside := "CASE WHEN $1 IS NOT NULL AND NOT $2 BETWEEN 0.0040625 AND 0.26 THEN $2 END"
	shown := shownFloat(term{typ: doubleType, sql: c.expand("{max(" + outside + ")}")})
	return c.expand("CASE WHEN {count("+outside+")} > 0 THEN ") + c.a.raise(functionArgument, "'Max standard error must be in [0.0040625, 0.26]: ' || "+shown) +
		c.expand(" ELSE {count(DISTINCT CASE WHEN $2 IS NOT NULL THEN $1 END)} END")
}

// variation writes a variance or its root, which fails in DuckDB where a value is not
// finite; to Trino it is NaN then, of more values than few.
func variation(name string, few int) string {
	return fmt.Sprintf("CASE WHEN {count(CASE WHEN NOT isfinite($1) THEN 1 END)} = 0 THEN {%s(CASE WHEN isfinite($1) THEN $1 END)} WHEN {count($1)} > %d THEN CAST('nan' AS DOUBLE) END", name, few)
}

// Pairs of values of which both are there; those that are not finite, and the rest.
const (
	brokenPairs = "{count(CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL AND NOT (isfinite($1) AND isfinite($2)) THEN 1 END)}"
	finitePairs = "CASE WHEN isfinite($1) AND isfinite($2) THEN CAST($1 AS DOUBLE) END, CAST($2 AS DOUBLE)"
)

// covariance writes a covariance as variation does a variance.
func covariance(name string, few int) string {
	return fmt.Sprintf("CAST(CASE WHEN %s = 0 THEN {%s(%s)} WHEN {count($1 + $2)} > %d THEN CAST('nan' AS DOUBLE) END AS $T)", brokenPairs, name, finitePairs, few)
}

// related writes a measure of two values, which is NULL where it is not finite.
func related(name string) string {
	call := "{" + name + "(" + finitePairs + ")}"
	return "CAST(CASE WHEN " + brokenPairs + " = 0 AND isfinite(" + call + ") THEN " + call + " END AS $T)"
}

// realOf writes a double as the nearest real, which is infinite where it is too large.
func realOf(double string) string {
	return "COALESCE(TRY_CAST(" + double + " AS FLOAT), CAST(CASE WHEN " + double + " > 0 THEN 'inf' WHEN " + double + " < 0 THEN '-inf' END AS FLOAT))"
}
