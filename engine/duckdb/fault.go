package duckdb

import (
	"regexp"
	"strings"

	"github.com/vpcq/vpcq/engine"
)

// The codes that Trino gives the faults of a running statement
// (io.trino.spi.StandardErrorCode).
const (
	outOfRange      = "NUMERIC_VALUE_OUT_OF_RANGE"
	invalidCast     = "INVALID_CAST_ARGUMENT"
	invalidArgument = "INVALID_FUNCTION_ARGUMENT"
	subqueryRows    = "SUBQUERY_MULTIPLE_ROWS"
	exceededMemory  = "EXCEEDED_LOCAL_MEMORY_LIMIT"
	internalError   = "GENERIC_INTERNAL_ERROR"
)

// fault is one way in which DuckDB says that a statement failed, and how Trino
// says it.
type fault struct {
	says    *regexp.Regexp // of DuckDB's text
	code    string
	message string // with $1 for what says captured; empty: DuckDB's own words
	example string // a query that meets it; none where it takes a special DB
	want    string // what the example fails with
}

// faults are tried in order. What none of them knows is an internal error:
// the dialect should have refused or rewritten the statement.
var faults = []fault{
	{ // raised by the dialect's own SQL, which carries code and words
		says: regexp.MustCompile(`^Invalid Input Error: ([A-Z][A-Z_]+[A-Z]): (?s:(.*))$`),
		code: "$1", message: "$2",
		example: `SELECT error('DIVISION_BY_ZERO: Division by zero')`,
		want:    `DIVISION_BY_ZERO: Division by zero`,
	},
	{
		says: regexp.MustCompile(`^Out of Range Error: Overflow in (addition|subtraction|multiplication) of INT64 \((.*)\)!`),
		code: outOfRange, message: "bigint $1 overflow: $2",
		example: `SELECT 9223372036854775807 + i FROM range(1, 2) t(i)`,
		want:    `NUMERIC_VALUE_OUT_OF_RANGE: bigint addition overflow: 9223372036854775807 + 1`,
	},
	{
		says: regexp.MustCompile(`^Out of Range Error: Overflow in (addition|subtraction|multiplication) of INT32 \((.*)\)!`),
		code: outOfRange, message: "integer $1 overflow: $2",
		example: `SELECT 2000000000::INTEGER * i::INTEGER FROM range(2, 3) t(i)`,
		want:    `NUMERIC_VALUE_OUT_OF_RANGE: integer multiplication overflow: 2000000000 * 2`,
	},
	{
		says: regexp.MustCompile(`^Out of Range Error: Overflow in (addition|subtraction|multiplication) of INT16 \((.*)\)!`),
		code: outOfRange, message: "smallint $1 overflow: $2",
		example: `SELECT 20000::SMALLINT + (i * 20000)::SMALLINT FROM range(1, 2) t(i)`,
		want:    `NUMERIC_VALUE_OUT_OF_RANGE: smallint addition overflow: 20000 + 20000`,
	},
	{
		says: regexp.MustCompile(`^Out of Range Error: Overflow in (addition|subtraction|multiplication) of INT8 \((.*)\)!`),
		code: outOfRange, message: "tinyint $1 overflow: $2",
		example: `SELECT 100::TINYINT * i::TINYINT FROM range(2, 3) t(i)`,
		want:    `NUMERIC_VALUE_OUT_OF_RANGE: tinyint multiplication overflow: 100 * 2`,
	},
	{
		says: regexp.MustCompile(`^Out of Range Error: Overflow in (addition|subtraction|multiplication) of DECIMAL\(`),
		code: outOfRange, message: "Decimal overflow",
		example: `SELECT 99999999999999999999999999999999999999::DECIMAL(38,0) * (9 + i)::DECIMAL(2,0) FROM range(1, 2) t(i)`,
		want:    `NUMERIC_VALUE_OUT_OF_RANGE: Decimal overflow`,
	},
	{
		says: regexp.MustCompile(`^Out of Range Error: Overflow in division of (-9223372036854775808 / -1)`),
		code: outOfRange, message: "bigint division overflow: $1",
		example: `SELECT (-9223372036854775808 + i) // (-1)::BIGINT FROM range(1) t(i)`,
		want:    `NUMERIC_VALUE_OUT_OF_RANGE: bigint division overflow: -9223372036854775808 / -1`,
	},
	{
		says: regexp.MustCompile(`^Out of Range Error: (.*)`),
		code: outOfRange, message: "$1",
		example: `SELECT abs(-9223372036854775808 + i) FROM range(1) t(i)`,
		want:    `NUMERIC_VALUE_OUT_OF_RANGE: Overflow on abs(-9223372036854775808)`,
	},
	{
		says: regexp.MustCompile(`^Conversion Error: Could not convert string '(.*)' to INT64`),
		code: invalidCast, message: "Cannot cast '$1' to BIGINT",
		example: `SELECT ('a' || i)::BIGINT FROM range(1) t(i)`,
		want:    `INVALID_CAST_ARGUMENT: Cannot cast 'a0' to BIGINT`,
	},
	{
		says: regexp.MustCompile(`^Conversion Error: Could not convert string '(.*)' to INT32`),
		code: invalidCast, message: "Cannot cast '$1' to INT",
		example: `SELECT ('a' || i)::INTEGER FROM range(1) t(i)`,
		want:    `INVALID_CAST_ARGUMENT: Cannot cast 'a0' to INT`,
	},
	{
		says: regexp.MustCompile(`^Conversion Error: Could not convert string '(.*)' to (DOUBLE|DATE)`),
		code: invalidCast, message: "Cannot cast '$1' to $2",
		example: `SELECT ('a' || i)::DOUBLE FROM range(1) t(i)`,
		want:    `INVALID_CAST_ARGUMENT: Cannot cast 'a0' to DOUBLE`,
	},
	{
		says:    regexp.MustCompile(`^Conversion Error: (Type INT64 with value \S+|Casting value .*) .*out of range`),
		code:    outOfRange,
		example: `SELECT (100 + i)::TINYINT FROM range(100) t(i)`,
		want:    `NUMERIC_VALUE_OUT_OF_RANGE: Type INT64 with value 128 can't be cast because the value is out of range for the destination type INT8`,
	},
	{ // the sum of bigints, which DuckDB computes in 128 bits
		says: regexp.MustCompile(`^Conversion Error: Type INT128 with value (\S+) can't be cast .* destination type INT64`),
		code: outOfRange, message: "bigint addition overflow: $1 is out of range",
		example: `SELECT sum(9223372036854775807)::BIGINT FROM range(2)`,
		want:    `NUMERIC_VALUE_OUT_OF_RANGE: bigint addition overflow: 18446744073709551614 is out of range`,
	},
	{
		says:    regexp.MustCompile(`^Conversion Error: `),
		code:    invalidCast,
		example: `SELECT ('2020-02-3' || i)::DATE FROM range(1) t(i)`,
		want:    `INVALID_CAST_ARGUMENT: date field value out of range: "2020-02-30"`,
	},
	{
		says: regexp.MustCompile(`^Invalid Input Error: More than one row returned by a subquery`),
		code: subqueryRows, message: "Scalar sub-query has returned multiple rows",
		example: `SELECT (SELECT i FROM range(3) t(i))`,
		want:    `SUBQUERY_MULTIPLE_ROWS: Scalar sub-query has returned multiple rows`,
	},
	{
		says: regexp.MustCompile(`^Out of Memory Error: (.*)`),
		code: exceededMemory, message: "$1; give more memory, or a directory for what exceeds it",
		example: `SELECT count(*) FROM (SELECT DISTINCT i, md5(i::VARCHAR) FROM range(3000000) t(i))`,
		want:    `EXCEEDED_LOCAL_MEMORY_LIMIT: `,
	},
	{
		says: regexp.MustCompile(`^IO Error: (.*)`),
		code: exceededMemory, message: "cannot write what exceeds the memory limit: $1; give more memory, or another directory",
	},
	{
		says:    regexp.MustCompile(`^Invalid Input Error: `),
		code:    invalidArgument,
		example: `SELECT chr(-1 - i::INTEGER) FROM range(1) t(i)`,
		want:    `INVALID_FUNCTION_ARGUMENT: Invalid UTF8 Codepoint -1`,
	},
}

// kind is how DuckDB begins a text: "Conversion Error: ".
var kind = regexp.MustCompile(`^[A-Za-z ]+ Error: `)

// runtimeError is the error that DuckDB's text stands for.
func runtimeError(text string) *engine.RuntimeError {
	for _, f := range faults {
		if at := f.says.FindStringSubmatchIndex(text); at != nil {
			code := string(f.says.ExpandString(nil, f.code, text, at))
			message := ownWords(text)
			if f.message != "" {
				message = string(f.says.ExpandString(nil, f.message, text, at))
			}
			return &engine.RuntimeError{Code: code, Message: message}
		}
	}
	return &engine.RuntimeError{Code: internalError, Message: "vpcq made a query that DuckDB does not run; please report it: " + text}
}

// ownWords is DuckDB's text without its kind, and without the place in the SQL
// and the advice below it, which mean nothing to who wrote another SQL.
func ownWords(text string) string {
	words, _, _ := strings.Cut(kind.ReplaceAllString(text, ""), "\n\n")
	return strings.TrimSpace(words)
}
