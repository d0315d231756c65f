package dialect

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// literal analyses a literal; ok is false for any other expression.
func (a *analyzer) literal(e Expression) (t term, ok bool) {
	switch e := e.(type) {
	case *NullLiteral:
		return nullTerm, true
	case *BooleanLiteral:
		return term{typ: booleanType, sql: strings.ToUpper(strconv.FormatBool(e.Value)), value: e.Value}, true
	case *StringLiteral:
		return textTerm(e.Value), true
	case *BinaryLiteral:
		return term{typ: varbinaryType, sql: blobSQL(e.Value)}, true
	case *IntegerLiteral:
		if e.Value >= math.MinInt32 && e.Value <= math.MaxInt32 {
			return integerTerm(e.Value, integerType), true
		}
		return integerTerm(e.Value, bigintType), true
	case *DecimalLiteral:
		return a.decimalLiteral(e, e.Text), true
	case *DoubleLiteral:
		return doubleTerm(e.Value, doubleType), true
	case *GenericLiteral:
		return a.genericLiteral(e), true
	case *IntervalLiteral:
		return a.intervalLiteral(e), true
	case *Current:
		return a.current(e), true
	}
	return term{}, false
}

// textTerm is a string: a varchar of its length.
func textTerm(s string) term {
	return term{typ: boundedVarchar(len([]rune(s))), sql: duckString(s), value: s}
}

func integerTerm(n int64, t Type) term {
	sql := strconv.FormatInt(n, 10)
	if n == math.MinInt64 {
		sql = "CAST('" + sql + "' AS BIGINT)"
	} else if t.Kind != IntegerKind || n < 0 {
		sql = duckCast(sql, t)
	}
	return term{typ: t, sql: sql, value: new(big.Rat).SetInt64(n)}
}

func doubleTerm(f float64, t Type) term {
	text := strconv.FormatFloat(f, 'g', -1, 64)
	return term{typ: t, sql: duckCast("'"+strings.TrimPrefix(strings.ToLower(text), "+")+"'", t), value: f}
}

func blobSQL(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		fmt.Fprintf(&s, `\x%02X`, c)
	}
	return "CAST('" + s.String() + "' AS BLOB)"
}

// decimalLiteral gives a decimal the precision and scale that its digits have.
func (a *analyzer) decimalLiteral(n Node, text string) term {
	negative := strings.HasPrefix(text, "-")
	whole, fraction, _ := strings.Cut(strings.TrimLeft(text, "+-"), ".")
	whole = strings.TrimLeft(whole, "0")
	precision := max(1, len(whole)+len(fraction))
	value, ok := new(big.Rat).SetString("0" + whole + "." + fraction + "0")
	if !ok {
		return a.fail(n, invalidLiteral, "Invalid decimal literal: %s", text)
	}
	if precision > maxPrecision {
		return a.fail(n, invalidLiteral, "Invalid decimal literal: %s", text)
	}
	sign := ""
	if negative {
		sign = "-"
		value.Neg(value)
	}
	t := decimalType(precision, len(fraction))
	digits := "0" + whole
	if whole != "" {
		digits = whole
	}
	if fraction != "" {
		digits += "." + fraction
	}
	return term{typ: t, sql: fmt.Sprintf("CAST('%s%s' AS %s)", sign, digits, t.DuckDB()), value: value}
}

// genericLiteral analyses type 'text'.
func (a *analyzer) genericLiteral(e *GenericLiteral) term {
	name := strings.ToLower(e.Type.Value)
	switch name {
	case "date":
		if day, ok := parseDay(e.Value); ok {
			return dayTerm(day)
		}
		return a.fail(e, invalidLiteral, "'%s' is not a valid DATE literal", e.Value)
	case "timestamp":
		return a.timestampLiteral(e)
	case "time":
		return a.timeLiteral(e)
	case "decimal":
		return a.decimalText(e)
	case "tinyint", "smallint", "integer", "int", "bigint":
		return a.integerText(e, name)
	case "double", "real":
		return a.floatText(e, simpleTypes[name])
	case "boolean":
		if v := strings.ToLower(e.Value); v == "true" || v == "false" {
			return term{typ: booleanType, sql: strings.ToUpper(v), value: v == "true"}
		}
		return a.fail(e, invalidLiteral, "'%s' is not a valid BOOLEAN literal", e.Value)
	case "varchar":
		t := textTerm(e.Value)
		t.typ = varcharType
		return t
	case "char":
		return a.convert(textTerm(e.Value), charType(len([]rune(e.Value))), false)
	case "json":
		parsed, err := jsonParse(e.Value)
		if err != nil {
			return a.fail(e, invalidLiteral, "'%s' is not a valid JSON literal", e.Value)
		}
		return term{typ: jsonType, sql: duckString(parsed.(string))}
	case "varbinary":
		return term{typ: varbinaryType, sql: blobSQL([]byte(e.Value))}
	case "ipaddress", "ipprefix", "uuid":
		return a.textLiteral(e, simpleTypes[name])
	}
	return a.fail(e, typeNotFound, "Unknown type: %s", e.Type.Value)
}

// floatText analyses DOUBLE '…' and REAL '…'.
func (a *analyzer) floatText(e *GenericLiteral, t Type) term {
	f, ok := parseJavaFloat(e.Value, floatBits[t.Kind])
	if !ok {
		return a.fail(e, invalidLiteral, "'%s' is not a valid %s literal", e.Value, strings.ToUpper(t.String()))
	}
	return doubleTerm(f, t)
}

func (a *analyzer) integerText(e *GenericLiteral, name string) term {
	t := map[string]Type{"tinyint": tinyintType, "smallint": smallintType, "integer": integerType, "int": integerType, "bigint": bigintType}[name]
	bits := map[Kind]int{TinyintKind: 8, SmallintKind: 16, IntegerKind: 32, BigintKind: 64}[t.Kind]
	n, err := strconv.ParseInt(e.Value, 10, bits)
	if err != nil || strings.Contains(e.Value, "_") {
		return a.fail(e, invalidLiteral, "'%s' is not a valid %s literal", e.Value, strings.ToUpper(t.String()))
	}
	return integerTerm(n, t)
}

func (a *analyzer) decimalText(e *GenericLiteral) term {
	digits := strings.TrimLeft(e.Value, "+-")
	if digits == "" || digits == "." || strings.Trim(digits, "0123456789.") != "" || strings.Count(digits, ".") > 1 || len(e.Value)-len(digits) > 1 {
		return a.fail(e, invalidLiteral, "Invalid decimal literal: %s", e.Value)
	}
	return a.decimalLiteral(e, e.Value)
}
