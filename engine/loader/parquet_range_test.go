package loader

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// rangedSource is a source in memory that gives parts of objects, but for those
// that begin behind broken, unless it is 0.
type rangedSource struct {
	memorySource
	broken int64
}

var errBroken = errors.New("read a part of o: no answer")

func (s rangedSource) ReadRange(_ context.Context, o source.Object, p []byte, offset int64) error {
	if s.broken > 0 && offset > s.broken {
		return errBroken
	}
	copy(p, s.memorySource[o.Key][offset:])
	return nil
}

// inParts is a scan of the object o, fetched in parts.
func inParts(body []byte, broken int64, opt Options) *Scan {
	object := objectOf("o")
	object.Size = int64(len(body))
	opt.Source, opt.Stats = rangedSource{memorySource{"o": body}, broken}, new(Stats)
	s := NewScan(opt, queueOf(object))
	s.inParts = 100
	return s
}

func TestParquetInParts(t *testing.T) {
	body := parquetOf(t, made(40_000), 3000)
	want, _, err := answer(t, body, Options{Columns: madeColumns})
	if err != nil {
		t.Fatal(err)
	}
	for _, policy := range []Policy{Fail, Warn, Skip} {
		got, err := readAll(t, inParts(body, 0, Options{Columns: madeColumns, BadFiles: policy}))
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("policy %d: %v, %d rows, want %d", policy, err, len(got), len(want))
		}
	}
	one := inParts(body, 0, Options{Columns: []schema.Column{{Name: "dstport", Type: schema.Int}}})
	_, err = readAll(t, one)
	if read := one.opt.Stats.BytesRead.Load(); err != nil || read == 0 || read > int64(len(body)*3/4) {
		t.Errorf("%v: one column of %d bytes was %d", err, len(body), read)
	}
}

// What the source fails to give ends the scan, and is no damage.
func TestParquetPartNotGiven(t *testing.T) {
	body := parquetOf(t, made(40_000), 3000)
	for _, broken := range []int64{1, int64(len(body)) / 2} {
		s := inParts(body, broken, Options{Columns: madeColumns, BadFiles: Warn})
		if _, err := readAll(t, s); !errors.Is(err, errBroken) || s.opt.Stats.ObjectsSkipped.Load() != 0 {
			t.Errorf("broken behind %d: %v, %d objects left out", broken, err, s.opt.Stats.ObjectsSkipped.Load())
		}
	}
}

func TestRangedReadsAsAFile(t *testing.T) {
	body := make([]byte, tailSize+1000)
	for i := range body {
		body[i] = byte(i * 7 / 3)
	}
	o := &ranged{ctx: t.Context(), source: rangedSource{memorySource: memorySource{"o": body}}, object: source.Object{Key: "o", Size: int64(len(body))}}
	if err := iotest.TestReader(io.NewSectionReader(o, 0, int64(len(body))), body); err != nil {
		t.Error(err)
	}
}
