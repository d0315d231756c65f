package sourcetest

import (
	"bytes"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/partitions/source"
)

// checkRanges holds a source.Ranger against the bytes that objects have.
func checkRanges(t *testing.T, open Opener) {
	want := Pattern(100_000)
	s, ok := open(t, map[string][]byte{"a/b.parquet": want}).(source.Ranger)
	if !ok {
		t.Skip("this source gives no parts of objects")
	}
	var object source.Object
	for o, err := range s.Objects(t.Context(), "") {
		if object = o; err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range [][2]int{{0, 1}, {0, 4}, {70_000, 8}, {12_345, 60_000}, {99_999, 1}, {99_992, 8}, {0, 100_000}, {5, 0}} {
		p := make([]byte, r[1])
		if err := s.ReadRange(t.Context(), object, p, int64(r[0])); err != nil || !bytes.Equal(p, want[r[0]:r[0]+r[1]]) {
			t.Errorf("%d bytes from %d: %v", r[1], r[0], err)
		}
	}
	object.Key = "a/none.parquet"
	if err := s.ReadRange(t.Context(), object, make([]byte, 9), 1); err == nil || !strings.Contains(err.Error(), "a/none.parquet") {
		t.Errorf("a missing object: %v", err)
	}
}
