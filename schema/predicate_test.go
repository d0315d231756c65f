package schema

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// truth is SQL's: true, false or null.
type truth int

const (
	isFalse truth = iota
	isTrue
	isNullTruth
)

// record is the values of a record's columns; a column without one is null.
type record map[string]Value

// evaluate is the plain meaning of p on one record; pick decides what is Unknown.
func evaluate(p Predicate, r record, pick func() truth) truth {
	switch p.Op {
	case And, Or:
		return evaluateAll(p, r, pick)
	case Not:
		return negate(evaluate(p.Args[0], r, pick))
	case IsNull:
		_, ok := r[p.Column]
		return truthOf(!ok)
	case In:
		any := Predicate{Op: Or}
		for _, v := range p.Values {
			any.Args = append(any.Args, Predicate{Op: Eq, Column: p.Column, Values: []Value{v}})
		}
		return evaluate(any, r, pick)
	case Eq, Ne, Lt, Le, Gt, Ge:
		return evaluateComparison(p, r)
	}
	return pick()
}

// evaluateAll is AND and OR: the decisive value wins, then null.
func evaluateAll(p Predicate, r record, pick func() truth) truth {
	decisive := truthOf(p.Op == Or)
	result := negate(decisive)
	for _, arg := range p.Args {
		switch v := evaluate(arg, r, pick); {
		case v == decisive:
			result = decisive
		case v == isNullTruth && result != decisive:
			result = isNullTruth
		}
	}
	return result
}

func evaluateComparison(p Predicate, r record) truth {
	x, ok := r[p.Column]
	if !ok {
		return isNullTruth
	}
	order, _ := x.Compare(p.Values[0])
	return truthOf(map[Op]bool{Eq: order == 0, Ne: order != 0, Lt: order < 0, Le: order <= 0, Gt: order > 0, Ge: order >= 0}[p.Op])
}

func truthOf(b bool) truth {
	if b {
		return isTrue
	}
	return isFalse
}

func negate(v truth) truth {
	switch v {
	case isTrue:
		return isFalse
	case isFalse:
		return isTrue
	}
	return isNullTruth
}

// small is the numbers that random records, domains and predicates are made of.
const small = 6

func randomPredicate(r *rand.Rand, depth int) Predicate {
	if depth > 0 && r.IntN(3) > 0 {
		op := []Op{And, Or, Not}[r.IntN(3)]
		n := 1
		if op != Not {
			n = r.IntN(4)
		}
		p := Predicate{Op: op}
		for range n {
			p.Args = append(p.Args, randomPredicate(r, depth-1))
		}
		return p
	}
	op := []Op{Unknown, Eq, Ne, Lt, Le, Gt, Ge, In, IsNull}[r.IntN(9)]
	p := Predicate{Op: op, Column: string(rune('a' + r.IntN(3)))}
	n := 1
	if op == In {
		n = r.IntN(4)
	}
	for range n {
		p.Values = append(p.Values, IntValue(r.Int64N(small)))
	}
	return p
}

func randomDomain(r *rand.Rand) Domain {
	if r.IntN(8) == 0 {
		return AlwaysNull
	}
	d := Domain{Null: r.IntN(2) == 0}
	low := r.Int64N(small)
	if r.IntN(2) == 0 {
		v := IntValue(low)
		d.Low = &v
	}
	if r.IntN(2) == 0 {
		v := IntValue(low + r.Int64N(3))
		d.High = &v
	}
	return d
}

// randomIn returns a value of d; ok is false where it is null.
func randomIn(r *rand.Rand, d Domain) (v Value, ok bool) {
	if d.empty() || d.Null && r.IntN(4) == 0 {
		return Value{}, false
	}
	low, high := int64(-1), int64(small+3)
	if d.Low != nil {
		low = d.Low.Int
	}
	if d.High != nil {
		high = d.High.Int
	}
	return IntValue(low + r.Int64N(high-low+1)), true
}

// TestCanMatchIsSound holds that a record for which a predicate is true is
// never ruled out, whatever the predicate and whatever is known of its columns.
func TestCanMatchIsSound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	matched, ruledOut := 0, 0
	for range 20_000 {
		p := randomPredicate(r, 3)
		domains := map[string]Domain{"a": randomDomain(r), "b": randomDomain(r), "c": randomDomain(r)}
		can := p.CanMatch(func(column string) Domain { return domains[column] })
		if !can {
			ruledOut++
		}
		for range 10 {
			rec := record{}
			for column, d := range domains {
				if v, ok := randomIn(r, d); ok {
					rec[column] = v
				}
			}
			if evaluate(p, rec, func() truth { return truth(r.IntN(3)) }) != isTrue {
				continue
			}
			matched++
			if !can {
				t.Fatalf("%+v is true of %v, but ruled out for %s", p, rec, printed(domains))
			}
		}
	}
	if matched < 10_000 || ruledOut < 500 {
		t.Errorf("only %d records matched and %d predicates were ruled out", matched, ruledOut)
	}
}

// TestCanMatchOfKnownValuesIsExact holds that nothing is kept needlessly where
// every column is known and asked for once.
func TestCanMatchOfKnownValuesIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		p := randomPredicate(r, 0)
		if p.Op == Unknown {
			continue
		}
		x := IntValue(r.Int64N(small))
		rec := record{"a": x, "b": x, "c": x}
		want := evaluate(p, rec, nil) == isTrue
		if got := p.CanMatch(func(string) Domain { return Exactly(x) }); got != want {
			t.Fatalf("%+v for %v: CanMatch = %v, want %v", p, x, got, want)
		}
	}
}

func printed(domains map[string]Domain) string {
	s := ""
	for column, d := range domains {
		s += fmt.Sprintf(" %s in [%v, %v] null %v", column, d.Low, d.High, d.Null)
	}
	return s
}

func TestCanMatch(t *testing.T) {
	day := func(s string) Value { return StringValue(s) }
	on := func(op Op, v ...Value) Predicate { return Predicate{Op: op, Column: "x", Values: v} }
	tests := []struct {
		p    Predicate
		d    Domain
		want bool
	}{
		{Predicate{}, Exactly(day("a")), true},
		{on(Eq, day("a")), Exactly(day("b")), false},
		{on(Eq, day("a")), Anything, true},
		{on(Eq, IntValue(1)), Exactly(day("b")), true}, // not comparable: kept
		{Predicate{Op: Not, Args: []Predicate{on(Eq, IntValue(1))}}, Exactly(day("b")), true},
		{on(IsNull), Anything, true},
		{on(IsNull), Domain{}, false},
		{on(IsNull), AlwaysNull, true},
		{Predicate{Op: Not, Args: []Predicate{on(IsNull)}}, AlwaysNull, false},
		{on(Ne, IntValue(5)), AlwaysNull, false},
		{on(Lt, IntValue(5)), AlwaysNull, false},
		{Predicate{Op: Not, Args: []Predicate{on(Eq, day("a"))}}, AlwaysNull, false},
		{Predicate{Op: Not, Args: []Predicate{on(IsNull)}}, Anything, true},
		{on(In), Anything, false},
		{on(In, day("a"), day("c")), Exactly(day("b")), false},
		{on(In, day("a"), day("b")), Exactly(day("b")), true},
		{Predicate{Op: And}, Anything, true},
		{Predicate{Op: Or}, Anything, false},
		{Predicate{Op: Not, Args: []Predicate{{}}}, Exactly(day("a")), true},
	}
	for _, test := range tests {
		if got := test.p.CanMatch(func(string) Domain { return test.d }); got != test.want {
			t.Errorf("%+v in %+v: CanMatch = %v, want %v", test.p, test.d, got, test.want)
		}
	}
}

func TestPredicateMentions(t *testing.T) {
	p := Predicate{Op: And, Args: []Predicate{{Op: Eq, Column: "a"}, {Op: Not, Args: []Predicate{{Op: IsNull, Column: "b"}}}}}
	for column, want := range map[string]bool{"a": true, "b": true, "c": false} {
		if got := p.Mentions(column); got != want {
			t.Errorf("%q: got %v, want %v", column, got, want)
		}
	}
}
