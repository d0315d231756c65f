package dialect

import (
	"fmt"
	"strings"
)

// explicitCast analyses CAST and TRY_CAST.
func (a *analyzer) explicitCast(e *Cast, s *scope) term {
	to := a.resolveType(e.Type, e)
	t := a.castOperand(e, to, s)
	if a.err != nil {
		return nullTerm
	}
	if !canCast(t.typ, to) {
		return a.fail(e, typeMismatch, "Cannot cast %s to %s", t.typ, to)
	}
	if t.typ.Kind == to.Kind && to.Kind == TimestampTZKind {
		to.Zone = t.typ.Zone
	}
	if e.Try {
		a.trying++
		defer func() { a.trying-- }()
	}
	out := term{}
	if e.Try && len(to.Args) > 0 { // a part that does not cast makes all of it NULL
		sql := let(t.sql, "", func(name string) string {
			out = a.convert(term{typ: t.typ, sql: name}, to, false)
			return "TRY(" + out.sql + ")"
		})
		out.sql = sql
	} else {
		out = a.convert(t, to, e.Try)
	}
	if a.err != nil {
		return nullTerm
	}
	out.value = a.foldCast(t, out.typ)
	if t.typ.isInteger() && to.isInteger() && t.typ.Kind <= to.Kind || to.Kind == VarcharKind && to.Length == Unbounded && t.typ.Kind == VarcharKind || t.typ.Equal(to) {
		out.column = t.column // the same values
	}
	return a.fixed(out)
}

// canCast reports whether Trino has a cast between two types.
func canCast(from, to Type) bool {
	switch {
	case from.Kind == UnknownKind || from.Equal(to):
		return true
	case from.Kind == JSONKind:
		return takesJSON(to)
	case to.Kind == JSONKind:
		return becomesJSON(from)
	case from.Kind == ArrayKind && to.Kind == ArrayKind, from.Kind == MapKind && to.Kind == MapKind, from.Kind == RowKind && to.Kind == RowKind:
		for i := range from.Args {
			if len(from.Args) != len(to.Args) || !canCast(from.Args[i], to.Args[i]) {
				return false
			}
		}
		return len(from.Args) == len(to.Args)
	}
	return strings.Contains(castTargets[from.Kind], " "+kindWord(to.Kind)+" ")
}

// kindWord is a word for a kind in castTargets.
func kindWord(k Kind) string {
	if k == TimestampTZKind {
		return "timestamptz"
	}
	return strings.ReplaceAll(kindNames[k], " ", "_")
}

const numbersAndText = " boolean tinyint smallint integer bigint real double decimal varchar char "

// castTargets are, for each kind, the kinds it casts to, other than json.
var castTargets = map[Kind]string{
	BooleanKind: numbersAndText, TinyintKind: numbersAndText, SmallintKind: numbersAndText, IntegerKind: numbersAndText,
	BigintKind: numbersAndText, RealKind: numbersAndText, DoubleKind: numbersAndText, DecimalKind: numbersAndText,
	VarcharKind:       numbersAndText + "varbinary date time timestamp timestamptz ipaddress ipprefix uuid ",
	CharKind:          " varchar char boolean tinyint smallint integer bigint real double decimal date time timestamp timestamptz ",
	VarbinaryKind:     " ipaddress uuid ",
	DateKind:          " varchar char timestamp timestamptz ",
	TimeKind:          " varchar time timestamp timestamptz ",
	TimestampKind:     " varchar date time timestamp timestamptz ",
	TimestampTZKind:   " varchar date time timestamp timestamptz ",
	DayIntervalKind:   " varchar ",
	MonthIntervalKind: " varchar ",
	IPAddressKind:     " varchar varbinary ipprefix ",
	IPPrefixKind:      " varchar ipaddress ",
	UUIDKind:          " varchar varbinary ",
	ArrayKind:         " json ", MapKind: " json ", RowKind: " json ",
}

// convert writes a cast from one type to another; with try, what cannot be
// converted becomes NULL instead of a fault. The types must have a cast.
func (a *analyzer) convert(t term, to Type, try bool) term {
	out := term{typ: to}
	switch {
	case t.typ.Kind == UnknownKind:
		out.sql, out.value = duckCast(t.sql, to), nullValue{}
	case to.Kind == ArrayKind || to.Kind == MapKind || to.Kind == RowKind || t.typ.Kind == JSONKind || to.Kind == JSONKind:
		out.sql = a.convertContainer(t, to, try)
	case to.Kind == CharKind:
		text := a.convert(t, boundedVarchar(to.Length), try)
		out.sql = "rtrim(" + text.sql + ", ' ')"
	case t.typ.Kind == CharKind && to.Kind == VarcharKind:
		out.sql = limitText(fmt.Sprintf("rpad(%s, %d, ' ')", t.sql, t.typ.Length), to)
	case t.typ.isText() && isTemporal(to):
		out = a.temporalOfText(t, to, try)
	case t.typ.isText():
		out.sql = a.convertText(t, to, try)
	case to.Kind == VarcharKind:
		out.sql = a.convertToText(t, to)
	case t.typ.isNumeric() || t.typ.Kind == BooleanKind:
		out.sql = a.convertNumber(t, to, try)
	case to.Kind == IPAddressKind || to.Kind == IPPrefixKind || to.Kind == UUIDKind || to.Kind == VarbinaryKind:
		out.sql = a.nativeCast(t, to, try)
	default:
		out = a.convertTemporal(t, to)
	}
	if !try {
		a.noteCalls(out.sql)
	}
	return out
}

// limitText cuts a text to the length of a varchar.
func limitText(sql string, to Type) string {
	if to.Length == Unbounded {
		return sql
	}
	return fmt.Sprintf("left(%s, %d)", sql, to.Length)
}

// textShapes are the texts that Trino casts to a type, as regular expressions; DuckDB takes more.
var textShapes = map[Kind]string{
	TinyintKind: `[+-]?[0-9]+`, SmallintKind: `[+-]?[0-9]+`, IntegerKind: `[+-]?[0-9]+`, BigintKind: `[+-]?[0-9]+`,
	RealKind:    `\s*[+-]?(NaN|Infinity|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)\s*`,
	DoubleKind:  `\s*[+-]?(NaN|Infinity|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)\s*`,
	DecimalKind: `\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*`,
	BooleanKind: `(?i)t|f|true|false|1|0`,
}

// convertText casts a varchar.
func (a *analyzer) convertText(t term, to Type, try bool) string {
	switch to.Kind {
	case VarcharKind:
		if t.typ.Length != Unbounded && to.Length != Unbounded && t.typ.Length <= to.Length {
			return t.sql
		}
		return limitText(t.sql, to)
	case VarbinaryKind:
		return "encode(" + t.sql + ")"
	case IPAddressKind, IPPrefixKind, UUIDKind:
		return a.nativeCast(t, to, try)
	}
	good := fmt.Sprintf("CASE WHEN regexp_full_match(%s, %s) THEN %s END", t.sql, duckString(textShapes[to.Kind]), trimmedText(t.sql, to))
	cast := fmt.Sprintf("TRY_CAST(%s AS %s)", good, to.DuckDB())
	if try {
		return cast
	}
	return fmt.Sprintf("CASE WHEN %s IS NULL THEN NULL ELSE COALESCE(%s, %s) END", t.sql, cast, a.raise(invalidCast, badText(t.sql, to)))
}

// trimmedText drops the white space that Trino allows around numbers and dates.
func trimmedText(sql string, to Type) string {
	if to.isInteger() || to.Kind == BooleanKind {
		return sql
	}
	return "trim(" + sql + ")"
}

// badText writes the message of Trino's for a text that does not cast.
func badText(sql string, to Type) string {
	name := strings.ToUpper(to.String())
	switch to.Kind {
	case IntegerKind:
		name = "INT"
	case DecimalKind:
		return fmt.Sprintf("'Cannot cast VARCHAR ''' || %s || ''' to DECIMAL(%d, %d). Value is not a number or does not fit.'", sql, to.Precision, to.Scale)
	case BooleanKind:
		return "'Cannot cast ''' || " + sql + " || ''' to BOOLEAN'"
	}
	return "'Cannot cast ''' || " + sql + " || ''' to " + name + "'"
}

// convertToText casts what is no text to a varchar, as Trino prints it.
func (a *analyzer) convertToText(t term, to Type) string {
	text := duckCast(t.sql, varcharType)
	switch t.typ.Kind {
	case DecimalKind:
		if t.typ.Precision == t.typ.Scale && t.typ.Scale > 0 {
			text = pointedText(text)
		}
	case RealKind, DoubleKind:
		text = floatText(t)
	case DateKind, TimeKind, TimestampKind, TimestampTZKind:
		text = a.temporalText(t)
	case DayIntervalKind, MonthIntervalKind, IPAddressKind, IPPrefixKind:
		text = nativeName("text_of_"+kindWord(t.typ.Kind)) + "(" + nativeArgument(t) + ")"
	}
	if to.Length == Unbounded {
		return text
	}
	if t.typ.Kind == UUIDKind {
		return limitText(text, to)
	}
	message := fmt.Sprintf("'Value ' || %s || ' cannot be represented as varchar(%d)'", text, to.Length)
	return fmt.Sprintf("CASE WHEN length(%s) > %d THEN %s ELSE %s END", text, to.Length, a.raise(invalidCast, message), text)
}

// pointedText writes the zero before the point of a decimal's text, which DuckDB leaves out.
func pointedText(text string) string { return "regexp_replace(" + text + ", '^(-?)[.]', '\\10.')" }

// floatText prints a floating-point number in Trino's scientific form, 1.5E2,
// with the fewest digits that tell it apart, which DuckDB finds.
func floatText(t term) string { return nativeName("text_of_"+kindWord(t.typ.Kind)) + "(" + t.sql + ")" }

// convertNumber casts a number or a boolean to another.
func (a *analyzer) convertNumber(t term, to Type, try bool) string {
	sql := t.sql
	fractional := t.typ.Kind == RealKind || t.typ.Kind == DoubleKind
	switch {
	case to.Kind == BooleanKind:
		return "(" + sql + " <> 0)"
	case fractional && to.isInteger():
		sql = "round(" + sql + ")" // halves away from zero, not to even
	case t.typ.Kind == RealKind && to.Kind == DecimalKind:
		sql = floatText(t) // Trino goes by the shortest digits; DuckDB prints more of a real's
	case fractional && to.Kind == DecimalKind:
		sql = duckCast(sql, varcharType)
	}
	cast := fmt.Sprintf("TRY_CAST(%s AS %s)", sql, to.DuckDB())
	narrows := to.isInteger() && (!t.typ.isInteger() || to.Kind < t.typ.Kind) || to.Kind == DecimalKind
	if t.typ.Kind == BooleanKind || !narrows && !try {
		return duckCast(sql, to)
	}
	if try {
		return cast
	}
	if t.typ.Kind == DecimalKind && to.isInteger() || to.Kind == DecimalKind || fractional || t.typ.isInteger() {
		message := fmt.Sprintf("'Cannot cast %s ''' || %s || ''' to %s'", strings.ToUpper(kindNames[t.typ.Kind]), duckCast(t.sql, varcharType), strings.ToUpper(to.String()))
		code := invalidCast
		if t.typ.isInteger() && to.isInteger() {
			message, code = fmt.Sprintf("'Out of range for %s: ' || %s", kindNames[to.Kind], duckCast(t.sql, varcharType)), outOfRange
		}
		return fmt.Sprintf("CASE WHEN %s IS NULL THEN NULL ELSE COALESCE(%s, %s) END", t.sql, cast, a.raise(code, message))
	}
	return duckCast(sql, to)
}
