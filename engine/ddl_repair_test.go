package engine

import "testing"

func TestUnescapeFolder(t *testing.T) {
	for name, want := range map[string]string{"": "", "02": "02", "a%3Ab": "a:b", "%2f%25": "/%", "a%zz": "a%zz", "%4": "%4", "%%41": "%A", "%": "%", "%+1": "%+1"} {
		if got := unescapeFolder(name); got != want {
			t.Errorf("%q stands for %q, want %q", name, got, want)
		}
	}
}
