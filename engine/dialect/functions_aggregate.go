package dialect

import (
	"fmt"
	"math/big"
	"strings"
)

// aggregateFunctions have one value for a group of rows, or for a window. The
// approximate ones are computed exactly.
var aggregateFunctions = []Function{
	{Name: "any_value", Kind: AggregateFunction, Signatures: []string{"any_value(T) T"}, SQL: "{any_value($1)}", Doc: "A value that is not NULL, if there is one.", Example: "SELECT any_value(x) FROM (VALUES 7) t(x)", Want: "7"},
	{Name: "approx_distinct", Kind: AggregateFunction, Signatures: []string{"approx_distinct(T) bigint"}, SQL: "{count(DISTINCT $1)}", Doc: "The number of different values, counted exactly.", Example: "SELECT approx_distinct(x) FROM (VALUES 1, 1, 2) t(x)", Want: "2"},
	{Name: "approx_distinct", Kind: AggregateFunction, Signatures: []string{"approx_distinct(T, double) bigint"}, Doc: "The number of different values, counted exactly whatever the error allowed.", Example: "SELECT approx_distinct(x, 0.01) FROM (VALUES 1, 1, 2) t(x)", Want: "2", render: distinctWithin},
	{Name: "approx_percentile", Kind: AggregateFunction, Signatures: []string{"approx_percentile(bigint, double) bigint", "approx_percentile(double, double) double", "approx_percentile(real, double) real"}, Doc: "The value that has a part of the values before it: of an even number the median is the second of the two in the middle.", Example: "SELECT approx_percentile(x, 0.5) FROM (VALUES 1, 2, 3, 4) t(x)", Want: "3", render: percentile},
	{Name: "arbitrary", Kind: AggregateFunction, Signatures: []string{"arbitrary(T) T"}, SQL: "{any_value($1)}", Doc: "Another name of any_value.", Example: "SELECT arbitrary(x) FROM (VALUES 7) t(x)", Want: "7"},
	{Name: "avg", Kind: AggregateFunction, Signatures: []string{"avg(bigint) double", "avg(double) double"}, SQL: "CAST({avg($1)} AS DOUBLE)", Doc: "The mean.", Example: "SELECT avg(x) FROM (VALUES 1, 2) t(x)", Want: "1.5"},
	{Name: "avg", Kind: AggregateFunction, Signatures: []string{"avg(real) real"}, SQL: realOf("{avg($1)}"), Doc: "The mean.", Example: "SELECT avg(x) FROM (VALUES REAL '1', REAL '2') t(x)", Want: "1.5"},
	{Name: "avg", Kind: AggregateFunction, Signatures: []string{"avg(decimal(p,s)) decimal(p,s)"}, Doc: "The mean, rounded to the scale of the values.", Example: "SELECT avg(x) FROM (VALUES 1.0, 2.5) t(x)", Want: "1.8", render: decimalAverage},
	{Name: "avg", Kind: AggregateFunction, Signatures: []string{"avg(interval day to second) interval day to second"}, SQL: "to_microseconds(CAST(trunc({avg(epoch_us($1) / 1000)}) * 1000 AS BIGINT))", Doc: "The mean of intervals."},
	{Name: "bitwise_and_agg", Kind: AggregateFunction, Signatures: []string{"bitwise_and_agg(bigint) bigint"}, SQL: "{bit_and($1)}", Doc: "The bits that all values have.", Example: "SELECT bitwise_and_agg(x) FROM (VALUES 3, 6) t(x)", Want: "2"},
	{Name: "bitwise_or_agg", Kind: AggregateFunction, Signatures: []string{"bitwise_or_agg(bigint) bigint"}, SQL: "{bit_or($1)}", Doc: "The bits that any value has.", Example: "SELECT bitwise_or_agg(x) FROM (VALUES 1, 2) t(x)", Want: "3"},
	{Name: "bitwise_xor_agg", Kind: AggregateFunction, Signatures: []string{"bitwise_xor_agg(bigint) bigint"}, SQL: "{bit_xor($1)}", Doc: "The bits that an odd number of values have.", Example: "SELECT bitwise_xor_agg(x) FROM (VALUES 1, 3) t(x)", Want: "2"},
	{Name: "bool_and", Kind: AggregateFunction, Signatures: []string{"bool_and(boolean) boolean"}, SQL: "{bool_and($1)}", Doc: "Whether all are true.", Example: "SELECT bool_and(x) FROM (VALUES true, false) t(x)", Want: "false"},
	{Name: "bool_or", Kind: AggregateFunction, Signatures: []string{"bool_or(boolean) boolean"}, SQL: "{bool_or($1)}", Doc: "Whether any is true.", Example: "SELECT bool_or(x) FROM (VALUES true, false) t(x)", Want: "true"},
	{Name: "checksum", Kind: AggregateFunction, Signatures: []string{"checksum(T:comparable) varbinary"}, Doc: "A hash of the values, NULLs included, whatever their order.", Example: "SELECT checksum(x) FROM (VALUES 2) t(x)", Want: "d0 f7 0c eb d1 31 ec 61", render: checksum},
	{Name: "corr", Kind: AggregateFunction, Signatures: []string{"corr(double, double) double", "corr(real, real) real"}, SQL: related("corr"), Doc: "The correlation coefficient; of integers and decimals a real, as Trino resolves it.", Example: "SELECT corr(x, x) FROM (VALUES 1, 2) t(x)", Want: "1.0"},
	{Name: "count", Kind: AggregateFunction, Signatures: []string{"count() bigint"}, SQL: "{count(*)}", Doc: "The number of rows.", Example: "SELECT count(*) FROM (VALUES 1, 2) t(x)", Want: "2"},
	{Name: "count", Kind: AggregateFunction, Signatures: []string{"count(T) bigint"}, SQL: "{count($1)}", Doc: "The number of values that are not NULL.", Example: "SELECT count(x) FROM (VALUES 1, NULL) t(x)", Want: "1"},
	{Name: "count_if", Kind: AggregateFunction, Signatures: []string{"count_if(boolean) bigint"}, SQL: "{count(CASE WHEN $1 THEN 1 END)}", Doc: "The number of rows of which the condition holds.", Example: "SELECT count_if(x > 1) FROM (VALUES 1, 2, 3) t(x)", Want: "2"},
	{Name: "covar_pop", Kind: AggregateFunction, Signatures: []string{"covar_pop(double, double) double", "covar_pop(real, real) real"}, SQL: covariance("covar_pop", 0), Doc: "The population covariance; of integers and decimals a real, as Trino resolves it.", Example: "SELECT covar_pop(x, x) FROM (VALUES 1, 3) t(x)", Want: "1.0"},
	{Name: "covar_samp", Kind: AggregateFunction, Signatures: []string{"covar_samp(double, double) double", "covar_samp(real, real) real"}, SQL: covariance("covar_samp", 1), Doc: "The sample covariance; of integers and decimals a real, as Trino resolves it.", Example: "SELECT covar_samp(x, x) FROM (VALUES 1, 3) t(x)", Want: "2.0"},
	{Name: "every", Kind: AggregateFunction, Signatures: []string{"every(boolean) boolean"}, SQL: "{bool_and($1)}", Doc: "Another name of bool_and.", Example: "SELECT every(x) FROM (VALUES true) t(x)", Want: "true"},
	{Name: "geometric_mean", Kind: AggregateFunction, Signatures: []string{"geometric_mean(bigint) double", "geometric_mean(double) double", "geometric_mean(real) real"}, SQL: "CAST(exp({avg(" + javaLog("$1") + ")}) AS $T)", Doc: "The geometric mean.", Example: "SELECT geometric_mean(x) FROM (VALUES 1, 1) t(x)", Want: "1.0"},
	{Name: "histogram", Kind: AggregateFunction, Signatures: []string{"histogram(double) map(double, bigint)", "histogram(real) map(real, bigint)"}, SQL: "CASE WHEN {count($1)} > 0 THEN CAST(map_from_entries(list_concat(map_entries({histogram(CASE WHEN NOT isnan($1) THEN $1 END)}), CASE WHEN {count(CASE WHEN isnan($1) THEN 1 END)} > 0 THEN [struct_pack(key := {any_value(CASE WHEN isnan($1) THEN $1 END)}, value := {count(CASE WHEN isnan($1) THEN 1 END)})] END)) AS $T) END", Doc: "A map of the values, NaN among them, and how often each occurs.", Example: "SELECT histogram(x) FROM (VALUES 1e0, nan(), 1e0) t(x)", Want: "{1.0=2, NaN=1}"},
	{Name: "histogram", Kind: AggregateFunction, Signatures: []string{"histogram(K:comparable) map(K, bigint)"}, render: withoutFloats("CAST({histogram($1)} AS $T)"), Doc: "A map of the values and how often each occurs.", Example: "SELECT histogram(x) FROM (VALUES 1, 1) t(x)", Want: "{1=2}"},
	{Name: "max", Kind: AggregateFunction, Signatures: []string{"max(double) double", "max(real) real"}, SQL: "COALESCE({max(CASE WHEN NOT isnan($1) THEN $1 END)}, {max($1)})", Doc: "The largest value; NaN where there is no other.", Example: "SELECT max(x) FROM (VALUES 1e0, nan()) t(x)", Want: "1.0"},
	{Name: "max", Kind: AggregateFunction, Signatures: []string{"max(T:orderable) T"}, SQL: "{max($1)}", Doc: "The largest value.", Example: "SELECT max(x) FROM (VALUES 1, 2) t(x)", Want: "2"},
	{Name: "max", Kind: AggregateFunction, Signatures: []string{"max(double, bigint) array(double)", "max(real, bigint) array(real)"}, Doc: "The largest values, in descending order, NaN last.", Example: "SELECT max(x, 2) FROM (VALUES 1e0, nan(), 3e0) t(x)", Want: "[3.0, 1.0]", render: extremes(floatExtremes)},
	{Name: "max", Kind: AggregateFunction, Signatures: []string{"max(E:orderable, bigint) array(E)"}, Doc: "The largest values, in descending order.", Example: "SELECT max(x, 2) FROM (VALUES 1, 2, 3) t(x)", Want: "[3, 2]", render: extremes(withoutFloats("{max($1, " + askedFor + ")}"))},
	{Name: "max_by", Kind: AggregateFunction, Signatures: []string{"max_by(V, double) V", "max_by(V, real) V"}, SQL: "CASE WHEN {count(CASE WHEN NOT isnan($2) THEN 1 END)} > 0 THEN {arg_max_null($1, CASE WHEN NOT isnan($2) THEN $2 END)} ELSE {arg_max_null($1, $2)} END", Doc: "The value where another is largest; NaN goes last.", Example: "SELECT max_by(x, y) FROM (VALUES ('a', 1e0), ('b', nan())) t(x, y)", Want: "a"},
	{Name: "max_by", Kind: AggregateFunction, Signatures: []string{"max_by(V, K:orderable) V"}, SQL: "{arg_max_null($1, $2)}", Doc: "The value where another is largest.", Example: "SELECT max_by(x, y) FROM (VALUES ('a', 1), ('b', 2)) t(x, y)", Want: "b"},
	{Name: "min", Kind: AggregateFunction, Signatures: []string{"min(double) double", "min(real) real"}, SQL: "COALESCE({min(CASE WHEN NOT isnan($1) THEN $1 END)}, {min($1)})", Doc: "The smallest value; NaN where there is no other.", Example: "SELECT min(x) FROM (VALUES 1e0, nan()) t(x)", Want: "1.0"},
	{Name: "min", Kind: AggregateFunction, Signatures: []string{"min(T:orderable) T"}, SQL: "{min($1)}", Doc: "The smallest value.", Example: "SELECT min(x) FROM (VALUES 1, 2) t(x)", Want: "1"},
	{Name: "min", Kind: AggregateFunction, Signatures: []string{"min(double, bigint) array(double)", "min(real, bigint) array(real)"}, Doc: "The smallest values, in ascending order, NaN last.", Example: "SELECT min(x, 2) FROM (VALUES 1e0, nan(), 3e0) t(x)", Want: "[1.0, 3.0]", render: extremes(floatExtremes)},
	{Name: "min", Kind: AggregateFunction, Signatures: []string{"min(E:orderable, bigint) array(E)"}, Doc: "The smallest values, in ascending order.", Example: "SELECT min(x, 2) FROM (VALUES 1, 2, 3) t(x)", Want: "[1, 2]", render: extremes(withoutFloats("{min($1, " + askedFor + ")}"))},
	{Name: "min_by", Kind: AggregateFunction, Signatures: []string{"min_by(V, double) V", "min_by(V, real) V"}, SQL: "CASE WHEN {count(CASE WHEN NOT isnan($2) THEN 1 END)} > 0 THEN {arg_min_null($1, CASE WHEN NOT isnan($2) THEN $2 END)} ELSE {arg_min_null($1, $2)} END", Doc: "The value where another is smallest; NaN goes last.", Example: "SELECT min_by(x, y) FROM (VALUES ('a', 1e0), ('b', nan())) t(x, y)", Want: "a"},
	{Name: "min_by", Kind: AggregateFunction, Signatures: []string{"min_by(V, K:orderable) V"}, SQL: "{arg_min_null($1, $2)}", Doc: "The value where another is smallest.", Example: "SELECT min_by(x, y) FROM (VALUES ('a', 1), ('b', 2)) t(x, y)", Want: "a"},
	{Name: "regr_intercept", Kind: AggregateFunction, Signatures: []string{"regr_intercept(double, double) double", "regr_intercept(real, real) real"}, SQL: related("regr_intercept"), Doc: "The intercept of the linear regression; of integers and decimals a real, as Trino resolves it.", Example: "SELECT regr_intercept(x, x) FROM (VALUES 1, 3) t(x)", Want: "0.0"},
	{Name: "regr_slope", Kind: AggregateFunction, Signatures: []string{"regr_slope(double, double) double", "regr_slope(real, real) real"}, SQL: related("regr_slope"), Doc: "The slope of the linear regression; of integers and decimals a real, as Trino resolves it.", Example: "SELECT regr_slope(x, x) FROM (VALUES 1, 3) t(x)", Want: "1.0"},
	{Name: "stddev", Kind: AggregateFunction, Signatures: []string{"stddev(double) double"}, SQL: variation("stddev_samp", 1), Doc: "Another name of stddev_samp.", Example: "SELECT stddev(x) FROM (VALUES 1, 1) t(x)", Want: "0.0"},
	{Name: "stddev_pop", Kind: AggregateFunction, Signatures: []string{"stddev_pop(double) double"}, SQL: variation("stddev_pop", 0), Doc: "The population standard deviation.", Example: "SELECT stddev_pop(x) FROM (VALUES 1, 3) t(x)", Want: "1.0"},
	{Name: "stddev_samp", Kind: AggregateFunction, Signatures: []string{"stddev_samp(double) double"}, SQL: variation("stddev_samp", 1), Doc: "The sample standard deviation.", Example: "SELECT stddev_samp(x) FROM (VALUES 1, 1) t(x)", Want: "0.0"},
	{Name: "sum", Kind: AggregateFunction, Signatures: []string{"sum(bigint) bigint"}, SQL: "CAST({sum($1)} AS BIGINT)", Doc: "The sum.", Example: "SELECT sum(x) FROM (VALUES 1, 2) t(x)", Want: "3"},
	{Name: "sum", Kind: AggregateFunction, Signatures: []string{"sum(double) double"}, SQL: "{sum($1)}", Doc: "The sum.", Example: "SELECT sum(x) FROM (VALUES 1e0, 2e0) t(x)", Want: "3.0"},
	{Name: "sum", Kind: AggregateFunction, Signatures: []string{"sum(real) real"}, SQL: realOf("{sum($1)}"), Doc: "The sum.", Example: "SELECT sum(x) FROM (VALUES REAL '1') t(x)", Want: "1.0"},
	{Name: "sum", Kind: AggregateFunction, Signatures: []string{"sum(decimal(p,s)) decimal(38,s)"}, Doc: "The sum.", Example: "SELECT sum(x) FROM (VALUES 1.5, 2.5) t(x)", Want: "4.0", render: func(c *callSite) string {
		c.result = decimalType(maxPrecision, c.args[0].typ.Scale)
		return c.expand("CAST({sum($1)} AS $T)")
	}},
	{Name: "sum", Kind: AggregateFunction, Signatures: []string{"sum(interval day to second) interval day to second"}, SQL: "to_microseconds(CAST({sum(epoch_us($1))} AS BIGINT))", Doc: "The sum of intervals."},
	{Name: "avg", Kind: AggregateFunction, Signatures: []string{"avg(interval year to month) interval year to month"}, SQL: "to_months(CAST(trunc({avg(datepart('year', $1) * 12 + datepart('month', $1))}) AS INTEGER))", Doc: "The mean of intervals, without its fraction of a month."},
	{Name: "sum", Kind: AggregateFunction, Signatures: []string{"sum(interval year to month) interval year to month"}, SQL: "to_months(CAST({sum(datepart('year', $1) * 12 + datepart('month', $1))} AS INTEGER))", Doc: "The sum of intervals."},
	{Name: "var_pop", Kind: AggregateFunction, Signatures: []string{"var_pop(double) double"}, SQL: variation("var_pop", 0), Doc: "The population variance.", Example: "SELECT var_pop(x) FROM (VALUES 1, 3) t(x)", Want: "1.0"},
	{Name: "var_samp", Kind: AggregateFunction, Signatures: []string{"var_samp(double) double"}, SQL: variation("var_samp", 1), Doc: "The sample variance.", Example: "SELECT var_samp(x) FROM (VALUES 1, 3) t(x)", Want: "2.0"},
	{Name: "variance", Kind: AggregateFunction, Signatures: []string{"variance(double) double"}, SQL: variation("var_samp", 1), Doc: "Another name of var_samp.", Example: "SELECT variance(x) FROM (VALUES 1, 3) t(x)", Want: "2.0"},
}

// withoutFloats refuses floating-point numbers, whose NaN Trino and DuckDB order differently.
func withoutFloats(template string) func(*callSite) string {
	return func(c *callSite) string {
		if c.args[0].typ.hasFloats() {
			c.a.refuse(c.node, "%s of %s", c.function.Name, c.args[0].typ)
		}
		return c.expand(template)
	}
}

// decimalAverage divides the exact sum by the count, rounding halves away from zero.
func decimalAverage(c *callSite) string {
	sum := term{typ: decimalType(maxPrecision, c.args[0].typ.Scale), sql: c.expand(fmt.Sprintf("CAST({sum($1)} AS DECIMAL(38,%d))", c.args[0].typ.Scale))}
	count := c.expand("{count($1)}")
	if c.result.Precision+c.result.Scale > maxPrecision {
		return exactTerm("/", sum, term{sql: count}, c.result).sql
	}
	return rescaled(roundedQuotient(unscaled(sum), "CAST(nullif("+count+", 0) AS HUGEINT)"), c.result)
}

// windowFunctions look at the rows around theirs.
var windowFunctions = []Function{
	{Name: "cume_dist", Kind: WindowFunction, Signatures: []string{"cume_dist() double"}, SQL: "{cume_dist()}", Doc: "The part of the rows that come no later.", Example: "SELECT cume_dist() OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: "1.0"},
	{Name: "dense_rank", Kind: WindowFunction, Signatures: []string{"dense_rank() bigint"}, SQL: "{dense_rank()}", Doc: "The rank without gaps.", Example: "SELECT dense_rank() OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: "1"},
	{Name: "first_value", Kind: WindowFunction, Signatures: []string{"first_value(T) T"}, SQL: "{first_value($1)}", Doc: "The value of the frame's first row.", Example: "SELECT first_value(x) OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: "1"},
	{Name: "lag", Kind: WindowFunction, Signatures: []string{"lag(T) T"}, SQL: "{lag($1)}", Doc: "The value of the row before.", Example: "SELECT lag(x) OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: ""},
	{Name: "lag", Kind: WindowFunction, Signatures: []string{"lag(T, bigint) T"}, render: offsetFrom(0, "{lag($1, $offset)}"), Doc: "The value of a number of rows before.", Example: "SELECT lag(x, 1) OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: ""},
	{Name: "lag", Kind: WindowFunction, Signatures: []string{"lag(T, bigint, T) T"}, render: offsetFrom(0, "{lag($1, $offset, $3)}"), Doc: "The value of a number of rows before, or a default.", Example: "SELECT lag(x, 1, 0) OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: "0"},
	{Name: "last_value", Kind: WindowFunction, Signatures: []string{"last_value(T) T"}, SQL: "{last_value($1)}", Doc: "The value of the frame's last row.", Example: "SELECT last_value(x) OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: "1"},
	{Name: "lead", Kind: WindowFunction, Signatures: []string{"lead(T) T"}, SQL: "{lead($1)}", Doc: "The value of the row after.", Example: "SELECT lead(x) OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: ""},
	{Name: "lead", Kind: WindowFunction, Signatures: []string{"lead(T, bigint) T"}, render: offsetFrom(0, "{lead($1, $offset)}"), Doc: "The value of a number of rows after.", Example: "SELECT lead(x, 1) OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: ""},
	{Name: "lead", Kind: WindowFunction, Signatures: []string{"lead(T, bigint, T) T"}, render: offsetFrom(0, "{lead($1, $offset, $3)}"), Doc: "The value of a number of rows after, or a default.", Example: "SELECT lead(x, 1, 0) OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: "0"},
	{Name: "nth_value", Kind: WindowFunction, Signatures: []string{"nth_value(T, bigint) T"}, render: offsetFrom(1, "{nth_value($1, $offset)}"), Doc: "The value of a row of the frame, from 1.", Example: "SELECT nth_value(x, 1) OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: "1"},
	{Name: "ntile", Kind: WindowFunction, Signatures: []string{"ntile(bigint) bigint"}, SQL: "{ntile($1)}", Doc: "The bucket of the row, of a number of equal ones.", Example: "SELECT ntile(2) OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: "1"},
	{Name: "percent_rank", Kind: WindowFunction, Signatures: []string{"percent_rank() double"}, SQL: "{percent_rank()}", Doc: "The rank as a part of the rows.", Example: "SELECT percent_rank() OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: "0.0"},
	{Name: "rank", Kind: WindowFunction, Signatures: []string{"rank() bigint"}, SQL: "{rank()}", Doc: "The rank with gaps.", Example: "SELECT rank() OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: "1"},
	{Name: "row_number", Kind: WindowFunction, Signatures: []string{"row_number() bigint"}, SQL: "{row_number()}", Doc: "The number of the row, from 1.", Example: "SELECT row_number() OVER (ORDER BY x) FROM (VALUES 1) t(x)", Want: "1"},
}

// offsetFrom writes a call whose second argument counts rows from a least number,
// under which DuckDB looks the other way, or at no row. $offset stands for it.
func offsetFrom(least int64, template string) func(*callSite) string {
	return func(c *callSite) string {
		offset := "$2"
		if n, known := c.args[1].value.(*big.Rat); !known || n.Cmp(big.NewRat(least, 1)) < 0 {
			offset = fmt.Sprintf("CASE WHEN $2 < %d THEN %s ELSE $2 END", least, c.a.raise(functionArgument, fmt.Sprintf("'Offset must be at least %d'", least)))
		}
		return c.expand(strings.ReplaceAll(template, "$offset", offset))
	}
}

// checksum adds the hashes that Trino's types have by their operator XX_HASH_64,
// 1 for NULL. It multiplies each by a prime, which the sum can be as well.
func checksum(c *callSite) string {
	var hash string
	switch t := c.args[0].typ; {
	case t.isInteger():
		hash = "vpcq_hash_of_bigint(" + c.castTo(0, bigintType) + ")"
	case t.Kind == DateKind:
		hash = "vpcq_hash_of_bigint(CAST(datediff('day', DATE '1970-01-01', $1) AS BIGINT))"
	case t.Kind == TimestampKind && !t.isWide():
		hash = "vpcq_hash_of_bigint(epoch_us($1))"
	case t.Kind == DoubleKind:
		hash = "vpcq_hash_of_double($1)"
	case t.Kind == VarcharKind, t.Kind == VarbinaryKind:
		hash = "vpcq_hash_of_binary(CAST($1 AS BLOB))"
		if t.Kind == VarcharKind {
			hash = "vpcq_hash_of_binary(encode($1))"
		}
	default:
		c.a.refuse(c.node, "checksum of %s", t)
	}
	return c.expand("vpcq_checksum({sum(CAST(COALESCE(" + hash + ", 1) AS HUGEINT))})")
}
