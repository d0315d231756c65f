package render

import (
	"strings"
	"testing"
)

func TestVerticalCutsNothing(t *testing.T) {
	long := strings.Repeat("0123456789", 100)
	r := texted(t, []string{"東京", "name"}, `["two\nlines"]`, `["`+long+`"]`)
	want := "-[ RECORD 1 ]-----\n東京 | two\\nlines\nname | " + long + "\n"
	if got := write(t, "vertical", Options{Width: 20}, r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
