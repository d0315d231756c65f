package dialect

import (
	"math"
	"testing"
)

func TestRootBetween(t *testing.T) {
	tests := []struct {
		name string
		f    func(float64) float64
		want float64
	}{
		{"in the middle", func(x float64) float64 { return x - 0.5 }, 0.5},
		{"at the low end", func(x float64) float64 { return x }, 0},
		{"at the high end", func(x float64) float64 { return x - 1 }, 1},
		{"below the middle", func(x float64) float64 { return x*x - 0.04 }, 0.2},
		{"above the middle", func(x float64) float64 { return math.Exp(x) - 2 }, math.Ln2},
		{"a step", func(x float64) float64 { return math.Copysign(1, x-0.3) }, 0.3},
	}
	for _, test := range tests {
		if got := rootBetween(0, 1, test.f); math.Abs(got-test.want) > 2e-9 { // a tolerance on each side
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
