package loader

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

// failing is a source whose objects fail with err after some bytes.
type failing struct {
	memorySource
	after int
	err   error
}

func (f failing) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	body := f.memorySource[key][:f.after]
	return io.NopCloser(io.MultiReader(bytes.NewReader(body), failure{f.err})), nil
}

type failure struct{ err error }

func (f failure) Read([]byte) (int, error) { return 0, f.err }

// What the source fails to give is not the object's damage: no policy passes over it.
func TestFailureAmidAnObjectEndsTheScan(t *testing.T) {
	gone := errors.New("connection reset")
	for _, body := range [][]byte{[]byte(lines(100)), zip(lines(100))} {
		for after := 0; after < len(body); after += 29 {
			for _, policy := range []Policy{Fail, Warn, Skip} {
				opt := Options{Source: failing{memorySource{"a": body}, after, gone}, BadFiles: policy, BadRows: Null, Stats: new(Stats)}
				_, err := readAll(t, NewScan(opt, queueOf(objectOf("a"))))
				if !errors.Is(err, gone) {
					t.Fatalf("%d bytes, policy %d: error %v, want %v", after, policy, err, gone)
				}
			}
		}
	}
}

// However an object is cut short, its records are those whose lines are whole.
func TestTruncatedAnywhere(t *testing.T) {
	body := zip(lines(300), lines(200))
	whole := strings.Split(strings.ReplaceAll(lines(300)+lines(200)[len("srcport bytes\n"):], " ", "|"), "\n")[1:501]
	for n := 2; n < len(body); n += 41 {
		opt := Options{Source: memorySource{"a": body[:n]}, Columns: columns("srcport:int bytes:bigint"), BadFiles: Warn, BadRows: Warn, Stats: new(Stats)}
		rows, err := readAll(t, NewScan(opt, queueOf(objectOf("a"))))
		if err != nil || len(rows) > len(whole) || !slices.Equal(rows, whole[:len(rows)]) {
			t.Fatalf("%d bytes: %q, %v", n, rows, err)
		}
	}
}

func TestNameDoesNotSayWhatIsGzip(t *testing.T) {
	src := memorySource{"a.log": zip(lines(2)), "b.gz": []byte(lines(3))}
	opt := Options{Source: src, Columns: []schema.Column{}, Stats: new(Stats)}
	n, err := countAll(t, NewScan(opt, queueOf(objectOf("a.log"), objectOf("b.gz"))))
	if err != nil || n != 5 {
		t.Errorf("%d records, %v, want 5", n, err)
	}
}
