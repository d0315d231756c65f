package render

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestJSONNamesUsedTwice(t *testing.T) {
	r := texted(t, []string{"a", "a", "b\"", "a", "a_2"}, `["1"]`, `["2"]`, `["3"]`, `["4"]`, `["5"]`)
	want := `{"a":"1","a_3":"2","b\"":"3","a_4":"4","a_2":"5"}` + "\n"
	if got := write(t, "jsonl", Options{}, r); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDistinct(t *testing.T) {
	for in, want := range map[string]string{
		"a b c":     "a b c",
		"a a a":     "a a_2 a_3",
		"a_2 a a":   "a_2 a a_3",
		"a a_2 a_2": "a a_2 a_2_2",
		"a A":       "a A",
	} {
		if got := distinct(strings.Fields(in)); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s becomes %s, want %s", in, got, want)
		}
	}
}

func TestJSONOfTwoBatchesIsOneArray(t *testing.T) {
	var rows []map[string]any
	if err := json.Unmarshal([]byte(write(t, "json", Options{}, example(t))), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[1]["srcaddr"] != nil || rows[1]["bytes"] != 40.0 {
		t.Errorf("read back %v", rows)
	}
}

func FuzzQuoted(f *testing.F) {
	f.Add("a\"\\\n\x1b\x7f\u009b\u2028")
	f.Add("\xff\xc3")
	f.Fuzz(func(t *testing.T, s string) {
		quoted := appendQuoted(nil, []byte(s))
		var back string
		if err := json.Unmarshal(quoted, &back); err != nil {
			t.Fatalf("%q: %v", quoted, err)
		}
		if utf8.ValidString(s) && back != s {
			t.Errorf("%q reads back as %q", s, back)
		}
		for _, r := range string(quoted) {
			if r < ' ' || r >= 0x7f && r < 0xa0 {
				t.Errorf("%q holds a control character", quoted)
			}
		}
	})
}
