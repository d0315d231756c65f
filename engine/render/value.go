package render

import (
	"fmt"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/vpcq/vpcq/engine/dialect"
)

// kind is how values of a kind of type are written.
type kind struct {
	text  func(t dialect.Type, a arrow.Array) (appendFunc, error)
	json  func(t dialect.Type, a arrow.Array) (appendFunc, error) // nil: the text in quotes
	plain bool                                                    // its text is never empty and needs quotes in no format
	right bool                                                    // aligned to the right: a number
}

// kindOf is the table of kinds. It is a function because its containers look
// into it again.
func kindOf(k dialect.Kind) kind {
	switch k {
	case dialect.UnknownKind:
		return kind{text: nothing, json: nothing}
	case dialect.BooleanKind:
		return kind{text: boolean, json: boolean, plain: true}
	case dialect.TinyintKind, dialect.SmallintKind, dialect.IntegerKind, dialect.BigintKind:
		return kind{text: integer, json: integer, plain: true, right: true}
	case dialect.RealKind, dialect.DoubleKind:
		return kind{text: float, json: floatJSON, plain: true, right: true}
	case dialect.DecimalKind:
		return kind{text: decimal, json: decimal, plain: true, right: true}
	case dialect.VarcharKind, dialect.UUIDKind:
		return kind{text: varchar}
	case dialect.CharKind:
		return kind{text: char}
	case dialect.JSONKind:
		return kind{text: varchar, json: document}
	case dialect.VarbinaryKind:
		return kind{text: varbinary}
	case dialect.IPAddressKind:
		return kind{text: ipAddress, plain: true}
	case dialect.IPPrefixKind:
		return kind{text: ipPrefix, plain: true}
	case dialect.DateKind:
		return kind{text: date, plain: true}
	case dialect.TimeKind:
		return kind{text: timeOfDay, plain: true}
	case dialect.TimestampKind, dialect.TimestampTZKind:
		return kind{text: timestamp, plain: true}
	case dialect.DayIntervalKind:
		return kind{text: dayInterval, plain: true}
	case dialect.MonthIntervalKind:
		return kind{text: monthInterval, plain: true}
	case dialect.ArrayKind:
		return kind{text: list, json: listJSON}
	case dialect.MapKind:
		return kind{text: mapping, json: mappingJSON}
	case dialect.RowKind:
		return kind{text: row, json: rowJSON}
	}
	return kind{}
}

// bindText gives the texts of a column of a batch as Athena prints them.
func bindText(c Column, a arrow.Array) (cell, error) {
	text, err := textOf(c.Type, a)
	return cell{array: a, append: text, nulls: a.NullN() > 0, plain: kindOf(c.Type.Kind).plain}, err
}

// textOf gives the texts of an array, whose nulls the caller must ask for first.
func textOf(t dialect.Type, a arrow.Array) (appendFunc, error) {
	k := kindOf(t.Kind)
	if k.text == nil {
		return nil, fmt.Errorf("values of type %s have no text: cast the column to varchar", t)
	}
	return k.text(t, a)
}

// mismatch says that a back end broke the agreement of dialect.Type.DuckDB.
func mismatch(t dialect.Type, a arrow.Array) error {
	return fmt.Errorf("values of type %s came as arrow %s: this is a fault in the back end, please report it", t, a.DataType())
}

// nothing is the text of NULL's own type, of which there are no other values.
func nothing(t dialect.Type, a arrow.Array) (appendFunc, error) {
	if a.NullN() != a.Len() {
		return nil, mismatch(t, a)
	}
	return func(dst []byte, _ int) []byte { return dst }, nil
}

func boolean(t dialect.Type, a arrow.Array) (appendFunc, error) {
	b, ok := a.(*array.Boolean)
	if !ok {
		return nil, mismatch(t, a)
	}
	return func(dst []byte, i int) []byte { return strconv.AppendBool(dst, b.Value(i)) }, nil
}

// integer takes any width, since the digits are the same.
func integer(t dialect.Type, a arrow.Array) (appendFunc, error) {
	switch a := a.(type) {
	case *array.Int64:
		return integers(a.Int64Values()), nil
	case *array.Int32:
		return integers(a.Int32Values()), nil
	case *array.Int16:
		return integers(a.Int16Values()), nil
	case *array.Int8:
		return integers(a.Int8Values()), nil
	}
	return nil, mismatch(t, a)
}

// integers reads the array's buffer directly: a method call per value costs as much as the digits.
func integers[T int8 | int16 | int32 | int64](values []T) appendFunc {
	return func(dst []byte, i int) []byte { return strconv.AppendInt(dst, int64(values[i]), 10) }
}

// varchar is the text itself: quoting is the format's business.
func varchar(t dialect.Type, a arrow.Array) (appendFunc, error) {
	s, ok := a.(array.StringLike)
	if !ok {
		return nil, mismatch(t, a)
	}
	if s, ok := a.(*array.String); ok { // saves the call through the interface
		return func(dst []byte, i int) []byte { return append(dst, s.Value(i)...) }, nil
	}
	return func(dst []byte, i int) []byte { return append(dst, s.Value(i)...) }, nil
}

// char pads with spaces to the type's length, in characters: Trino keeps the
// padding out of the value and prints it.
func char(t dialect.Type, a arrow.Array) (appendFunc, error) {
	s, ok := a.(array.StringLike)
	if !ok {
		return nil, mismatch(t, a)
	}
	return func(dst []byte, i int) []byte {
		v := s.Value(i)
		dst = append(dst, v...)
		for n := len([]rune(v)); n < t.Length; n++ {
			dst = append(dst, ' ')
		}
		return dst
	}, nil
}
