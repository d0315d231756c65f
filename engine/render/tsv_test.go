package render

import "testing"

func TestTSVEscapes(t *testing.T) {
	r := texted(t, []string{"a\tb", "c"}, `["tab\there", "\\N", null, ""]`, `["new\r\nline", "back\\slash", "ö", "\\t"]`)
	want := `a\tb` + "\tc\n" +
		`tab\there` + "\t" + `new\r\nline` + "\n" +
		`\\N` + "\t" + `back\\slash` + "\n" +
		`\N` + "\tö\n" +
		"\t" + `\\t` + "\n"
	if got := write(t, "tsv", Options{Header: true}, r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
