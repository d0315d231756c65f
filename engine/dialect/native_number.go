package dialect

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

func radixFault(radix int64) error {
	if radix < 2 || radix > 36 {
		return fmt.Errorf("%s: Radix must be between 2 and 36", functionArgument)
	}
	return nil
}

func toBase(n, radix int64) (any, error) {
	if err := radixFault(radix); err != nil {
		return nil, err
	}
	return strconv.FormatInt(n, int(radix)), nil
}

func fromBase(s string, radix int64) (any, error) {
	if err := radixFault(radix); err != nil {
		return nil, err
	}
	n, err := strconv.ParseInt(s, int(radix), 64)
	if err != nil || strings.Contains(s, "_") {
		return nil, fmt.Errorf("%s: Not a valid base-%d number: %s", functionArgument, radix, s)
	}
	return n, nil
}

// widthBucket returns the bucket of x among n between two bounds, 0 below and n+1 above.
func widthBucket(x, low, high float64, n int64) (any, error) {
	switch {
	case n <= 0:
		return nil, fmt.Errorf("%s: bucketCount must be greater than 0", functionArgument)
	case math.IsNaN(x):
		return nil, fmt.Errorf("%s: operand must not be NaN", functionArgument)
	case math.IsNaN(low) || math.IsInf(low, 0):
		return nil, fmt.Errorf("%s: first bound must be finite", functionArgument)
	case math.IsNaN(high) || math.IsInf(high, 0):
		return nil, fmt.Errorf("%s: second bound must be finite", functionArgument)
	case low == high:
		return nil, fmt.Errorf("%s: bounds cannot equal each other", functionArgument)
	}
	bottom, top := min(low, high), max(low, high)
	var bucket int64
	switch {
	case x < bottom:
		bucket = 0
	case x >= top:
		if n == math.MaxInt64 {
			return nil, fmt.Errorf("%s: Bucket for value %s is out of range", outOfRange, appendJavaFloat(nil, x, 64))
		}
		bucket = n + 1
	default:
		bucket = int64(float64(n)*(x-bottom)/(top-bottom) + 1)
	}
	if low > high {
		bucket = n - bucket + 1
	}
	return bucket, nil
}

func shiftFault(by int64) error {
	if by < 0 {
		return fmt.Errorf("%s: Specified shift must be positive", functionArgument)
	}
	return nil
}

// shiftLeft shifts within a type of so many bits, those that leave it lost.
func shiftLeft(n, by, bits int64) (any, error) {
	if err := shiftFault(by); err != nil {
		return nil, err
	}
	if by >= bits {
		return int64(0), nil
	}
	unused := uint(64 - bits)
	return n << uint(by) << unused >> unused, nil
}

func shiftRight(n, by, bits int64) (any, error) {
	if err := shiftFault(by); err != nil {
		return nil, err
	}
	if by >= bits {
		return int64(0), nil
	}
	unused := uint(64 - bits)
	shifted := uint64(n) << unused >> unused >> uint(by)
	return int64(shifted<<unused) >> unused, nil
}

func shiftArithmetic(n, by int64) (any, error) {
	if err := shiftFault(by); err != nil {
		return nil, err
	}
	return n >> uint(min(by, 63)), nil
}
