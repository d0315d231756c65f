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
	if t.typ.Kind == BooleanKind && to.Kind == DecimalKind && to.Precision == to.Scale {
		return a.refuse(e, "a cast of boolean to %s", to) // Trino has 1.0 for true, though the type has no room for it; DuckDB 0.1
	}
	if t.typ.Kind == to.Kind && to.Kind == TimestampTZKind {
		to.Zone = t.typ.Zone
	}
	if e.Try {
		fails := a.effects.fails
		a.trying++
		defer func() { a.trying--; a.effects.fails = fails }()
	}
	out := a.tryCast(e, t, to, s)
	if a.err != nil {
		return nullTerm
	}
	out.value = a.foldCast(t, out.typ)
	if t.typ.isInteger() && to.isInteger() && t.typ.Kind <= to.Kind || to.Kind == VarcharKind && to.Length == Unbounded && t.typ.Kind == VarcharKind || t.typ.Equal(to) {
		out.column = t.column // the same values
	}
	return a.fixed(out)
}

// tryCast writes CAST or TRY_CAST. What DuckDB's TRY does not take is computed
// before it, where the cast writes one.
func (a *analyzer) tryCast(e *Cast, t term, to Type, s *scope) (out term) {
	parts := e.Try && len(to.Args) > 0 // of which one that does not cast makes all of it NULL
	write := func(sql string) string {
		out = a.convert(term{typ: t.typ, sql: sql, value: t.value}, to, e.Try && !parts)
		if parts {
			out.sql = "TRY(" + out.sql + ")"
		}
		return out.sql
	}
	tries := strings.Contains(write(t.sql), "TRY(")
	switch {
	case e.Try && tries && a.reachesOutside(e.Expr, s):
		out.sql = before(t.sql, write)
	case parts:
		out.sql = let(t.sql, "", write)
	}
	return out
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

const numbersAndText = " boolean tinyint smallint integer bigint real double decimal varchar "

// castTargets are, for each kind, the kinds it casts to, other than json.
var castTargets = map[Kind]string{
	BooleanKind: numbersAndText, TinyintKind: numbersAndText, SmallintKind: numbersAndText, IntegerKind: numbersAndText,
	BigintKind: numbersAndText, RealKind: numbersAndText, DoubleKind: numbersAndText, DecimalKind: numbersAndText,
	VarcharKind:       numbersAndText + "char varbinary date time timestamp timestamptz ipaddress ipprefix uuid ",
	CharKind:          " varchar char ",
	VarbinaryKind:     " ipaddress uuid ",
	DateKind:          " varchar timestamp timestamptz ",
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
		out.sql = a.convertToText(t, to, try)
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
	RealKind:    javaFloatShape,
	DoubleKind:  javaFloatShape,
	DecimalKind: `[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?`,
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
	good := fmt.Sprintf("CASE WHEN regexp_full_match(%s, %s) THEN %s END", t.sql, duckString(textShapes[to.Kind]), t.sql)
	if isFractional(to) {
		good = bareFloat(t.sql, to)
	}
	cast := fmt.Sprintf("TRY_CAST(%s AS %s)", good, to.DuckDB())
	if try {
		return cast
	}
	return fmt.Sprintf("CASE WHEN %s IS NULL THEN NULL ELSE COALESCE(%s, %s) END", t.sql, cast, a.raise(invalidCast, badText(t.sql, to)))
}

// badText writes the message of Trino's for a text that does not cast.
func badText(sql string, to Type) string {
	name := strings.ToUpper(to.String())
	switch to.Kind {
	case IntegerKind:
		name = "INT"
	case DecimalKind:
		return fmt.Sprintf("'Cannot cast VARCHAR ''' || %[1]s || ''' to DECIMAL(%[2]d, %[3]d). Value ' || CASE WHEN regexp_full_match(%[1]s, %[4]s) THEN 'too large.' ELSE 'is not a number.' END",
			sql, to.Precision, to.Scale, duckString(textShapes[DecimalKind]))
	case BooleanKind:
		return "'Cannot cast ''' || " + sql + " || ''' to BOOLEAN'"
	}
	return "'Cannot cast ''' || " + sql + " || ''' to " + name + "'"
}

// convertToText casts what is no text to a varchar, as Trino prints it.
func (a *analyzer) convertToText(t term, to Type, try bool) string {
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
	value := text
	if isFractional(t.typ) {
		value = fmt.Sprintf("%s || ' (' || %s || ')'", shownFloat(t), text)
	}
	message := fmt.Sprintf("'Value ' || %s || ' cannot be represented as varchar(%d)'", value, to.Length)
	if t.typ.Kind == UUIDKind {
		message = fmt.Sprintf("'Cannot cast ''' || %s || ''' to varchar(%d)'", value, to.Length)
	}
	tooLong := "NULL"
	if !try {
		tooLong = a.raise(invalidCast, message)
	}
	return fmt.Sprintf("CASE WHEN length(%s) > %d THEN %s ELSE %s END", text, to.Length, tooLong, text)
}

// pointedText writes the zero before the point of a decimal's text, which DuckDB leaves out.
func pointedText(text string) string { return "regexp_replace(" + text + ", '^(-?)[.]', '\\10.')" }

// floatText prints a floating-point number in Trino's scientific form, 1.5E2,
// with the fewest digits that tell it apart, which DuckDB finds.
func floatText(t term) string { return nativeName("text_of_"+kindWord(t.typ.Kind)) + "(" + t.sql + ")" }

// shownFloat prints a floating-point number as results show it, 150.0.
func shownFloat(t term) string {
	return nativeName("text_of_json_"+kindWord(t.typ.Kind)) + "(" + t.sql + ")"
}

// convertNumber casts a number or a boolean to another.
func (a *analyzer) convertNumber(t term, to Type, try bool) string {
	sql := t.sql
	switch {
	case to.Kind == BooleanKind:
		return "(" + sql + " <> 0)"
	case t.typ.Kind == DoubleKind && to.Kind == RealKind:
		return nearestReal(sql)
	case t.typ.Kind == RealKind && to.Kind == BigintKind: // alone of all it has no limits
		sql = saturated(sql)
	case isFractional(t.typ) && to.isInteger():
		sql = "round(" + sql + ")" // halves away from zero, not to even
	case t.typ.Kind == RealKind && to.Kind == DecimalKind:
		sql = shownFloat(t) // Trino goes by the shortest digits; DuckDB prints more of a real's
	case isFractional(t.typ) && to.Kind == DecimalKind:
		sql = duckCast(sql, varcharType)
	}
	narrows := to.isInteger() && (!t.typ.isInteger() || to.Kind < t.typ.Kind) || to.Kind == DecimalKind
	if t.typ.Kind == BooleanKind || !narrows {
		return duckCast(sql, to)
	}
	cast := fmt.Sprintf("TRY_CAST(%s AS %s)", sql, to.DuckDB())
	if try {
		return cast
	}
	return fmt.Sprintf("CASE WHEN %s IS NULL THEN NULL ELSE COALESCE(%s, %s) END", t.sql, cast, a.numberFault(t, to))
}

// isFractional reports whether values of the type are floating-point numbers.
func isFractional(t Type) bool { return t.Kind == RealKind || t.Kind == DoubleKind }

// nearestReal writes a double as a real, which is infinite where Java's is; DuckDB fails there.
func nearestReal(sql string) string {
	return let(sql, "", func(x string) string {
		return fmt.Sprintf("COALESCE(TRY_CAST(%[1]s AS FLOAT), CAST(CASE WHEN %[1]s > 0 THEN 'inf' WHEN %[1]s < 0 THEN '-inf' END AS FLOAT))", x)
	})
}

// saturated writes the bigint nearest to a real, which Java casts unchecked; NaN
// stays, and does not cast.
func saturated(sql string) string {
	return let(sql, "", func(x string) string {
		return fmt.Sprintf("CASE WHEN isnan(%[1]s) THEN NULL WHEN %[1]s >= 9223372036854775808 THEN 9223372036854775807"+
			" WHEN %[1]s < -9223372036854775808 THEN -9223372036854775808 ELSE CAST(round(%[1]s) AS BIGINT) END", x)
	})
}

// numberFault raises what Trino does where a number does not fit another type.
// Source: DoubleOperators, RealOperators, DecimalCasts and DecimalConversions.
func (a *analyzer) numberFault(t term, to Type) string {
	from, name, text := kindNames[t.typ.Kind], kindNames[to.Kind], duckCast(t.sql, varcharType)
	if isFractional(t.typ) {
		text = shownFloat(t)
	}
	switch {
	case to.Kind == DecimalKind:
		return a.raise(invalidCast, fmt.Sprintf("'Cannot cast %s ''' || %s || ''' to DECIMAL(%d, %d)'", strings.ToUpper(from), text, to.Precision, to.Scale))
	case t.typ.Kind == DecimalKind:
		if t.typ.Precision <= shortPrecision {
			text = duckCast("round("+t.sql+")", varcharType)
		}
		return a.raise(invalidCast, fmt.Sprintf("'Cannot cast ''' || %s || ''' to %s'", text, strings.ToUpper(name)))
	case t.typ.Kind == DoubleKind && to.Kind == BigintKind:
		return a.raise(invalidCast, "'Unable to cast ' || "+text+" || ' to bigint'")
	}
	fault := a.raise(outOfRange, fmt.Sprintf("'Out of range for %s: ' || %s", name, text))
	if isFractional(t.typ) {
		fault = fmt.Sprintf("CASE WHEN isnan(%s) THEN %s ELSE %s END", t.sql, a.raise(invalidCast, fmt.Sprintf("'Cannot cast %s NaN to %s'", from, name)), fault)
	}
	return fault
}
