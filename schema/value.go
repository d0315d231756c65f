package schema

import (
	"cmp"
	"strconv"
	"time"
)

// Value is a constant of one of the schema's types. The zero Value is the empty string.
type Value struct {
	Type Type
	Text string // of a String
	Int  int64  // of an Int or a BigInt; of a Date, the days since 1970-01-01
}

// StringValue returns s as a String.
func StringValue(s string) Value { return Value{Type: String, Text: s} }

// IntValue returns n as a BigInt.
func IntValue(n int64) Value { return Value{Type: BigInt, Int: n} }

// DateValue returns the UTC calendar day of t.
func DateValue(t time.Time) Value {
	y, m, d := t.UTC().Date()
	return Value{Type: Date, Int: time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400}
}

// Time returns the first instant of a Date, in UTC.
func (v Value) Time() time.Time { return time.Unix(v.Int*86400, 0).UTC() }

// Compare orders v and w, which must be both strings, both integers or both
// dates; ok is false where they are not. Strings order by their bytes.
func (v Value) Compare(w Value) (order int, ok bool) {
	switch {
	case v.Type == String && w.Type == String:
		return cmp.Compare(v.Text, w.Text), true
	case v.Type == String || w.Type == String, (v.Type == Date) != (w.Type == Date):
		return 0, false
	}
	return cmp.Compare(v.Int, w.Int), true
}

// String returns the value as Athena prints it.
func (v Value) String() string {
	switch v.Type {
	case String:
		return v.Text
	case Date:
		return v.Time().Format(time.DateOnly)
	}
	return strconv.FormatInt(v.Int, 10)
}
