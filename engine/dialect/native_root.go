package dialect

import "math"

// rootBetween finds where f, which is negative at low and positive at high,
// crosses 0, by Brent's method with the accuracies and the beginning in the
// middle of Commons Math's BrentSolver, which Trino calls: its answers are exact
// to nine places only, and these are the same.
func rootBetween(low, high float64, f func(float64) float64) float64 {
	const nothing = 1e-15 // what BrentSolver takes for 0
	middle := low + 0.5*(high-low)
	atMiddle, atLow, atHigh := f(middle), f(low), f(high)
	switch {
	case math.Abs(atMiddle) <= nothing:
		return middle
	case math.Abs(atLow) <= nothing:
		return low
	case atLow*atMiddle < 0:
		return (&brent{a: low, fa: atLow, b: middle, fb: atMiddle}).search(f)
	case math.Abs(atHigh) <= nothing:
		return high
	}
	return (&brent{a: middle, fa: atMiddle, b: high, fb: atHigh}).search(f)
}

// brent is the state of a search: b is the best guess, a the one before, and
// the root lies between b and c.
type brent struct {
	a, b, c, fa, fb, fc float64
	step, before        float64 // the last step and the one before it
}

func (s *brent) search(f func(float64) float64) float64 {
	const absolute, relative, most = 1e-9, 1e-14, 1000
	s.c, s.fc = s.a, s.fa
	s.step = s.b - s.a
	s.before = s.step
	for range most {
		if math.Abs(s.fc) < math.Abs(s.fb) {
			s.a, s.b, s.c = s.b, s.c, s.b
			s.fa, s.fb, s.fc = s.fb, s.fc, s.fb
		}
		tolerance := 2*relative*math.Abs(s.b) + absolute
		half := 0.5 * (s.c - s.b)
		if math.Abs(half) <= tolerance || s.fb == 0 {
			break
		}
		s.choose(half, tolerance)
		s.a, s.fa = s.b, s.fb
		if math.Abs(s.step) > tolerance {
			s.b += s.step
		} else {
			s.b += math.Copysign(tolerance, half)
		}
		s.fb = f(s.b)
		if (s.fb > 0) == (s.fc > 0) {
			s.c, s.fc = s.a, s.fa
			s.step = s.b - s.a
			s.before = s.step
		}
	}
	return s.b
}

// choose sets the next step: to where a curve through the guesses crosses 0, or
// half of what is left where that would lead astray.
func (s *brent) choose(half, tolerance float64) {
	if math.Abs(s.before) < tolerance || math.Abs(s.fa) <= math.Abs(s.fb) {
		s.step, s.before = half, half
		return
	}
	var p, q float64
	ratio := s.fb / s.fa
	if s.a == s.c {
		p, q = 2*half*ratio, 1-ratio
	} else {
		u, v := s.fa/s.fc, s.fb/s.fc
		p = ratio * (2*half*u*(u-v) - (s.b-s.a)*(v-1))
		q = (u - 1) * (v - 1) * (ratio - 1)
	}
	if p > 0 {
		q = -q
	} else {
		p = -p
	}
	previous := s.before
	s.before = s.step
	if p >= 1.5*half*q-math.Abs(tolerance*q) || p >= math.Abs(0.5*previous*q) {
		s.step, s.before = half, half
		return
	}
	s.step = p / q
}
