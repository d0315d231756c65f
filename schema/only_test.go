package schema

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestOnlyIsSound holds that a value for which a predicate is true lies
// among its Only values, where there are such.
func TestOnlyIsSound(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	named := 0
	for range 20_000 {
		p := randomPredicate(r, 3)
		only, ok := p.Only("a")
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
			v := rec["a"]
			if evaluate(p, rec, func() truth { return truth(r.IntN(3)) }) != isTrue {
				continue
			}
			if ok && !slices.Contains(only, v) {
				t.Fatalf("%+v is true of %v, which is none of %v", p, v, only)
			}
		}
	}
	if named < 500 {
		t.Errorf("only %d predicates named values", named)
	}
}
