package dialect

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
	switch point.typ.Kind {
	case DateKind:
		if span, ok := interval.value.(microSpan); ok && span%microsPerDay != 0 {
			return a.fail(e, functionArgument, "Cannot add hour, minutes or seconds to a date")
		}
	case TimeKind:
		if interval.typ.Kind == MonthIntervalKind {
			return a.fail(e, typeMismatch, "Cannot apply operator: %s %s %s", point.typ, e.Operator, interval.typ)
		}
	case TimestampTZKind:
		if interval.typ.Kind == MonthIntervalKind && point.typ.Zone != utcZone {
			if point.typ.Zone == VaryingZone {
				return a.refuse(e, "months added to timestamps in several time zones")
			}
			out.sql = instant("("+localTime(point.sql, point.typ.Zone)+op+interval.sql+")", point.typ.Zone)
			return a.fixed(out)
		}
	case TimestampKind:
	}
	out.typ = point.typ
	if interval.typ.Kind == DayIntervalKind && (point.typ.Kind == TimestampKind || point.typ.Kind == TimestampTZKind) {
		out.typ.Precision = max(point.typ.Precision, 3)
	}
	out.sql = duckCast("("+point.sql+op+interval.sql+")", point.typ)
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
	if common.Kind == TimeKind {
		return term{typ: dayIntervalType, sql: "to_microseconds(epoch_us(" + l.sql + ") - epoch_us(" + r.sql + "))"}, true
	}
	return term{typ: dayIntervalType, sql: "to_microseconds(epoch_us(" + l.sql + ") - epoch_us(" + r.sql + "))"}, true
}
