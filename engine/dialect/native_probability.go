package dialect

import "math"

// probabilityNatives are functions of distributions and of vectors.
var probabilityNatives = []Native{
	{Name: "vpcq_normal_cdf", Parameters: []string{"DOUBLE", "DOUBLE", "DOUBLE"}, Result: "DOUBLE", Call: call3(normalCDF)},
	{Name: "vpcq_inverse_normal_cdf", Parameters: []string{"DOUBLE", "DOUBLE", "DOUBLE"}, Result: "DOUBLE", Call: call3(inverseNormalCDF)},
	{Name: "vpcq_beta_cdf", Parameters: []string{"DOUBLE", "DOUBLE", "DOUBLE"}, Result: "DOUBLE", Call: call3(betaCDF)},
	{Name: "vpcq_inverse_beta_cdf", Parameters: []string{"DOUBLE", "DOUBLE", "DOUBLE"}, Result: "DOUBLE", Call: call3(inverseBetaCDF)},
	{Name: "vpcq_wilson_interval_lower", Parameters: []string{"BIGINT", "BIGINT", "DOUBLE"}, Result: "DOUBLE", Call: call3(wilsonInterval(-1))},
	{Name: "vpcq_wilson_interval_upper", Parameters: []string{"BIGINT", "BIGINT", "DOUBLE"}, Result: "DOUBLE", Call: call3(wilsonInterval(1))},
	{Name: "vpcq_cosine_similarity", Parameters: []string{"MAP(VARCHAR, DOUBLE)", "MAP(VARCHAR, DOUBLE)"}, Result: "DOUBLE", Call: call2(cosineSimilarity)},
	{Name: "vpcq_width_bucket_of_bins", Parameters: []string{"DOUBLE", "DOUBLE[]"}, Result: "BIGINT", Call: call2(bucketOfBins)},
}

// normalCDF is the probability that a normally distributed number is at most x.
func normalCDF(mean, deviation, x float64) (any, error) {
	if !(deviation > 0) {
		return nil, argumentFault("standardDeviation must be > 0")
	}
	return (1 + math.Erf((x-mean)/(deviation*math.Sqrt2))) / 2, nil
}

// inverseNormalCDF is the number below which a normally distributed one lies with probability p.
func inverseNormalCDF(mean, deviation, p float64) (any, error) {
	switch {
	case !(p > 0 && p < 1):
		return nil, argumentFault("p must be 0 > p > 1")
	case !(deviation > 0):
		return nil, argumentFault("sd must be > 0")
	}
	return mean + deviation*math.Sqrt2*math.Erfinv(2*p-1), nil
}

// betaCDF is the probability that a number of a beta distribution is at most x.
func betaCDF(a, b, x float64) (any, error) {
	switch {
	case !(x >= 0 && x <= 1):
		return nil, argumentFault("value must be 0 >= v >= 1")
	case !(a > 0 && b > 0):
		return nil, argumentFault("a, b must be > 0")
	}
	return regularizedBeta(x, a, b), nil
}

// inverseBetaCDF is the number below which one of a beta distribution lies with
// probability p, as near as Trino's library searches for it.
func inverseBetaCDF(a, b, p float64) (any, error) {
	switch {
	case !(p >= 0 && p <= 1):
		return nil, argumentFault("p must be 0 >= p >= 1")
	case !(a > 0 && b > 0):
		return nil, argumentFault("a, b must be > 0")
	case p == 0 || p == 1:
		return p, nil
	}
	return rootBetween(0, 1, func(x float64) float64 { return regularizedBeta(x, a, b) - p }), nil
}

// regularizedBeta is the incomplete beta function I_x(a, b).
func regularizedBeta(x, a, b float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2): // where the fraction converges slowly, that of the other tail does not
		return 1 - regularizedBeta(1-x, b, a)
	}
	logA, _ := math.Lgamma(a)
	logB, _ := math.Lgamma(b)
	logAB, _ := math.Lgamma(a + b)
	front := math.Exp(a*math.Log(x)+b*math.Log1p(-x)+logAB-logA-logB) / a
	return front / betaFraction(x, a, b)
}

// betaFraction is the continued fraction of the incomplete beta function, by
// Lentz's method: 1 + d1/(1 + d2/(1 + …)).
func betaFraction(x, a, b float64) float64 {
	const precision, most = 1e-15, 100_000
	value, c, d := 1.0, 1.0, 0.0
	for n := 1.0; n < most; n++ {
		m := math.Floor(n / 2)
		term := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		if math.Mod(n, 2) == 1 {
			term = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		}
		d = 1 / (1 + term*d)
		c = 1 + term/c
		value *= c * d
		if math.Abs(c*d-1) < precision {
			break
		}
	}
	return value
}

// wilsonInterval gives a bound of Wilson's score interval of a proportion: the
// lower for a side of -1, the upper for 1.
func wilsonInterval(side float64) func(successes, trials int64, z float64) (any, error) {
	return func(successes, trials int64, z float64) (any, error) {
		switch {
		case successes < 0:
			return nil, argumentFault("number of successes must not be negative")
		case trials <= 0:
			return nil, argumentFault("number of trials must be positive")
		case successes > trials:
			return nil, argumentFault("number of successes must not be larger than number of trials")
		case z < 0:
			return nil, argumentFault("z-score must not be negative")
		}
		n := float64(trials)
		p := float64(successes) / n
		middle, spread := p+z*z/(2*n), z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
		return (middle + side*spread) / (1 + z*z/n), nil
	}
}

// cosineSimilarity is the cosine of the angle between two vectors, given by the
// coordinates that are not 0; NULL where one of them is NULL.
func cosineSimilarity(left, right Pairs) (any, error) {
	var dot, leftNorm, rightNorm float64
	coordinates := map[any]float64{}
	for _, p := range right {
		x, ok := p.Value.(float64)
		if !ok {
			return nil, nil
		}
		coordinates[p.Key] = x
		rightNorm += x * x
	}
	for _, p := range left {
		x, ok := p.Value.(float64)
		if !ok {
			return nil, nil
		}
		if y, both := coordinates[p.Key]; both {
			dot += x * y
		}
		leftNorm += x * x
	}
	return dot / (math.Sqrt(leftNorm) * math.Sqrt(rightNorm)), nil
}

// bucketOfBins counts the bins, sorted, whose bound is at most x. As in Trino,
// what the search does not meet is not checked.
func bucketOfBins(x float64, bins []any) (any, error) {
	bound := func(i int) float64 {
		f, _ := bins[i].(float64) // NULL is read as 0
		return f
	}
	switch {
	case len(bins) == 0:
		return nil, argumentFault("Bins cannot be an empty array")
	case math.IsNaN(x):
		return nil, argumentFault("Operand cannot be NaN")
	}
	lower, upper := 0, len(bins)
	for lower < upper {
		if bound(lower) > bound(upper-1) {
			return nil, argumentFault("Bin values are not sorted in ascending order")
		}
		middle := (lower + upper) / 2
		b := bound(middle)
		if math.IsNaN(b) || math.IsInf(b, 0) {
			return nil, argumentFault("Bin value must be finite, got %s", appendJavaFloat(nil, b, 64))
		}
		if x < b {
			upper = middle
		} else {
			lower = middle + 1
		}
	}
	return int64(lower), nil
}
