package schema

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// texts are strings in their order, by the number that stands for them in
// random predicates; some are neighbours.
var texts = [small]string{"", "\x00", "a", "a\x00", "ab", "é"}

// inTexts is p with strings for its numbers.
func inTexts(p Predicate) Predicate {
	p.Args, p.Values = slices.Clone(p.Args), slices.Clone(p.Values)
	for i := range p.Args {
		p.Args[i] = inTexts(p.Args[i])
	}
	for i, v := range p.Values {
		p.Values[i] = StringValue(texts[v.Int])
	}
	return p
}

// onlyAbout reports whether p speaks of the column a and nothing else.
func onlyAbout(p Predicate) bool {
	if p.Op == Unknown || len(p.Values) > 0 && p.Column != "a" || p.Op == IsNull && p.Column != "a" || p.Op == In && p.Column != "a" {
		return false
	}
	return !slices.ContainsFunc(p.Args, func(arg Predicate) bool { return !onlyAbout(arg) })
}

// A set has every value with which a predicate can be true, and no other where
// the predicate is about the column alone.
func TestSetIsWhatCanBeTrue(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	exact, left := 0, 0
	for range 20_000 {
		p := randomPredicate(r, 4)
		ints, strings := p.Ints("a"), inTexts(p).Strings("a")
		alone := onlyAbout(p)
		for x := range int64(small + 1) { // the last stands for null
			values := record{}
			in, inText := ints.Null, strings.Null
			if x < small {
				values["a"] = IntValue(x)
				in, inText = ints.Has(x), strings.Has(texts[x])
			}
			if r.IntN(2) == 0 {
				values["b"] = IntValue(r.Int64N(small))
			}
			truth := evaluate(p, values, func() truth { return truth(r.IntN(3)) })
			if truth == isTrue && !(in && inText) {
				t.Fatalf("%v is true of %v, but the sets have it %v and %v", p, values, in, inText)
			}
			if alone && truth != isTrue && (in || inText) {
				t.Fatalf("%v is not true of %v, but the sets have it %v and %v", p, values, in, inText)
			}
			if !in {
				left++
			}
		}
		if alone {
			exact++
		}
	}
	if exact < 500 || left < 10_000 {
		t.Errorf("only %d predicates were about the column alone, and only %d values left out", exact, left)
	}
}

func TestSetOfTheGreatestNumber(t *testing.T) {
	for _, test := range []struct {
		op          Op
		last, least bool // whether the set has the greatest and the least number
	}{
		{Eq, true, false}, {Ne, false, true}, {Lt, false, true}, {Le, true, true}, {Gt, false, false}, {Ge, true, false},
	} {
		s := Predicate{Op: test.op, Column: "a", Values: []Value{IntValue(math.MaxInt64)}}.Ints("a")
		if s.Has(math.MaxInt64) != test.last || s.Has(math.MinInt64) != test.least || s.Null {
			t.Errorf("op %d: %+v", test.op, s)
		}
	}
}

func TestSetOfManyValues(t *testing.T) {
	p := Predicate{Op: In, Column: "a"}
	for i := range 100 {
		p.Values = append(p.Values, IntValue(int64(i*i)))
	}
	s := p.Ints("a")
	for x := range int64(10_000) {
		if want := slices.Contains(p.Values, IntValue(x)); s.Has(x) != want {
			t.Fatalf("has %d: %v", x, !want)
		}
	}
}

func TestSetOfAnotherType(t *testing.T) {
	p := Predicate{Op: Eq, Column: "a", Values: []Value{StringValue("1")}}
	if !p.Ints("a").IsAll() || p.Strings("a").IsAll() || !p.Strings("b").IsAll() {
		t.Error("a comparison with a string says nothing of numbers and of other columns")
	}
}

func TestPoints(t *testing.T) {
	in := func(values ...string) Predicate {
		p := Predicate{Op: In, Column: "a"}
		for _, v := range values {
			p.Values = append(p.Values, StringValue(v))
		}
		return p
	}
	for _, test := range []struct {
		p    Predicate
		want []string
		ok   bool
	}{
		{in("REJECT"), []string{"REJECT"}, true},
		{in("b", "a", "b"), []string{"a", "b"}, true},
		{Predicate{Op: And, Args: []Predicate{in("a", "b"), in("b", "c")}}, []string{"b"}, true},
		{Predicate{Op: IsNull, Column: "a"}, nil, true},
		{Predicate{Op: Not, Args: []Predicate{in("a")}}, nil, false},
		{Predicate{Op: Ge, Column: "a", Values: []Value{StringValue("a")}}, nil, false},
		{in("a", "a\x00"), nil, false},
	} {
		got, ok := Points(test.p.Strings("a"))
		if !slices.Equal(got, test.want) || ok != test.ok {
			t.Errorf("%v: %q, %v", test.p, got, ok)
		}
	}
}
