package dialect

import (
	"math"
	"strconv"
	"testing"
)

func TestParseJavaFloat(t *testing.T) {
	tests := []struct {
		text string
		bits int
		want float64
		ok   bool
	}{
		{" 1.5d\n", 64, 1.5, true},
		{"1e400", 64, math.Inf(1), true},
		{"-1e39", 32, math.Inf(-1), true},
		{"1e-400", 64, 0, true},
		{"0x1.8p1f", 64, 3, true},
		{"0x.8P+1", 32, 1, true},
		{"-Infinity", 64, math.Inf(-1), true},
		{"0x1", 64, 0, false},
		{"0xp1", 64, 0, false},
		{"1_0", 64, 0, false},
		{"inf", 64, 0, false},
		{"Infinityd", 64, 0, false},
		{"1dd", 64, 0, false},
		{"\u00a01", 64, 0, false},
		{".", 64, 0, false},
	}
	for _, test := range tests {
		if got, ok := parseJavaFloat(test.text, test.bits); got != test.want || ok != test.ok {
			t.Errorf("parseJavaFloat(%q, %d) = %v, %v, want %v, %v", test.text, test.bits, got, ok, test.want, test.ok)
		}
	}
	if f, ok := parseJavaFloat("+NaN", 64); !math.IsNaN(f) || !ok {
		t.Errorf("parseJavaFloat(+NaN) = %v, %v", f, ok)
	}
}

// FuzzParseJavaFloat holds that what Java prints is read back, whatever is around it.
func FuzzParseJavaFloat(f *testing.F) {
	for _, n := range []float64{0, -1.5, 1e300, 4.9e-324, math.Inf(-1)} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n float64) {
		if math.IsNaN(n) {
			return
		}
		text := string(appendJavaFloat(nil, n, 64))
		hex := strconv.FormatFloat(n, 'x', -1, 64)
		if got, ok := parseJavaFloat("\t"+text+" ", 64); !ok || got != n {
			t.Errorf("parseJavaFloat(%q) = %v, %v, want %v", text, got, ok, n)
		}
		if got, ok := parseJavaFloat(hex+"d", 64); !math.IsInf(n, 0) && (!ok || got != n) {
			t.Errorf("parseJavaFloat(%q) = %v, %v, want %v", hex, got, ok, n)
		}
	})
}
