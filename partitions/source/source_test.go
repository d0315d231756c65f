package source_test

import (
	"testing"
	"testing/fstest"

	"github.com/vpcq/vpcq/partitions/source"
)

// far is a source that is or is not distant.
type far struct {
	source.Source
	distant bool
}

func (f far) Distant() bool { return f.distant }

func TestListingsAtOnce(t *testing.T) {
	near := source.FS(fstest.MapFS{}, "fs")
	for _, test := range []struct {
		name string
		src  source.Source
		want int
	}{
		{"one that does not say", near, 16},
		{"one that says it is near", far{near, false}, 16},
		{"one that is distant", far{near, true}, 64},
	} {
		if got := source.ListingsAtOnce(test.src); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}
