package render

import "testing"

func TestTxt(t *testing.T) {
	r := texted(t, []string{"createtab_stmt", "x"}, `["CREATE EXTERNAL TABLE `+"`t`"+`(", "  'a\\b'=\"c\"  "]`, `["", null]`)
	want := "CREATE EXTERNAL TABLE `t`(\t\n  'a\\b'=\"c\"  \t\n"
	if got := write(t, "txt", Options{Header: true}, r); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := write(t, "txt", Options{Null: "-"}, r); got != want[:len(want)-1]+"-\n" {
		t.Errorf("with NULL as - got %q", got)
	}
}
