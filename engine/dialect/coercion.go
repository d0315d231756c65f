package dialect

// This file holds Trino's implicit coercions: which type takes values of which
// other without a cast, and the common type of two. They are those of Trino's
// TypeCoercion; nothing coerces between varchar, numbers and dates.

// integerDigits are the decimal digits that hold every value of an integer type.
var integerDigits = map[Kind]int{TinyintKind: 3, SmallintKind: 5, IntegerKind: 10, BigintKind: 19}

// canCoerce reports whether a value of type from may stand where one of type to is wanted.
func canCoerce(from, to Type) bool {
	if from.Kind == CharKind && to.Kind == VarcharKind {
		return to.Length == Unbounded || from.Length <= to.Length
	}
	common, ok := commonType(from, to)
	return ok && common.Equal(to)
}

// commonType returns the type that takes values both of a and of b, if there is one.
func commonType(a, b Type) (Type, bool) {
	switch {
	case a.Kind == UnknownKind:
		return b, true
	case b.Kind == UnknownKind:
		return a, true
	case a.Kind == b.Kind:
		return commonOfKind(a, b)
	}
	if t, ok := widen(a, b); ok {
		return t, true
	}
	return widen(b, a)
}

// commonOfKind is commonType for two types that differ in their parameters at most.
func commonOfKind(a, b Type) (Type, bool) {
	switch a.Kind {
	case VarcharKind:
		if a.Length == Unbounded || b.Length == Unbounded {
			return varcharType, true
		}
		return boundedVarchar(max(a.Length, b.Length)), true
	case CharKind:
		return charType(max(a.Length, b.Length)), true
	case DecimalKind:
		return commonDecimal(a, b), true
	case TimeKind, TimestampKind, TimestampTZKind:
		t := a
		t.Precision = max(a.Precision, b.Precision)
		if a.Zone != b.Zone {
			t.Zone = VaryingZone
		}
		return t, true
	case ArrayKind, MapKind, RowKind:
		return commonContainer(a, b)
	}
	return a, true
}

// commonDecimal keeps the digits of both before and behind the point, up to 38 in all.
func commonDecimal(a, b Type) Type {
	scale := max(a.Scale, b.Scale)
	digits := max(a.Precision-a.Scale, b.Precision-b.Scale)
	return decimalType(min(maxPrecision, digits+scale), scale)
}

// commonContainer unites the types of two arrays, maps or rows part by part. A
// row's field keeps its name where both rows give it the same.
func commonContainer(a, b Type) (Type, bool) {
	if len(a.Args) != len(b.Args) {
		return Type{}, false
	}
	t := Type{Kind: a.Kind, Args: make([]Type, len(a.Args))}
	if a.Kind == RowKind {
		t.Names = make([]string, len(a.Args))
	}
	for i := range a.Args {
		part, ok := commonType(a.Args[i], b.Args[i])
		if !ok {
			return Type{}, false
		}
		t.Args[i] = part
		if a.Kind == RowKind && a.Names[i] == b.Names[i] {
			t.Names[i] = a.Names[i]
		}
	}
	return t, true
}

// widen returns the type that a and b of different kinds share, where values of a widen to it.
func widen(a, b Type) (Type, bool) {
	switch a.Kind {
	case TinyintKind, SmallintKind, IntegerKind, BigintKind:
		return widenInteger(a, b)
	case DecimalKind:
		return b, b.Kind == RealKind || b.Kind == DoubleKind
	case RealKind:
		return b, b.Kind == DoubleKind
	case DateKind:
		return b, b.Kind == TimestampKind || b.Kind == TimestampTZKind
	case TimestampKind:
		if b.Kind != TimestampTZKind {
			return Type{}, false
		}
		return timestampTZType(max(a.Precision, b.Precision), b.Zone), true
	case VarcharKind:
		// Trino compares a varchar with a char as chars, which pads the shorter.
		return widenVarchar(a, b)
	}
	return Type{}, false
}

func widenInteger(a, b Type) (Type, bool) {
	switch {
	case b.isInteger():
		return b, b.Kind > a.Kind
	case b.Kind == RealKind || b.Kind == DoubleKind:
		return b, true
	case b.Kind == DecimalKind:
		return commonDecimal(decimalType(integerDigits[a.Kind], 0), b), true
	}
	return Type{}, false
}

// longestChar is the length of the longest char (CharType.MAX_LENGTH).
const longestChar = 65536

func widenVarchar(a, b Type) (Type, bool) {
	if b.Kind != CharKind {
		return Type{}, false
	}
	if a.Length == Unbounded || a.Length > longestChar {
		return charType(longestChar), true
	}
	return charType(max(a.Length, b.Length)), true
}

// commonOf returns the type that takes the values of every type in types.
func commonOf(types []Type) (Type, bool) {
	common := unknownType
	for _, t := range types {
		var ok bool
		if common, ok = commonType(common, t); !ok {
			return Type{}, false
		}
	}
	return common, true
}
