package dialect

import (
	"math"
	"testing"
)

func numbers(values ...any) []any { return values }

func TestMoments(t *testing.T) {
	tests := []struct {
		name   string
		f      func([]any) (any, error)
		values []any
		want   any
	}{
		{"kurtosis", kurtosis, numbers(1.0, 2.0, nil, 3.0, 4.0), -1.2},
		{"kurtosis", kurtosis, numbers(1.0, 1.0, 1.0, 5.0), 4.0},
		{"kurtosis", kurtosis, numbers(1.0, 2.0, 3.0, nil), nil},
		{"skewness", skewness, numbers(1.0, 2.0, 3.0), 0.0},
		{"skewness", skewness, numbers(1.0, 1.0, 1.0, 5.0), 1.1547005383792515},
		{"skewness", skewness, numbers(1.0, 2.0), nil},
	}
	for _, test := range tests {
		got, err := test.f(test.values)
		x, _ := got.(float64)
		want, known := test.want.(float64)
		if err != nil || (got != nil) != known || math.Abs(x-want) > 1e-12 {
			t.Errorf("%s of %v: %v, %v, want %v", test.name, test.values, got, err, test.want)
		}
	}
}

func TestWeightedPercentiles(t *testing.T) {
	tests := []struct {
		values, weights, fractions []any
		want                       string
	}{
		{numbers(3.0, 1.0, 2.0, 4.0), numbers(1.0, 1.0, 1.0, 1.0), numbers(0.0, 0.25, 0.4, 0.5, 0.75, 1.0), "[1 2 2 3 4 4]"},
		{numbers(1.0, 2.0), numbers(1.0, 5.0), numbers(0.1, 0.2, 0.6), "[1 1.08 2]"},
		{numbers(10.0, 30.0, 20.0), numbers(4.0, 1.0, 4.0), numbers(0.1, 0.5, 0.75, 0.9), "[10 16.25 23.75 30]"},
		{numbers(1.0, nil, 2.0), numbers(1.0, 9.0, nil), numbers(1.0), "[1]"},
		{numbers(nil), numbers(1.0), numbers(1.0), "<nil>"},
		{numbers(1.0), numbers(0.0), numbers(1.0), "INVALID_FUNCTION_ARGUMENT: percentile weight must be > 0"},
		{numbers(1.0), numbers(1.0), numbers(1.5), "INVALID_FUNCTION_ARGUMENT: Percentile must be between 0 and 1"},
	}
	for _, test := range tests {
		if got := outcome(weightedPercentiles(test.values, test.weights, test.fractions)); got != test.want {
			t.Errorf("percentiles %v of %v by %v: %s, want %s", test.fractions, test.values, test.weights, got, test.want)
		}
	}
}
