package render

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/vpcq/vpcq/engine/dialect"
)

// binder is textOf or jsonOf: how a container writes what it holds.
type binder func(dialect.Type, arrow.Array) (appendFunc, error)

// orNull writes null for the elements that are.
func orNull(bind binder, t dialect.Type, a arrow.Array) (appendFunc, error) {
	value, err := bind(t, a)
	if err != nil || a.NullN() == 0 {
		return value, err
	}
	return func(dst []byte, i int) []byte {
		if a.IsNull(i) {
			return append(dst, "null"...)
		}
		return value(dst, i)
	}, nil
}

// list prints an array as [a, b].
func list(t dialect.Type, a arrow.Array) (appendFunc, error) { return sequence(t, a, textOf, ", ") }

// sequence writes the elements of an array, each by the binder.
func sequence(t dialect.Type, a arrow.Array, bind binder, separator string) (appendFunc, error) {
	l, ok := a.(array.ListLike)
	if !ok {
		return nil, mismatch(t, a)
	}
	element, err := orNull(bind, t.Args[0], l.ListValues())
	if err != nil {
		return nil, err
	}
	return func(dst []byte, i int) []byte {
		start, end := l.ValueOffsets(i)
		dst = append(dst, '[')
		for j := start; j < end; j++ {
			if j > start {
				dst = append(dst, separator...)
			}
			dst = element(dst, int(j))
		}
		return append(dst, ']')
	}, nil
}

// mapping prints a map as {k=v, l=w}.
func mapping(t dialect.Type, a arrow.Array) (appendFunc, error) {
	m, ok := a.(*array.Map)
	if !ok {
		return nil, mismatch(t, a)
	}
	key, err := textOf(t.Args[0], m.Keys())
	if err != nil {
		return nil, err
	}
	return entries(t, m, key, textOf, ", ", '=')
}

// entries writes the pairs of a map. Its keys are never null, its values may be.
func entries(t dialect.Type, m *array.Map, key appendFunc, bind binder, separator string, equals byte) (appendFunc, error) {
	value, err := orNull(bind, t.Args[1], m.Items())
	if err != nil {
		return nil, err
	}
	return func(dst []byte, i int) []byte {
		start, end := m.ValueOffsets(i)
		dst = append(dst, '{')
		for j := start; j < end; j++ {
			if j > start {
				dst = append(dst, separator...)
			}
			dst = append(key(dst, int(j)), equals)
			dst = value(dst, int(j))
		}
		return append(dst, '}')
	}, nil
}

// row prints a row as {x=1, field1=b}: fields without a name show their place.
func row(t dialect.Type, a arrow.Array) (appendFunc, error) {
	return fields(t, a, textOf, ", ", func(name string) string { return name + "=" })
}

// fields writes the fields of a row, each after its label, whose separator is
// joined to it once and for all.
func fields(t dialect.Type, a arrow.Array, bind binder, separator string, label func(string) string) (appendFunc, error) {
	s, ok := a.(*array.Struct)
	if !ok || s.NumField() != len(t.Args) {
		return nil, mismatch(t, a)
	}
	labels := make([]string, len(t.Args))
	values := make([]appendFunc, len(t.Args))
	for i, arg := range t.Args {
		labels[i] = label(t.FieldName(i))
		if i > 0 {
			labels[i] = separator + labels[i]
		}
		var err error
		if values[i], err = orNull(bind, arg, s.Field(i)); err != nil {
			return nil, err
		}
	}
	return func(dst []byte, i int) []byte {
		dst = append(dst, '{')
		for j, value := range values {
			dst = value(append(dst, labels[j]...), i)
		}
		return append(dst, '}')
	}, nil
}
