package engine

import "fmt"

// Count words how many things there are, as messages do: "1 object", "0 objects".
// The thing's name takes an s.
func Count(n int64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
