package schema

import (
	"testing"
	"time"
)

func TestValueCompare(t *testing.T) {
	day := DateValue(time.Date(2024, 3, 2, 23, 59, 0, 0, time.UTC))
	narrow := Value{Type: Int, Int: 7}
	tests := []struct {
		v, w  Value
		order int
		ok    bool
	}{
		{StringValue("a"), StringValue("b"), -1, true},
		{StringValue("Z"), StringValue("a"), -1, true},
		{StringValue("10"), StringValue("9"), -1, true},
		{IntValue(10), IntValue(9), 1, true},
		{narrow, IntValue(7), 0, true},
		{day, DateValue(day.Time()), 0, true},
		{day, DateValue(day.Time().Add(-time.Second)), 1, true},
		{StringValue("1"), IntValue(1), 0, false},
		{day, IntValue(day.Int), 0, false},
		{day, StringValue("2024-03-02"), 0, false},
	}
	for _, test := range tests {
		if order, ok := test.v.Compare(test.w); order != test.order || ok != test.ok {
			t.Errorf("%v compared with %v = %d, %v; want %d, %v", test.v, test.w, order, ok, test.order, test.ok)
		}
		if order, ok := test.w.Compare(test.v); order != -test.order || ok != test.ok {
			t.Errorf("%v compared with %v = %d, %v; want %d, %v", test.w, test.v, order, ok, -test.order, test.ok)
		}
	}
}

func TestValueString(t *testing.T) {
	zone := time.FixedZone("east", 5*3600)
	tests := []struct {
		v    Value
		want string
	}{
		{Value{}, ""},
		{StringValue("-"), "-"},
		{IntValue(-12), "-12"},
		{DateValue(time.Date(2024, 3, 2, 4, 0, 0, 0, zone)), "2024-03-01"},
		{DateValue(time.Date(1969, 12, 31, 1, 0, 0, 0, time.UTC)), "1969-12-31"},
	}
	for _, test := range tests {
		if got := test.v.String(); got != test.want {
			t.Errorf("String() = %q, want %q", got, test.want)
		}
	}
}
