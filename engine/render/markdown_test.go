package render

import "testing"

func TestMarkdownEscapes(t *testing.T) {
	r := texted(t, []string{"a|b"}, "[\"x|y\\\\\", \"two\\nlines\", \"<b>&*`[~\", \"log_status\", \"\\u001b\"]")
	want := `| a\|b                |
|---------------------|
| x\|y\\              |
| two<br>lines        |
| &lt;b>&amp;\*` + "\\`" + `\[\~ |
| log_status          |
| \x1b                |
`
	if got := write(t, "markdown", Options{}, r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
