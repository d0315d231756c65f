package dialect

import (
	"fmt"
	"strings"
)

// temporalOfText casts a text to a date, a time or a timestamp. Where the text
// is a literal, its zone is that of the type.
func (a *analyzer) temporalOfText(t term, to Type, try bool) term {
	out := term{typ: to}
	if to.isWide() {
		a.refuseCast(t.typ, to)
		return out
	}
	switch to.Kind {
	case DateKind:
		out.sql = "vpcq_date_of_text(" + t.sql + ")"
	case TimeKind, TimestampKind:
		out.sql = fmt.Sprintf("vpcq_%s_of_text(%s, %d)", kindNames[to.Kind], t.sql, to.Precision)
	default:
		out.typ.Zone = a.zone
		text, _ := t.text()
		if p, ok := parseTimestamp(strings.Trim(text, javaSpace)); ok && p.zone != "" {
			if _, zone, ok := loadZone(p.zone); ok {
				out.typ.Zone = zone
			}
		}
		out.sql = fmt.Sprintf("vpcq_instant_of_text(%s, %d, %s, %s)", t.sql, to.Precision, duckString(a.zone), duckString(out.typ.Zone))
	}
	if try {
		out.sql = "TRY(" + out.sql + ")"
	}
	return out
}

// temporalText writes the text of a date, a time or a timestamp.
func (a *analyzer) temporalText(t term) string {
	switch t.typ.Kind {
	case DateKind:
		return "vpcq_text_of_date(" + t.sql + ")"
	case TimeKind:
		return fmt.Sprintf("vpcq_text_of_time(%s, %d)", t.sql, t.typ.Precision)
	}
	text := a.wallText(t, "text")
	if t.typ.Kind == TimestampTZKind {
		text = "(" + text + " || " + duckString(" "+t.typ.Zone) + ")"
	}
	return text
}

// wallText writes the wall-clock time of a timestamp, in one of two forms: text or iso.
func (a *analyzer) wallText(t term, form string) string {
	text := fmt.Sprintf("vpcq_%s_of_timestamp(%s, %d)", form, a.wall(t), min(t.typ.Precision, maxFraction))
	if t.typ.isWide() {
		return wideText(text, t.beyondMicros(), t.typ.Precision)
	}
	return text
}

// offsetSeconds writes the offset from UTC of a timestamp's zone.
func (a *analyzer) offsetSeconds(t term) string {
	return "((epoch_us(" + a.wall(t) + ") - epoch_us(" + t.narrow().sql + ")) // 1000000)"
}

// offsetText writes it as Z or +05:30.
func (a *analyzer) offsetText(t term) string {
	if t.typ.Zone == utcZone {
		return "'Z'"
	}
	return "vpcq_text_of_offset(CAST(" + a.offsetSeconds(t) + " AS BIGINT))"
}

// wall writes the wall-clock time of a timestamp, in whole microseconds; what
// has no zone is its own.
func (a *analyzer) wall(t term) string {
	t = t.narrow()
	if t.typ.Kind != TimestampTZKind {
		return t.sql
	}
	if t.typ.Zone == VaryingZone {
		if a.err == nil {
			a.err = &Error{Code: notSupported, Message: "vpcq does not support the wall-clock time of timestamps in several time zones yet"}
		}
		return "NULL"
	}
	return localTime(t.sql, t.typ.Zone)
}

// convertTemporal casts between dates, times and timestamps.
func (a *analyzer) convertTemporal(t term, to Type) term {
	out := term{typ: to, sql: t.sql, value: a.foldCast(t, to)}
	switch {
	case !isTemporal(t.typ):
		out.sql = duckCast(t.sql, to)
	case t.typ.Kind == to.Kind && (t.typ.isWide() || to.isWide()):
		out.sql = castPrecision(t, to)
	case t.typ.Kind == to.Kind:
		out.sql = roundFraction(t.sql, t.typ.Precision, to)
	case t.typ.isWide() || to.isWide():
		return a.convertWide(t, to)
	case to.Kind == TimestampTZKind:
		out.typ.Zone = a.zone
		local := timestampType(to.Precision)
		out.sql = instant(a.convertTemporal(t.bare(), local).sql, a.zone)
	case to.Kind == DateKind:
		out.sql = "CAST(" + a.wall(t) + " AS DATE)"
	case to.Kind == TimestampKind && t.typ.Kind == TimeKind:
		out.sql = "(" + a.current(&Current{Name: "CURRENT_DATE"}).sql + " + " + roundFraction(t.sql, t.typ.Precision, timeType(to.Precision)) + ")"
	default:
		out.sql = roundFraction(duckCast(a.wall(t), to), t.typ.Precision, to)
	}
	return a.fixed(out)
}

// convertWide casts between different kinds of which one is wide, by way of microseconds.
func (a *analyzer) convertWide(t term, to Type) term {
	between := to
	between.Precision = maxFraction
	if !to.isWide() || to.Kind == DateKind {
		rounded := t.typ
		rounded.Precision = min(to.Precision, maxFraction)
		if to.Kind == DateKind {
			return a.convertTemporal(t.narrow(), to)
		}
		return a.convertTemporal(a.convertTemporal(t.bare(), rounded), to)
	}
	micros := a.convertTemporal(t.narrow(), between)
	micros.sql, micros.typ.Precision, micros.value = widened(micros.sql, t.beyondMicros()), to.Precision, nil
	if t.typ.isWide() && to.Precision < t.typ.Precision {
		micros.typ.Precision = t.typ.Precision
		return a.convertTemporal(micros, to)
	}
	return micros
}

// roundFraction rounds a time or timestamp to the digits of to, halves up.
func roundFraction(sql string, digits int, to Type) string {
	if digits <= to.Precision || to.Kind != TimestampKind && to.Kind != TimestampTZKind && to.Kind != TimeKind {
		return sql
	}
	unit := int64(1)
	for range maxFraction - to.Precision {
		unit *= 10
	}
	micros := fmt.Sprintf("CAST(%s * %d AS BIGINT)", floorQuotient(fmt.Sprintf("epoch_us(%s) + %d", sql, unit/2), unit), unit)
	switch to.Kind {
	case TimestampTZKind:
		return "make_timestamptz(" + micros + ")"
	case TimeKind:
		return "CAST(make_timestamp(" + micros + ") AS TIME)"
	}
	return "make_timestamp(" + micros + ")"
}
