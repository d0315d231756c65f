package dialect

import (
	"fmt"
	"strings"
	"testing"
)

func TestCombinations(t *testing.T) {
	tests := []struct {
		n, k int64
		want string
	}{
		{3, 0, "[[]]"},
		{3, 2, "[[1 2] [1 3] [2 3]]"},
		{4, 3, "[[1 2 3] [1 2 4] [1 3 4] [2 3 4]]"},
		{1, 2, "[]"},
		{4, -1, "INVALID_FUNCTION_ARGUMENT: combination size must not be negative: -1"},
		{9, 6, "INVALID_FUNCTION_ARGUMENT: combination size must not exceed 5: 6"},
		{40, 5, "INVALID_FUNCTION_ARGUMENT: combinations exceed max size"},
		{100_000, 5, "INVALID_FUNCTION_ARGUMENT: Number of combinations too large for array of size 100000 and combination length 5"},
	}
	for _, test := range tests {
		if got := outcome(combinations(test.n, test.k)); got != test.want {
			t.Errorf("combinations(%d, %d) = %s, want %s", test.n, test.k, got, test.want)
		}
	}
}

func outcome(value any, err error) string {
	if err != nil {
		return err.Error()
	}
	return fmt.Sprint(value)
}

func TestSortedPositions(t *testing.T) {
	tests := []struct {
		name    string
		values  []int
		compare func(x, y int) int64
		want    string
	}{
		{"none", nil, nil, "[]"},
		{"descending", []int{2, 3, 1}, func(x, y int) int64 { return int64(sign(y - x)) }, "[2 1 3]"},
		{"stable", []int{20, 11, 10, 21}, func(x, y int) int64 { return int64(sign(x/10 - y/10)) }, "[2 3 1 4]"},
		{"equal values differ", []int{7, 7}, func(x, y int) int64 { return -1 }, "[1 2]"},
		{"contradiction", []int{7, 8}, func(x, y int) int64 { return 1 }, "NOT_SUPPORTED: vpcq does not support a comparator for array_sort that contradicts itself"},
		{"out of range", []int{7, 9}, func(x, y int) int64 { return int64(x - y) }, "INVALID_FUNCTION_ARGUMENT: Lambda comparator must return either -1, 0, or 1"},
	}
	for _, test := range tests {
		classes, comparisons := []any{}, []any{}
		for _, x := range test.values {
			classes = append(classes, int64(x))
			for _, y := range test.values {
				comparisons = append(comparisons, test.compare(x, y))
			}
		}
		if got := outcome(sortedPositions(classes, comparisons)); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func sign(n int) int { return strings.Compare(fmt.Sprintf("%03d", n+100), "100") }
