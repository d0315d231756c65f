package inflate

import "testing"

// The alphabets are those of RFC 1951, 3.2.5.
func TestAlphabets(t *testing.T) {
	tests := []struct {
		e          entry
		base, more int
	}{
		{literalEntries[257], 3, 0},
		{literalEntries[264], 10, 0},
		{literalEntries[265], 11, 1},
		{literalEntries[268], 17, 1},
		{literalEntries[273], 35, 3},
		{literalEntries[284], 227, 5},
		{literalEntries[285], 258, 0},
		{distanceEntries[0], 1, 0},
		{distanceEntries[3], 4, 0},
		{distanceEntries[4], 5, 1},
		{distanceEntries[17], 385, 7},
		{distanceEntries[29], 24577, 13},
	}
	for _, test := range tests {
		if test.e.value() != test.base || int(test.e.used()) != test.more {
			t.Errorf("%d with %d bits more, want %d with %d", test.e.value(), test.e.used(), test.base, test.more)
		}
	}
}

// Codes in which words lack, or have no meaning, are none.
func TestWhichCodesThereAre(t *testing.T) {
	tests := []struct {
		lengths []uint8
		want    bool
	}{
		{[]uint8{1, 1}, true},
		{[]uint8{2, 1, 3, 3}, true},
		{[]uint8{0, 0, 0}, true},
		{[]uint8{0, 1}, true},
		{[]uint8{0, 2}, false},
		{[]uint8{2, 2, 2}, false},
		{[]uint8{1, 1, 1}, false},
		{[]uint8{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15}, true},
		{[]uint8{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, false},
	}
	for _, test := range tests {
		var all tables
		if got := all.setDistances(test.lengths); got != test.want {
			t.Errorf("%v is a code: %v, want %v", test.lengths, got, test.want)
		}
	}
}
