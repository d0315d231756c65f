package schema

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestBoundsAreSound holds that a value for which a predicate is true lies in its
// Hull and, where there are such, among its Only values.
func TestBoundsAreSound(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	bounded, named := 0, 0
	for range 20_000 {
		p := randomPredicate(r, 3)
		hull := p.Hull("a")
		only, ok := p.Only("a")
		if hull.Low != nil || hull.High != nil {
			bounded++
		}
		if ok {
			named++
		}
		for range 10 {
			rec := record{}
			for _, column := range []string{"a", "b", "c"} {
				if v, ok := randomIn(r, Anything); ok {
					rec[column] = v
				}
			}
			v, has := rec["a"]
			if evaluate(p, rec, func() truth { return truth(r.IntN(3)) }) != isTrue {
				continue
			}
			if has && (hull.Low != nil && v.Int < hull.Low.Int || hull.High != nil && v.Int > hull.High.Int) {
				t.Fatalf("%+v is true of %v, which is outside of [%v, %v]", p, v, hull.Low, hull.High)
			}
			if ok && !slices.Contains(only, v) {
				t.Fatalf("%+v is true of %v, which is none of %v", p, v, only)
			}
		}
	}
	if bounded < 2000 || named < 500 {
		t.Errorf("only %d predicates had bounds, %d named values", bounded, named)
	}
}

func TestHullKeepsWhatCannotBeCompared(t *testing.T) {
	text, number := Predicate{Op: Ge, Column: "x", Values: []Value{StringValue("b")}}, Predicate{Op: Ge, Column: "x", Values: []Value{IntValue(1)}}
	if d := (Predicate{Op: Or, Args: []Predicate{text, number}}).Hull("x"); d.Low != nil {
		t.Errorf("of either: %v", d.Low)
	}
	if d := (Predicate{Op: And, Args: []Predicate{text, number}}).Hull("x"); d.Low == nil || d.Low.Text != "b" {
		t.Errorf("of both: %v", d.Low)
	}
}
