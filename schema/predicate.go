package schema

import "slices"

// Op is the operation of a Predicate.
type Op uint8

// The operations. Unknown stands for every condition that is not decided by
// constants: it may be true, false or null.
const (
	Unknown Op = iota
	And        // of Args
	Or         // of Args
	Not        // of Args[0]
	Eq         // Column = Values[0]
	Ne         // Column <> Values[0]
	Lt         // Column < Values[0]
	Le         // Column <= Values[0]
	Gt         // Column > Values[0]
	Ge         // Column >= Values[0]
	In         // Column IN (Values...)
	IsNull     // Column IS NULL
)

// Predicate is a condition on the columns of one use of a table, under SQL's
// three-valued logic. The zero Predicate is Unknown and so keeps everything.
type Predicate struct {
	Op     Op
	Args   []Predicate
	Column string
	Values []Value
}

// Domain is what is known of a column's values before they are read: they lie
// between Low and High, both inclusive, where these are set; Null says that
// they may also be null. The zero Domain is a column that is never null and
// may otherwise be anything; Anything may also be null.
type Domain struct {
	Low, High *Value
	Null      bool
}

// Anything is the Domain of a column of which nothing is known.
var Anything = Domain{Null: true}

// AlwaysNull is the Domain of a column that is null in every record: no value
// lies between its bounds.
var AlwaysNull = Domain{Low: &Value{Type: BigInt, Int: 1}, High: &Value{Type: BigInt}, Null: true}

// empty reports whether the domain has no value but null.
func (d Domain) empty() bool {
	if d.Low == nil || d.High == nil {
		return false
	}
	order, ok := d.Low.Compare(*d.High)
	return ok && order > 0
}

// Exactly is the Domain of a column that has the value v in every record.
func Exactly(v Value) Domain { return Domain{Low: &v, High: &v} }

// Mentions reports whether the predicate has a condition on the column.
func (p Predicate) Mentions(column string) bool {
	return p.Column == column || slices.ContainsFunc(p.Args, func(a Predicate) bool { return a.Mentions(column) })
}

// CanMatch reports whether p may be true of a record whose columns lie in the
// domains that domain returns. It errs on the side of true: a record for which
// p is true is never ruled out.
func (p Predicate) CanMatch(domain func(column string) Domain) bool {
	return p.outcomes(domain)&canBeTrue != 0
}

// outcome is the set of truth values a predicate may have.
type outcome uint8

const (
	canBeTrue outcome = 1 << iota
	canBeFalse
	canBeNull
	canBeAny = canBeTrue | canBeFalse | canBeNull
)

func (p Predicate) outcomes(domain func(string) Domain) outcome {
	switch p.Op {
	case And:
		return fold(p.Args, domain, canBeTrue, and)
	case Or:
		return fold(p.Args, domain, canBeFalse, or)
	case Not:
		return not(p.Args[0].outcomes(domain))
	case IsNull:
		return isNull(domain(p.Column))
	case In:
		any := canBeFalse
		for _, v := range p.Values {
			any = or(any, compare(Eq, domain(p.Column), v))
		}
		return any
	case Eq, Ne, Lt, Le, Gt, Ge:
		return compare(p.Op, domain(p.Column), p.Values[0])
	}
	return canBeAny
}

func fold(args []Predicate, domain func(string) Domain, start outcome, join func(a, b outcome) outcome) outcome {
	all := start
	for _, arg := range args {
		all = join(all, arg.outcomes(domain))
	}
	return all
}

// and is the set of truth values of a AND b over every pair of their values.
func and(a, b outcome) outcome {
	var o outcome
	if a&canBeTrue != 0 && b&canBeTrue != 0 {
		o |= canBeTrue
	}
	if (a|b)&canBeFalse != 0 {
		o |= canBeFalse
	}
	if a&canBeNull != 0 && b&(canBeNull|canBeTrue) != 0 || b&canBeNull != 0 && a&(canBeNull|canBeTrue) != 0 {
		o |= canBeNull
	}
	return o
}

func or(a, b outcome) outcome { return not(and(not(a), not(b))) }

func not(a outcome) outcome {
	o := a & canBeNull
	if a&canBeTrue != 0 {
		o |= canBeFalse
	}
	if a&canBeFalse != 0 {
		o |= canBeTrue
	}
	return o
}

func isNull(d Domain) outcome {
	var o outcome
	if d.Null {
		o |= canBeTrue
	}
	if !d.empty() {
		o |= canBeFalse
	}
	return o
}

// compare is the set of truth values of "x op v" for x in d.
func compare(op Op, d Domain, v Value) outcome {
	if d.empty() {
		return onlyNull(d)
	}
	below, equal, above := true, true, true // whether x may be less than, equal to, greater than v
	if d.Low != nil {
		order, ok := d.Low.Compare(v)
		if !ok {
			return canBeAny
		}
		below, equal = order < 0, order <= 0
	}
	if d.High != nil {
		order, ok := d.High.Compare(v)
		if !ok {
			return canBeAny
		}
		equal, above = equal && order >= 0, order > 0
	}
	yes, no := false, false
	switch op {
	case Eq:
		yes, no = equal, below || above
	case Ne:
		yes, no = below || above, equal
	case Lt:
		yes, no = below, equal || above
	case Le:
		yes, no = below || equal, above
	case Gt:
		yes, no = above, below || equal
	case Ge:
		yes, no = above || equal, below
	}
	o := onlyNull(d)
	if yes {
		o |= canBeTrue
	}
	if no {
		o |= canBeFalse
	}
	return o
}

// onlyNull is the truth values of a comparison with the nulls of d.
func onlyNull(d Domain) outcome {
	if d.Null {
		return canBeNull
	}
	return 0
}
