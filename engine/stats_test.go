package engine

import (
	"math"
	"reflect"
	"testing"
)

func TestAthenaCost(t *testing.T) {
	const megabyte = 1 << 20
	for bytes, want := range map[int64]float64{
		0:                    0,
		1:                    10 * 5.0 / megabyte, // at least ten megabytes
		10 * megabyte:        10 * 5.0 / megabyte,
		10*megabyte + 1:      11 * 5.0 / megabyte, // whole megabytes
		megabyte * (1 << 20): 5,
	} {
		if got := AthenaCost(bytes); math.Abs(got-want) > 1e-12 {
			t.Errorf("AthenaCost(%d) = %g, want %g", bytes, got, want)
		}
	}
}

// Add must know every field: a new one that it leaves out would stay as it was.
func TestStatsAdd(t *testing.T) {
	var s, one Stats
	v := reflect.ValueOf(&one).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Float64 {
			f.SetFloat(1)
		} else {
			f.SetInt(1)
		}
	}
	s.Add(one)
	s.Add(one)
	sum := reflect.ValueOf(s)
	for i := range sum.NumField() {
		name, want := sum.Type().Field(i).Name, 2.0
		if name == "PeakMemory" {
			want = 1
		}
		got := 0.0
		if f := sum.Field(i); f.Kind() == reflect.Float64 {
			got = f.Float()
		} else {
			got = float64(f.Int())
		}
		if got != want {
			t.Errorf("%s is %g after adding 1 twice, want %g", name, got, want)
		}
	}
}

func TestPeakMemory(t *testing.T) {
	if got := peakMemory(); got < 1<<20 || got > 1<<40 {
		t.Errorf("this process has had %d bytes", got)
	}
}
