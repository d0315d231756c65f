package dialect

import (
	"math"
	"math/big"
	"time"
)

// This file computes what the statement fixes, in Go, so that pruning has
// constants to compare with. Nil stands for a value that is not known; folding
// never has to succeed, but what it gives must be what DuckDB would compute.

func negate(v any) any {
	switch v := v.(type) {
	case *big.Rat:
		return new(big.Rat).Neg(v)
	case float64:
		return -v
	case monthSpan:
		return -v
	case microSpan:
		return -v
	}
	return nil
}

// foldArithmetic computes "left op right" with a result of type t. Divisions
// of decimals round by rules of their own and are left to DuckDB.
func foldArithmetic(op Operator, left, right any, t Type) any {
	if t.Kind == DoubleKind {
		l, lok := toFloat(left)
		r, rok := toFloat(right)
		if !lok || !rok {
			return nil
		}
		return foldFloats(op, l, r)
	}
	l, lok := left.(*big.Rat)
	r, rok := right.(*big.Rat)
	if !lok || !rok {
		return nil
	}
	return foldExact(op, l, r, t)
}

func foldExact(op Operator, l, r *big.Rat, t Type) any {
	out := new(big.Rat)
	switch {
	case op == Add:
		out.Add(l, r)
	case op == Subtract:
		out.Sub(l, r)
	case op == Multiply:
		out.Mul(l, r)
	case op == Divide && t.isInteger() && r.Sign() != 0:
		out.SetInt(new(big.Int).Quo(l.Num(), r.Num()))
	case op == Modulus && t.isInteger() && r.Sign() != 0:
		out.SetInt(new(big.Int).Rem(l.Num(), r.Num()))
	default:
		return nil
	}
	if t.isInteger() && !fitsInteger(out, t) {
		return nil // DuckDB reports the overflow
	}
	return out
}

// fitsInteger reports whether a whole number is in the range of an integer type.
func fitsInteger(v *big.Rat, t Type) bool {
	bits := map[Kind]uint{TinyintKind: 7, SmallintKind: 15, IntegerKind: 31, BigintKind: 63}[t.Kind]
	limit := new(big.Int).Lsh(big.NewInt(1), bits)
	n := v.Num()
	return n.Cmp(limit) < 0 && n.Cmp(limit.Neg(limit)) >= 0
}

func toFloat(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case *big.Rat:
		f, _ := v.Float64()
		return f, true
	}
	return 0, false
}

func foldFloats(op Operator, l, r float64) any {
	switch op {
	case Add:
		return l + r
	case Subtract:
		return l - r
	case Multiply:
		return l * r
	case Divide:
		return l / r
	}
	return nil
}

// foldShift adds an interval to a point in time or to an interval, or takes it off.
func foldShift(op Operator, point, interval term, a *analyzer) any {
	amount := interval.value
	if op == Subtract {
		amount = negate(amount)
	}
	switch p := point.value.(type) {
	case dayValue:
		return shiftDay(p, amount)
	case microValue:
		if point.typ.Kind == TimestampTZKind {
			return shiftInstant(p, amount, point.typ.Zone)
		}
		return shiftMicros(p, amount)
	case microSpan:
		if by, ok := amount.(microSpan); ok {
			return p + by
		}
	case monthSpan:
		if by, ok := amount.(monthSpan); ok {
			return p + by
		}
	}
	return nil
}

func shiftDay(d dayValue, amount any) any {
	switch by := amount.(type) {
	case microSpan:
		if by%microsPerDay == 0 {
			return inYears(d + dayValue(by/microsPerDay))
		}
	case monthSpan:
		if math.Abs(float64(by)) < 1<<20 {
			return inYears(dayValue(addMonths(d.time(), int(by)).Unix() / 86400))
		}
	}
	return nil
}

// inYears drops the days that a literal could not write.
func inYears(d dayValue) any {
	if y := d.time().Year(); y < 1 || y > 9999 || d > 1<<40 || d < -1<<40 {
		return nil
	}
	return d
}

// addMonths keeps the day of the month where the other month has it, else takes its last.
func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return time.Date(first.Year(), first.Month(), min(t.Day(), last), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

func shiftMicros(m microValue, amount any) any {
	const furthest = 1 << 57 // within the years that a literal can write
	var out microValue
	switch by := amount.(type) {
	case microSpan:
		if by > furthest || by < -furthest {
			return nil
		}
		out = m + microValue(by)
	case monthSpan:
		if math.Abs(float64(by)) > 1<<20 {
			return nil
		}
		out = microValue(addMonths(time.UnixMicro(int64(m)).UTC(), int(by)).UnixMicro())
	default:
		return nil
	}
	if y := time.UnixMicro(int64(out)).UTC().Year(); y < 1 || y > 9999 {
		return nil
	}
	return out
}

// shiftInstant is shiftMicros for an instant, whose months are those of its zone.
func shiftInstant(m microValue, amount any, zone string) any {
	if _, ok := amount.(monthSpan); !ok {
		return shiftMicros(m, amount)
	}
	location, _, ok := loadZone(zone)
	if !ok {
		return nil
	}
	wall, ok := shiftMicros(microValue(toWall(m, location)), amount).(microValue)
	if !ok {
		return nil
	}
	return toInstant(int64(wall), location)
}

// foldCast computes the cast of a value to a date, a timestamp, a number or a varchar.
func (a *analyzer) foldCast(t term, to Type) any {
	switch v := t.value.(type) {
	case nullValue:
		return v
	case string:
		return a.foldText(v, to)
	case dayValue:
		switch to.Kind {
		case TimestampKind:
			return microValue(int64(v) * microsPerDay)
		case TimestampTZKind:
			return toInstant(int64(v)*microsPerDay, a.session.Zone)
		case VarcharKind:
			if to.Length == Unbounded {
				return v.time().Format(time.DateOnly)
			}
		}
	case microValue:
		return a.foldTimestampCast(v, t.typ, to)
	case *big.Rat:
		return foldNumberCast(v, to)
	case float64:
		if to.isInteger() && math.Abs(v) < 1<<52 && v == math.Trunc(v) {
			return new(big.Rat).SetFloat64(v)
		}
		if to.Kind == DoubleKind {
			return v
		}
	}
	return nil
}

func (a *analyzer) foldText(s string, to Type) any {
	switch to.Kind {
	case VarcharKind:
		if to.Length == Unbounded || len([]rune(s)) <= to.Length {
			return s
		}
	case DateKind:
		if day, ok := parseDay(s); ok {
			return day
		}
	case TimestampKind:
		if p, ok := parseTimestamp(s); ok && p.zone == "" && p.precision <= to.Precision {
			return microValue(p.micros)
		}
	case BigintKind, IntegerKind:
		if v, ok := new(big.Rat).SetString(s); ok && isDigits(s) && fitsInteger(v, to) {
			return v
		}
	}
	return nil
}

func isDigits(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

func (a *analyzer) foldTimestampCast(v microValue, from, to Type) any {
	wall := int64(v)
	if from.Kind == TimestampTZKind {
		location, _, ok := loadZone(from.Zone)
		if !ok {
			return nil
		}
		wall = toWall(v, location)
	}
	switch {
	case to.Kind == DateKind:
		day := wall / microsPerDay
		if wall%microsPerDay < 0 {
			day--
		}
		return dayValue(day)
	case to.Kind == TimestampKind:
		return microValue(roundMicros(wall, to.Precision))
	case to.Kind == TimestampTZKind && from.Kind == TimestampKind:
		return microValue(roundMicros(int64(toInstant(wall, a.session.Zone)), to.Precision))
	case to.Kind == TimestampTZKind:
		return microValue(roundMicros(int64(v), to.Precision))
	}
	return nil
}

func foldNumberCast(v *big.Rat, to Type) any {
	switch {
	case to.isInteger() && v.IsInt() && fitsInteger(v, to):
		return v
	case to.Kind == DecimalKind:
		scaled := new(big.Rat).Mul(v, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(to.Scale)), nil)))
		if scaled.IsInt() {
			return v
		}
	case to.Kind == DoubleKind:
		f, _ := v.Float64()
		return f
	}
	return nil
}
