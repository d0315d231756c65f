package dialect

import (
	"cmp"
	"math"
	"slices"
)

// statisticNatives compute with all values of a group.
var statisticNatives = []Native{
	{Name: "vpcq_kurtosis", Parameters: []string{"DOUBLE[]"}, Result: "DOUBLE", Call: call1(kurtosis)},
	{Name: "vpcq_skewness", Parameters: []string{"DOUBLE[]"}, Result: "DOUBLE", Call: call1(skewness)},
	{Name: "vpcq_weighted_percentiles_of_bigint", Parameters: []string{"BIGINT[]", "DOUBLE[]", "DOUBLE[]"}, Result: "BIGINT[]", Call: call3(weightedPercentiles[int64])},
	{Name: "vpcq_weighted_percentiles_of_double", Parameters: []string{"DOUBLE[]", "DOUBLE[]", "DOUBLE[]"}, Result: "DOUBLE[]", Call: call3(weightedPercentiles[float64])},
}

// moments are the central moments of numbers, the second to the fourth times
// their count, kept up to date number by number as Trino's CentralMomentsState is.
type moments struct {
	n, mean, second, third, fourth float64
}

// momentsOf are the moments of what is not NULL.
func momentsOf(values []any) moments {
	var m moments
	for _, v := range values {
		x, ok := v.(float64)
		if !ok {
			continue
		}
		before := m.n
		m.n++
		delta := x - m.mean
		part := delta / m.n
		square := part * part
		growth := delta * part * before
		m.mean += part
		m.fourth += growth*square*(m.n*(m.n-3)+3) + 6*square*m.second - 4*part*m.third
		m.third += growth*part*(m.n-2) - 3*part*m.second
		m.second += growth
	}
	return m
}

func kurtosis(values []any) (any, error) {
	m := momentsOf(values)
	n := m.n
	if n < 4 {
		return nil, nil
	}
	return ((n-1)*n*(n+1))/((n-2)*(n-3))*m.fourth/(m.second*m.second) - 3*((n-1)*(n-1))/((n-2)*(n-3)), nil
}

func skewness(values []any) (any, error) {
	m := momentsOf(values)
	if m.n < 3 {
		return nil, nil
	}
	return math.Sqrt(m.n) * m.third / math.Pow(m.second, 1.5), nil
}

// weightedPercentiles finds for each fraction the least value that, with those
// below it, has that fraction of all weight. Values and weights are parallel,
// and those of which one is NULL count nothing.
func weightedPercentiles[T int64 | float64](values, weights, fractions []any) (any, error) {
	type weighted struct {
		value  T
		weight float64
	}
	var sorted []weighted
	total := 0.0
	for i, v := range values[:min(len(values), len(weights))] {
		value, ok := v.(T)
		weight, known := weights[i].(float64)
		if !ok || !known {
			continue
		}
		if !(weight > 0) {
			return nil, argumentFault("percentile weight must be > 0")
		}
		sorted, total = append(sorted, weighted{value, weight}), total+weight
	}
	if len(sorted) == 0 {
		return nil, nil
	}
	slices.SortFunc(sorted, func(a, b weighted) int { return cmp.Compare(a.value, b.value) })
	found := make([]any, len(fractions))
	for i, f := range fractions {
		fraction, ok := f.(float64)
		if !ok || !(fraction >= 0 && fraction <= 1) {
			return nil, argumentFault("Percentile must be between 0 and 1")
		}
		below, at := sorted[0].weight, 0
		for below < fraction*total && at < len(sorted)-1 {
			at++
			below += sorted[at].weight
		}
		found[i] = sorted[at].value
	}
	return found, nil
}
