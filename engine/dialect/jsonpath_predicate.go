package dialect

import (
	"cmp"
	"strings"
)

// pathTruth is the value of a predicate. Faults within a predicate make it unknown.
type pathTruth uint8

const (
	pathUnknown pathTruth = iota
	pathFalse
	pathTrue
)

func truthOf(b bool) pathTruth {
	if b {
		return pathTrue
	}
	return pathFalse
}

func (r *pathRun) truth(n *pathNode, at pathPlace) pathTruth {
	switch n.kind {
	case pathComparison:
		return r.comparison(n, at)
	case pathStartsWith:
		return r.startsWith(n, at)
	case pathExists:
		items, err := r.sequence(n.base, at)
		if err != nil {
			return pathUnknown
		}
		return truthOf(len(items) > 0)
	}
	left := r.truth(n.base, at)
	switch n.kind {
	case pathIsUnknown:
		return truthOf(left == pathUnknown)
	case pathNegation:
		return map[pathTruth]pathTruth{pathTrue: pathFalse, pathFalse: pathTrue}[left]
	}
	decisive := truthOf(n.kind == pathDisjunction) // whatever the other is
	if left == decisive {
		return decisive
	}
	right := r.truth(n.other, at)
	switch {
	case right == decisive:
		return decisive
	case left == pathUnknown || right == pathUnknown:
		return pathUnknown
	}
	return right
}

// operand evaluates a side of a predicate.
func (r *pathRun) operand(n *pathNode, at pathPlace) (items []pathItem, ok bool) {
	items, err := r.sequence(n, at)
	if r.lax {
		items = unwrapped(items)
	}
	return items, err == nil
}

// comparison compares every item of the left side with every one of the right.
// One pair that cannot be compared makes it unknown, but in lax mode the first
// that is true decides.
func (r *pathRun) comparison(n *pathNode, at pathPlace) pathTruth {
	left, ok := r.operand(n.base, at)
	if !ok {
		return pathUnknown
	}
	right, ok := r.operand(n.other, at)
	switch {
	case !ok:
		return pathUnknown
	case len(left) == 0 || len(right) == 0:
		return pathFalse
	}
	l, o := kindsOf(left), kindsOf(right)
	if l.parts && (o.parts || o.scalar) || l.scalar && o.parts {
		return pathUnknown
	}
	found := n.text == "==" && l.null && o.null
	if n.text == "<>" || n.text == "!=" {
		found = l.null && (o.scalar || o.parts) || o.null && (l.scalar || l.parts)
	}
	if found && r.lax || !l.scalar || !o.scalar {
		return truthOf(found)
	}
	return r.compareAll(n.text, left, right, found)
}

// itemKinds are the kinds of items in a sequence.
type itemKinds struct{ null, scalar, parts bool }

func kindsOf(items []pathItem) itemKinds {
	var k itemKinds
	for _, item := range items {
		switch {
		case item.isNull():
			k.null = true
		case item.isScalar():
			k.scalar = true
		default:
			k.parts = true
		}
	}
	return k
}

func (r *pathRun) compareAll(operator string, left, right []pathItem, found bool) pathTruth {
	l, ok := scalarsOf(left)
	if !ok {
		return pathUnknown
	}
	others, ok := scalarsOf(right)
	if !ok {
		return pathUnknown
	}
	for _, a := range l {
		for _, b := range others {
			switch compareItems(operator, a, b) {
			case pathUnknown:
				return pathUnknown
			case pathTrue:
				if found = true; r.lax {
					return pathTrue
				}
			}
		}
	}
	return truthOf(found)
}

// scalarsOf gives the scalars of a sequence as values of SQL.
func scalarsOf(items []pathItem) ([]pathItem, bool) {
	var out []pathItem
	for _, item := range items {
		typed, ok, err := item.typed()
		if err != nil {
			return nil, false
		}
		if ok {
			out = append(out, typed)
		}
	}
	return out, true
}

// compareItems compares two scalars; unknown where Trino has no operator for their types.
func compareItems(operator string, a, b pathItem) pathTruth {
	order := 0
	switch {
	case a.typ.isNumeric() && b.typ.isNumeric():
		if a.isFloat() || b.isFloat() {
			return compareFloatItems(operator, a, b)
		}
		scale := max(a.exact.scale, b.exact.scale)
		order = a.exact.rescale(scale).unscaled.Cmp(b.exact.rescale(scale).unscaled)
	case a.typ.isText() && b.typ.isText():
		order = strings.Compare(a.text, b.text)
		if a.typ.Kind == CharKind || b.typ.Kind == CharKind {
			order = strings.Compare(strings.TrimRight(a.text, " "), strings.TrimRight(b.text, " "))
		}
	case a.typ.Kind == BooleanKind && b.typ.Kind == BooleanKind:
		order = int(truthOf(a.truth)) - int(truthOf(b.truth))
	case a.typ.Equal(b.typ):
		order = strings.Compare(a.text, b.text)
	default:
		return pathUnknown
	}
	return ordered(operator, order)
}

// compareFloatItems compares where one is a real or double: NaN is unequal to everything.
func compareFloatItems(operator string, a, b pathItem) pathTruth {
	bits := 32
	if a.typ.Kind == DoubleKind || b.typ.Kind == DoubleKind {
		bits = 64
	}
	x, y := a.toFloat(bits), b.toFloat(bits)
	if x != x || y != y {
		return truthOf(operator == "<>" || operator == "!=")
	}
	return ordered(operator, cmp.Compare(x, y))
}

func ordered(operator string, order int) pathTruth {
	switch operator {
	case "==":
		return truthOf(order == 0)
	case "<>", "!=":
		return truthOf(order != 0)
	case "<":
		return truthOf(order < 0)
	case "<=":
		return truthOf(order <= 0)
	case ">":
		return truthOf(order > 0)
	}
	return truthOf(order >= 0)
}

func (r *pathRun) startsWith(n *pathNode, at pathPlace) pathTruth {
	whole, err := r.sequence(n.base, at)
	if err != nil {
		return pathUnknown
	}
	prefixes, err := r.sequence(n.other, at)
	if err != nil || len(prefixes) != 1 {
		return pathUnknown
	}
	prefix, ok := prefixes[0].toText()
	if !ok {
		return pathUnknown
	}
	if r.lax {
		whole = unwrapped(whole)
	}
	found := false
	for _, item := range whole {
		text, ok := item.toText()
		if !ok {
			return pathUnknown
		}
		if strings.HasPrefix(text, prefix) {
			if found = true; r.lax {
				return pathTrue
			}
		}
	}
	return truthOf(found)
}

// toText gives the text of an item that is one.
func (i pathItem) toText() (string, bool) {
	if i.json != nil {
		return i.json.text, i.json.kind == jsonString
	}
	return i.padded(), i.typ.isText()
}
