package dialect

import "fmt"

// temporal analyses + - * / on dates, times, timestamps and intervals; ok is
// false where neither side is one.
func (a *analyzer) temporal(e *Binary, left, right term) (t term, ok bool) {
	if e.Operator == Add && isInterval(left.typ) && !isInterval(right.typ) {
		left, right = right, left
	}
	switch {
	case isInterval(left.typ) && isInterval(right.typ):
		return a.intervalSum(e, left, right)
	case e.Operator == Multiply && isInterval(right.typ) && left.typ.isNumeric():
		return a.scaledInterval(e.Operator, right, left), true
	case (e.Operator == Multiply || e.Operator == Divide) && isInterval(left.typ) && right.typ.isNumeric():
		return a.scaledInterval(e.Operator, left, right), true
	case (e.Operator == Add || e.Operator == Subtract) && isInterval(right.typ) && isTemporal(left.typ):
		return a.shifted(e, left, right), true
	case e.Operator == Subtract && isTemporal(left.typ) && isTemporal(right.typ):
		return a.elapsed(left, right)
	}
	return term{}, false
}

func isInterval(t Type) bool { return t.Kind == DayIntervalKind || t.Kind == MonthIntervalKind }

func isTemporal(t Type) bool { return t.Kind >= DateKind && t.Kind <= TimestampTZKind }

func (a *analyzer) intervalSum(e *Binary, left, right term) (term, bool) {
	if !left.typ.Equal(right.typ) || e.Operator != Add && e.Operator != Subtract {
		return term{}, false
	}
	return term{
		typ: left.typ, sql: "(" + left.sql + " " + string(e.Operator) + " " + right.sql + ")",
		value: foldShift(e.Operator, left, right, a),
	}, true
}

// scaledInterval multiplies or divides an interval, which Trino truncates to
// whole milliseconds or months.
func (a *analyzer) scaledInterval(op Operator, interval, factor term) term {
	sign := " * "
	if op == Divide {
		sign = " / "
	}
	by := duckCast(factor.sql, doubleType)
	if interval.typ.Kind == MonthIntervalKind {
		months := "datepart('year', " + interval.sql + ") * 12 + datepart('month', " + interval.sql + ")"
		return term{typ: interval.typ, sql: "to_months(CAST(trunc((" + months + ")" + sign + by + ") AS INTEGER))"}
	}
	if factor.typ.isInteger() && op == Multiply {
		return term{typ: interval.typ, sql: "to_microseconds(" + intervalMicros(interval.sql) + " * " + duckCast(factor.sql, bigintType) + ")"}
	}
	return term{typ: interval.typ, sql: "to_microseconds(CAST(trunc(" + intervalMicros(interval.sql) + " / 1000" + sign + by + ") * 1000 AS BIGINT))"}
}

// intervalMicros writes the microseconds of an interval day to second.
func intervalMicros(sql string) string { return "epoch_us(" + sql + ")" }

// shifted adds an interval to a point in time or takes it off; the type stays.
func (a *analyzer) shifted(e *Binary, point, interval term) term {
	op := " " + string(e.Operator) + " "
	out := term{typ: point.typ, value: foldShift(e.Operator, point, interval, a)}
	byMonths := interval.typ.Kind == MonthIntervalKind
	switch span, known := interval.value.(microSpan); {
	case point.typ.Kind == DateKind && known && span%microsPerDay != 0:
		return a.fail(e, functionArgument, "Cannot add hour, minutes or seconds to a date")
	case point.typ.Kind == DateKind && !known && !byMonths:
		whole := fmt.Sprintf("%s %% %d <> 0", intervalMicros(interval.sql), microsPerDay)
		interval.sql = fmt.Sprintf("CASE WHEN %s THEN %s ELSE %s END", whole, a.raise(functionArgument, "'Cannot add hour, minutes or seconds to a date'"), interval.sql)
	case point.typ.Kind == TimeKind && byMonths:
		return a.fail(e, typeMismatch, "Cannot apply operator: %s %s %s", point.typ, e.Operator, interval.typ)
	case !byMonths && point.typ.Kind != DateKind:
		out.typ.Precision = max(point.typ.Precision, 3)
	}
	between := point.narrow()
	if byMonths && point.typ.Kind == TimestampTZKind {
		between.sql = instantLike("("+a.wall(point)+op+interval.sql+")", between.sql, point.typ.Zone)
	} else {
		between.sql = duckCast("("+between.sql+op+interval.sql+")", between.typ)
	}
	out.sql = between.sql
	if point.typ.isWide() {
		out.sql, out.value = widened(between.sql, point.beyondMicros()), nil
	}
	return a.fixed(out)
}

// fixed writes a term whose value is known as that value.
func (a *analyzer) fixed(t term) term {
	switch v := t.value.(type) {
	case dayValue:
		if t.typ.Kind == DateKind {
			return dayTerm(v)
		}
	case microValue:
		if t.typ.Kind == TimestampKind || t.typ.Kind == TimestampTZKind {
			return timestampTerm(v, t.typ)
		}
	}
	return t
}

// elapsed subtracts two points in time, which gives an interval day to second.
func (a *analyzer) elapsed(left, right term) (term, bool) {
	common, ok := commonType(left.typ, right.typ)
	if !ok {
		return term{}, false
	}
	l, r := a.coerce(left, common), a.coerce(right, common)
	if common.Kind == DateKind {
		return term{typ: dayIntervalType, sql: "to_days(CAST(" + l.sql + " - " + r.sql + " AS INTEGER))"}, true
	}
	micros := "epoch_us(" + l.narrow().sql + ") - epoch_us(" + r.narrow().sql + ")"
	switch {
	case common.Kind == TimestampTZKind && common.isWide():
		a.refuseCast(common, dayIntervalType)
	case common.Kind == TimestampTZKind && common.Precision > 3: // the fractions of milliseconds are rounded apart
		beyond := floorRemainder("epoch_us("+l.sql+")", 1000) + " - " + floorRemainder("epoch_us("+r.sql+")", 1000)
		micros = fmt.Sprintf("(%s - %s + CASE WHEN %s >= 500 THEN 1 WHEN %s <= -500 THEN -1 ELSE 0 END) * 1000", wholeMillis(l), wholeMillis(r), beyond, beyond)
	case common.Precision > 3:
		micros = floorQuotient(micros+" + 500", 1000) + " * 1000"
	}
	return term{typ: dayIntervalType, sql: "to_microseconds(CAST(" + micros + " AS BIGINT))"}, true
}
