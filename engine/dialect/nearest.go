package dialect

import "strings"

// Nearest returns the candidate that a mistyped name may stand for, in whatever
// case: the one with the fewest letters to mend, a third of the name's at most,
// or one; the first of several. "" where none is near.
func Nearest(name string, candidates []string) string {
	best, bestDistance := "", max(1, len(name)/3)+1
	for _, c := range candidates {
		if d := editDistance(strings.ToLower(name), strings.ToLower(c)); d < bestDistance && c != "" {
			best, bestDistance = c, d
		}
	}
	return best
}

// didYouMean returns a hint with the candidate nearest to name, or "" where none is near.
func didYouMean(name string, candidates []string) string {
	if best := Nearest(name, candidates); best != "" {
		return "did you mean " + best + "?"
	}
	return ""
}

// editDistance counts the bytes to insert, delete, replace or swap to turn a into b.
func editDistance(a, b string) int {
	var before, previous []int
	current := make([]int, len(b)+1)
	for j := range current {
		current[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, previous, current = previous, current, make([]int, len(b)+1)
		current[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
		}
	}
	return current[len(b)]
}
