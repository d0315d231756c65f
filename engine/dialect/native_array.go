package dialect

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// arrayNatives work on the positions of an array's elements, from 1, so that
// one native does for elements of all types.
var arrayNatives = []Native{
	{Name: "vpcq_combinations", Parameters: []string{"BIGINT", "BIGINT"}, Result: "BIGINT[][]", Call: func(args []any) (any, error) { return combinations(args[0].(int64), args[1].(int64)) }},
	{Name: "vpcq_sorted_positions", Parameters: []string{"BIGINT[]", "BIGINT[]"}, Result: "BIGINT[]", Call: func(args []any) (any, error) { return sortedPositions(args[0].([]any), args[1].([]any)) }},
}

// The bounds that Trino's ArrayCombinationsFunction sets.
const (
	maxCombinationLength   = 5
	maxCombinationElements = 100_000
)

// combinations lists the subsets of k of n positions, in Trino's order: the
// first position that can move up does, and those before it start anew.
func combinations(n, k int64) (any, error) {
	switch {
	case k < 0:
		return nil, fmt.Errorf("%s: combination size must not be negative: %d", functionArgument, k)
	case k > maxCombinationLength:
		return nil, fmt.Errorf("%s: combination size must not exceed %d: %d", functionArgument, maxCombinationLength, k)
	case k > n:
		return []any{}, nil
	}
	count := int64(1)
	for i := int64(1); i <= k; i++ {
		if product := count * (n - k + i); product > math.MaxInt32 {
			return nil, fmt.Errorf("%s: Number of combinations too large for array of size %d and combination length %d", functionArgument, n, k)
		}
		count = count * (n - k + i) / i
	}
	if count*k > maxCombinationElements {
		return nil, fmt.Errorf("%s: combinations exceed max size", functionArgument)
	}
	next := make([]int64, k+1)
	for i := range next {
		next[i] = int64(i) + 1
	}
	next[k] = n + 1
	all := make([]any, 0, count)
	for more := true; more; more = advance(next) {
		all = append(all, listOf(next[:k]))
	}
	return all, nil
}

// advance moves to the next combination; the last number is one past the greatest.
func advance(next []int64) bool {
	for i := range len(next) - 1 {
		if next[i]+1 < next[i+1] {
			next[i]++
			for j := range i {
				next[j] = int64(j) + 1
			}
			return true
		}
	}
	return false
}

func listOf(numbers []int64) []any {
	list := make([]any, len(numbers))
	for i, n := range numbers {
		list[i] = n
	}
	return list
}

// sortedPositions sorts the positions of elements by the comparisons of all
// pairs, in rows. Elements of one class are the same value, whatever the
// comparison says of them. One that contradicts itself otherwise has no order;
// Trino's outcome of it depends on the pairs that its sort meets, so it is refused.
func sortedPositions(classes, comparisons []any) (any, error) {
	n := len(classes)
	if len(comparisons) != n*n || slices.Contains(comparisons, nil) {
		return nil, fmt.Errorf("%s: %d elements have %d comparisons", functionArgument, n, len(comparisons))
	}
	compare := func(i, j int) int64 {
		if classes[i] == classes[j] {
			return 0
		}
		return comparisons[i*n+j].(int64)
	}
	positions := make([]int, n)
	for i := range n {
		positions[i] = i
		for j := range n {
			if v := compare(i, j); v < -1 || v > 1 {
				return nil, errors.New(functionArgument + ": Lambda comparator must return either -1, 0, or 1")
			}
		}
	}
	slices.SortStableFunc(positions, func(i, j int) int { return int(compare(i, j)) })
	sorted := make([]any, n)
	for i, later := range positions {
		for _, earlier := range positions[:i] {
			if v := compare(earlier, later); v > 0 || compare(later, earlier) != -v {
				return nil, errors.New(notSupported + ": vpcq does not support a comparator for array_sort that contradicts itself")
			}
		}
		sorted[i] = int64(later) + 1
	}
	return sorted, nil
}
