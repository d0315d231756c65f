package dialect

import "testing"

func TestDidYouMean(t *testing.T) {
	tests := []struct {
		name string
		from []string
		want string
	}{
		{"srcadr", []string{"dstaddr", "srcaddr"}, "did you mean srcaddr?"},
		{"SRCADDR1", []string{"srcaddr"}, "did you mean srcaddr?"},
		{"btyes", []string{"bytes", "types"}, "did you mean bytes?"},
		{"x", []string{"srcaddr"}, ""},
		{"colour", nil, ""},
	}
	for _, test := range tests {
		if got := didYouMean(test.name, test.from); got != test.want {
			t.Errorf("didYouMean(%q, %v) = %q, want %q", test.name, test.from, got, test.want)
		}
	}
}

func TestNearest(t *testing.T) {
	tests := []struct {
		name string
		from []string
		want string
	}{
		{"outptu", []string{"output", "output-file"}, "output"},
		{"Qurey", []string{"ls", "query"}, "query"},
		{"ab", []string{"ac", "ad"}, "ac"}, // the first of those as near
		{"ab", []string{"xy"}, ""},
		{"ab", []string{""}, ""},
	}
	for _, test := range tests {
		if got := Nearest(test.name, test.from); got != test.want {
			t.Errorf("Nearest(%q, %v) = %q, want %q", test.name, test.from, got, test.want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "", 3}, {"abc", "abd", 1}, {"ab", "ba", 1}, {"kitten", "sitting", 3}}
	for _, test := range tests {
		if got := editDistance(test.a, test.b); got != test.want {
			t.Errorf("editDistance(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
		if got := editDistance(test.b, test.a); got != test.want {
			t.Errorf("editDistance(%q, %q) = %d, want %d", test.b, test.a, got, test.want)
		}
	}
}
