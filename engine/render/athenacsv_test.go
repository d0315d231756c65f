package render

import "testing"

func TestAthenaCSV(t *testing.T) {
	r := texted(t, []string{"_col0"}, `["a\"b", "", null]`)
	want := "\"_col0\"\n\"a\"\"b\"\n\"\"\n\n"
	if got := write(t, "athena-csv", Options{Header: true}, r); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
