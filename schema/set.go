package schema

import (
	"cmp"
	"slices"
)

// Set is the values of a column for which a condition may be true: of numbers
// and dates as int64, or of strings. The zero Set is empty.
type Set[T int64 | string] struct {
	Null bool // null is one of them

	// cuts are in ascending order; at each of them, values begin or cease to be
	// in the set. Those below all of them are in it where lowest says so.
	cuts   []T
	lowest bool
}

// Ints returns the values of a column of numbers or dates for which p may be
// true, whatever the other columns are. A record with any other value does not
// make p true.
func (p Predicate) Ints(column string) Set[int64] {
	yes, _ := setsOf(p, column, func(v Value) (int64, bool) { return v.Int, v.Type != String }, nextInt)
	return yes
}

// Strings is Ints for a column of strings, which order by their bytes.
func (p Predicate) Strings(column string) Set[string] {
	yes, _ := setsOf(p, column, func(v Value) (string, bool) { return v.Text, v.Type == String }, nextString)
	return yes
}

// Has reports whether x is in the set.
func (s Set[T]) Has(x T) bool {
	if len(s.cuts) > 8 {
		i, found := slices.BinarySearch(s.cuts, x)
		if found {
			i++
		}
		return s.lowest != (i%2 == 1)
	}
	in := s.lowest
	for _, cut := range s.cuts {
		if x < cut {
			break
		}
		in = !in
	}
	return in
}

// Meets reports whether any value from lowest to highest is in the set.
func (s Set[T]) Meets(lowest, highest T) bool {
	if s.Has(lowest) {
		return true
	}
	i, found := slices.BinarySearch(s.cuts, lowest)
	if found {
		i++
	}
	return i < len(s.cuts) && s.cuts[i] <= highest // values begin at the next cut
}

// IsAll reports whether every value, null too, is in the set.
func (s Set[T]) IsAll() bool { return s.Null && s.lowest && len(s.cuts) == 0 }

// Points returns the values of a set that has only single strings and no
// ranges; ok is false for any other.
func Points(s Set[string]) (points []string, ok bool) {
	if s.lowest || len(s.cuts)%2 != 0 {
		return nil, false
	}
	for i := 0; i < len(s.cuts); i += 2 {
		if next, _ := nextString(s.cuts[i]); next != s.cuts[i+1] {
			return nil, false
		}
		points = append(points, s.cuts[i])
	}
	return points, true
}

// nextInt is the least number above n; ok is false where there is none.
func nextInt(n int64) (next int64, ok bool) { return n + 1, n+1 > n }

// nextString is the least string above s.
func nextString(s string) (next string, ok bool) { return s + "\x00", true }

// setsOf returns the values of the column for which p may be true, and those for
// which it may be false.
func setsOf[T int64 | string](p Predicate, column string, read func(Value) (T, bool), next func(T) (T, bool)) (yes, no Set[T]) {
	all := Set[T]{Null: true, lowest: true}
	switch p.Op {
	case And, Or:
		yes, no = all, Set[T]{}
		if p.Op == Or {
			yes, no = no, yes
		}
		for _, arg := range p.Args {
			argYes, argNo := setsOf(arg, column, read, next)
			if p.Op == And {
				yes, no = merge(yes, argYes, both), merge(no, argNo, either)
			} else {
				yes, no = merge(yes, argYes, either), merge(no, argNo, both)
			}
		}
		return yes, no
	case Not:
		yes, no = setsOf(p.Args[0], column, read, next)
		return no, yes
	case Unknown:
		return all, all
	}
	if p.Column != column {
		return all, all
	}
	if p.Op == IsNull {
		return Set[T]{Null: true}, Set[T]{lowest: true}
	}
	yes, ok := compared(p, read, next)
	if !ok {
		return all, all
	}
	no = complement(yes)
	no.Null = len(p.Values) == 0 // IN () is false of everything
	return yes, no
}

// compared is the values that make a comparison with constants true; ok is false
// where these are of another type than the column.
func compared[T int64 | string](p Predicate, read func(Value) (T, bool), next func(T) (T, bool)) (yes Set[T], ok bool) {
	values := make([]T, len(p.Values))
	for i, v := range p.Values {
		if values[i], ok = read(v); !ok {
			return Set[T]{}, false
		}
	}
	switch p.Op {
	case Eq, In:
		return points(values, next), true
	case Ne:
		return complement(points(values, next)), true
	case Lt:
		return Set[T]{lowest: true, cuts: values}, true
	case Ge:
		return Set[T]{cuts: values}, true
	}
	above := Set[T]{} // of Gt
	if cut, ok := next(values[0]); ok {
		above.cuts = []T{cut}
	}
	if p.Op == Le {
		above = complement(above)
	}
	return above, true
}

// points is the set of these values.
func points[T int64 | string](values []T, next func(T) (T, bool)) Set[T] {
	var s Set[T]
	values = slices.Clone(values)
	slices.Sort(values)
	for _, v := range slices.Compact(values) {
		if n := len(s.cuts); n > 0 && s.cuts[n-1] == v {
			s.cuts = s.cuts[:n-1]
		} else {
			s.cuts = append(s.cuts, v)
		}
		if after, ok := next(v); ok {
			s.cuts = append(s.cuts, after)
		}
	}
	return s
}

// complement is the values, without null, that are not in s.
func complement[T int64 | string](s Set[T]) Set[T] {
	return Set[T]{lowest: !s.lowest, cuts: s.cuts}
}

func both(a, b bool) bool   { return a && b }
func either(a, b bool) bool { return a || b }

// merge is the set of the values for which join holds of their being in a and in b.
func merge[T int64 | string](a, b Set[T], join func(a, b bool) bool) Set[T] {
	out := Set[T]{Null: join(a.Null, b.Null), lowest: join(a.lowest, b.lowest)}
	inA, inB, in := a.lowest, b.lowest, out.lowest
	for i, j := 0, 0; i < len(a.cuts) || j < len(b.cuts); {
		first := order(a.cuts[i:], b.cuts[j:])
		var cut T
		if first <= 0 {
			cut, inA = a.cuts[i], !inA
			i++
		}
		if first >= 0 {
			cut, inB = b.cuts[j], !inB
			j++
		}
		if join(inA, inB) != in {
			in = !in
			out.cuts = append(out.cuts, cut)
		}
	}
	return out
}

// order compares the first cuts of two lists, one of which may be at its end.
func order[T int64 | string](a, b []T) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	return cmp.Compare(a[0], b[0])
}
