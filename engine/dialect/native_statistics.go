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
	{Name: "vpcq_weighted_percentiles", Parameters: []string{"DOUBLE[]", "DOUBLE[]", "DOUBLE[]"}, Result: "DOUBLE[]", Call: call3(weightedPercentiles)},
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

// weighted is a value that stands for as many as its weight says.
type weighted struct{ value, weight float64 }

// weightedPercentiles finds for each fraction the value that has that fraction of
// all weight before it. Values and weights are parallel, and those of which one is
// NULL count nothing.
func weightedPercentiles(values, weights, fractions []any) (any, error) {
	var sorted []weighted
	total := 0.0
	for i, v := range values[:min(len(values), len(weights))] {
		value, ok := v.(float64)
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
		found[i] = percentileOf(sorted, total, fraction*total)
	}
	return found, nil
}

// percentileOf gives the value at an offset into all the weight. A weight of 1 is
// one value; a larger one lies around its value, and between two such, or one and
// an end, the value is interpolated. Source: TDigest.valuesAt of Airlift, for
// values that it has not merged yet.
func percentileOf(sorted []weighted, total, offset float64) float64 {
	first, last := sorted[0], sorted[len(sorted)-1]
	half := last.weight / 2
	switch {
	case len(sorted) == 1, offset < 1, offset < first.weight/2:
		return first.value
	case offset >= total-1, total-offset <= half:
		return last.value
	}
	middle, i := first.weight/2, 0 // the offset of the i-th value
	step := func() float64 { return (sorted[i].weight + sorted[i+1].weight) / 2 }
	for ; i < len(sorted)-2 && middle+step() <= offset; i++ {
		middle += step()
	}
	left, right, past := sorted[i], sorted[i+1], offset-middle
	switch {
	case left.weight == 1 && past < 0.5:
		return left.value
	case right.weight == 1 && past >= left.weight/2:
		return right.value
	}
	length := step()
	if left.weight == 1 {
		past, length = past-0.5, right.weight/2
	} else if right.weight == 1 {
		length = left.weight / 2
	}
	return left.value + past/length*(right.value-left.value)
}
