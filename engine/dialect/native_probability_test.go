package dialect

import (
	"math"
	"strings"
	"testing"
)

func callsNative(sql, name string) bool { return strings.Contains(sql, name+"(") }

// The values are those of Trino's documentation and tests, or of tables of the distributions.
func TestDistributions(t *testing.T) {
	tests := []struct {
		name    string
		f       func(a, b, c float64) (any, error)
		a, b, c float64
		want    float64
		fault   string
	}{
		{"normal_cdf", normalCDF, 0, 1, 1.96, 0.9750021048517796, ""},
		{"normal_cdf", normalCDF, 10, 9, 10, 0.5, ""},
		{"normal_cdf", normalCDF, 0, 0, 1, 0, "standardDeviation must be > 0"},
		{"inverse_normal_cdf", inverseNormalCDF, 0, 1, 0.3, -0.5244005127080407, ""},
		{"inverse_normal_cdf", inverseNormalCDF, 0, 1, 1, 0, "p must be 0 > p > 1"},
		{"inverse_normal_cdf", inverseNormalCDF, 0, math.NaN(), 0.5, 0, "sd must be > 0"},
		{"beta_cdf", betaCDF, 3, 3.6, 0.3, 0.21764809997679938, ""},
		{"beta_cdf", betaCDF, 3, 3.6, 0.9, 0.9972502881611551, ""},
		{"beta_cdf", betaCDF, 3, 3.6, 1, 1, ""},
		{"beta_cdf", betaCDF, 0, 3, 0.5, 0, "a, b must be > 0"},
		{"beta_cdf", betaCDF, 3, 5, 1.1, 0, "value must be 0 >= v >= 1"},
		{"inverse_beta_cdf", inverseBetaCDF, 3, 3.6, 0.3, 0.3469675485440618, ""},
		{"inverse_beta_cdf", inverseBetaCDF, 3, 3.6, 0.95, 0.7600272463100223, ""},
		{"inverse_beta_cdf", inverseBetaCDF, 3, 3.6, 1, 1, ""},
		{"inverse_beta_cdf", inverseBetaCDF, 3, 3.6, 0, 0, ""},
		{"inverse_beta_cdf", inverseBetaCDF, 3, 5, -0.1, 0, "p must be 0 >= p >= 1"},
		{"inverse_beta_cdf", inverseBetaCDF, 3, 0, 0.5, 0, "a, b must be > 0"},
	}
	for _, test := range tests {
		got, err := test.f(test.a, test.b, test.c)
		switch {
		case test.fault != "":
			if err == nil || err.Error() != "INVALID_FUNCTION_ARGUMENT: "+test.fault {
				t.Errorf("%s(%v, %v, %v) = %v, %v, want %s", test.name, test.a, test.b, test.c, got, err, test.fault)
			}
		case err != nil || math.Abs(got.(float64)-test.want) > 1e-14:
			t.Errorf("%s(%v, %v, %v) = %v, %v, want %v", test.name, test.a, test.b, test.c, got, err, test.want)
		}
	}
}

func TestWilsonInterval(t *testing.T) {
	tests := []struct {
		successes, trials int64
		z                 float64
		want              string
	}{
		{1250, 1310, 1.96, "0.9414883725395894 0.9642524717143908"},
		{1, 2, 0, "0.5 0.5"},
		{-1, 2, 1, "INVALID_FUNCTION_ARGUMENT: number of successes must not be negative"},
		{0, 0, 1, "INVALID_FUNCTION_ARGUMENT: number of trials must be positive"},
		{3, 2, 1, "INVALID_FUNCTION_ARGUMENT: number of successes must not be larger than number of trials"},
		{1, 2, -1, "INVALID_FUNCTION_ARGUMENT: z-score must not be negative"},
	}
	for _, test := range tests {
		got := outcome(wilsonInterval(-1)(test.successes, test.trials, test.z))
		if upper := outcome(wilsonInterval(1)(test.successes, test.trials, test.z)); !strings.HasPrefix(upper, "INVALID") {
			got += " " + upper
		}
		if got != test.want {
			t.Errorf("wilson_interval(%d, %d, %v) = %s, want %s", test.successes, test.trials, test.z, got, test.want)
		}
	}
}

func TestCosineSimilarity(t *testing.T) {
	right := Pairs{{"b", 3.0}, {"a", 4.0}}
	tests := []struct {
		left Pairs
		want string
	}{
		{Pairs{{"a", 4.0}, {"b", 3.0}}, "1"},
		{Pairs{{"c", 1.0}}, "0"},
		{Pairs{{"a", 1.0}}, "0.8"},
		{Pairs{{"a", nil}}, "<nil>"},
		{nil, "NaN"},
	}
	for _, test := range tests {
		if got := outcome(cosineSimilarity(test.left, right)); got != test.want {
			t.Errorf("cosine_similarity(%v, %v) = %s, want %s", test.left, right, got, test.want)
		}
	}
}

func TestBucketOfBins(t *testing.T) {
	bins := func(values ...any) []any { return values }
	tests := []struct {
		x    float64
		bins []any
		want string
	}{
		{3.14, bins(0.0, 2.0, 4.0), "2"},
		{-1, bins(0.0, 2.0, 4.0), "0"},
		{math.Inf(1), bins(0.0, 2.0, 4.0), "3"},
		{1, bins(nil, 2.0), "1"},
		{1, nil, "INVALID_FUNCTION_ARGUMENT: Bins cannot be an empty array"},
		{math.NaN(), bins(1.0), "INVALID_FUNCTION_ARGUMENT: Operand cannot be NaN"},
		{1, bins(3.0, 2.0), "INVALID_FUNCTION_ARGUMENT: Bin values are not sorted in ascending order"},
		{1, bins(0.0, math.Inf(1)), "INVALID_FUNCTION_ARGUMENT: Bin value must be finite, got Infinity"},
	}
	for _, test := range tests {
		if got := outcome(bucketOfBins(test.x, test.bins)); got != test.want {
			t.Errorf("width_bucket(%v, %v) = %s, want %s", test.x, test.bins, got, test.want)
		}
	}
}
