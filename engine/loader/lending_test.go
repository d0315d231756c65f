package loader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// readByTurns reads a scan with several readers, of which now one, now another
// is asked for its next records. It returns what each gave.
func readByTurns(t *testing.T, s *Scan, readers int, random *rand.Rand) (rows [][]string, err error) {
	t.Helper()
	rows = make([][]string, readers)
	reading := make([]*Reader, readers)
	for i := range reading {
		reading[i] = s.Reader()
		defer reading[i].Close()
	}
	left := readers
	for left > 0 {
		i := random.IntN(readers)
		if reading[i] == nil {
			continue
		}
		b, e := reading[i].Next(context.Background())
		if e != nil {
			reading[i].Close()
			reading[i] = nil
			left--
			if e != io.EOF {
				err = errors.Join(err, e)
			}
			continue
		}
		rows[i] = append(rows[i], rowsOf(b)...)
	}
	checkLines(t, s.opt.Stats)
	return rows, err
}

// oddities are texts that stand between plain lines: what readers may not share.
var oddities = []string{"\r\n", "\r", "\n\n", "1 2 3\n", "x y\n", "1 \xff\n", strings.Repeat("7", 400) + "\n", "srcport bytes\n", "5"}

// oddText is a text of plain lines and a few oddities.
func oddText(random *rand.Rand) string {
	text := lines(random.IntN(300))
	for range random.IntN(4) {
		at := strings.IndexByte(text[random.IntN(len(text)):], '\n') + 1
		at = max(at, len("srcport bytes\n"))
		text = text[:at] + oddities[random.IntN(len(oddities))] + text[at:]
	}
	return text + lines(random.IntN(900))[len("srcport bytes\n"):]
}

// Readers that share an object give the records that one reader alone gives, and
// count the same.
func TestReadersShareAnObject(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	shared := 0
	for range 120 {
		var texts []string
		for range 1 + random.IntN(2) {
			texts = append(texts, oddText(random))
		}
		body := zip(texts...)
		switch random.IntN(4) {
		case 0:
			body = []byte(strings.Join(texts, ""))
		case 1:
			body = body[:random.IntN(len(body))]
		}
		opt := Options{
			Source: memorySource{"a": body, "b": zip(lines(random.IntN(500)))}, Columns: columns("bytes:bigint srcport"),
			BadFiles: []Policy{Warn, Skip, Fail}[random.IntN(3)], BadRows: []Policy{Null, Null, Warn}[random.IntN(3)],
		}
		var stats, alone Stats
		scan := func(s *Stats) *Scan {
			opt.Stats = s
			scan := NewScan(opt, queueOf(objectOf("a"), objectOf("b")))
			scan.text, scan.maxLine = 300, 200
			return scan
		}
		want, wantErr := readAll(t, scan(&alone))
		parts, err := readByTurns(t, scan(&stats), 3, random)
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("%v, want %v\n%q", err, wantErr, texts)
		}
		if err != nil {
			continue
		}
		if len(parts[0]) > 0 && len(parts[1]) > 0 && len(parts[2]) > 0 {
			shared++ // two objects, three readers
		}
		got := slices.Concat(parts...)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("%d rows, want %d\n%q", len(got), len(want), texts)
		}
		if counts(&stats) != counts(&alone) {
			t.Fatalf("counts %v, want %v\n%q", counts(&stats), counts(&alone), texts)
		}
	}
	if shared < 20 {
		t.Errorf("objects were shared %d times", shared)
	}
}

func counts(s *Stats) [9]int64 {
	return [9]int64{s.Objects.Load(), s.ObjectsSkipped.Load(), s.BytesRead.Load(), s.BytesDecoded.Load(),
		s.Lines.Load(), s.Headers.Load(), s.Records.Load(), s.Rejected.Load(), s.Damaged.Load()}
}

// One big object keeps every reader busy, each in its own goroutine.
func TestReadersShareABigObjectAtOnce(t *testing.T) {
	const records = 400_000
	stats := new(Stats)
	opt := Options{Source: memorySource{"a": zip(lines(records))}, Columns: columns("bytes:bigint"), BadRows: Null, Stats: stats}
	var mu sync.Mutex
	next := queueOf(objectOf("a"))
	scan := NewScan(opt, func(ctx context.Context) (Object, error) {
		mu.Lock()
		defer mu.Unlock()
		return next(ctx)
	})
	const readers = 3
	var group, others sync.WaitGroup
	var sums, given [readers]int64
	opened := make(chan struct{})
	others.Add(readers - 1)
	// The reader that opens the object, and each other that has had a part of it,
	// goes on when all others have.
	turn := func(i int) {
		switch {
		case given[i] > 0:
		case i == 0:
			close(opened)
			others.Wait()
		default:
			others.Done()
			others.Wait()
		}
	}
	for i := range readers {
		r := scan.Reader()
		group.Go(func() {
			defer r.Close()
			if i > 0 {
				<-opened
				defer func() {
					if given[i] == 0 {
						others.Done()
					}
				}()
			}
			for {
				b, err := r.Next(context.Background())
				if err != nil {
					if err != io.EOF {
						t.Error(err)
					}
					return
				}
				for _, n := range b.Vectors[0].Int64[:b.Rows] {
					sums[i] += n
				}
				turn(i)
				given[i] += int64(b.Rows)
			}
		})
	}
	group.Wait()
	checkLines(t, stats)
	if got, want := sums[0]+sums[1]+sums[2], int64(records-1)*records/2*1_000_003; got != want {
		t.Errorf("sum %d, want %d; records %v", got, want, given)
	}
	if slices.Min(given[:]) == 0 {
		t.Errorf("the readers gave %v records: one was idle", given)
	}
}

// What the source fails to give ends the scan, whoever was reading.
func TestFailureInASharedObject(t *testing.T) {
	gone := errors.New("connection reset")
	body := zip(lines(5000))
	for after := len(body) / 4; after < len(body); after += 501 {
		src := failing{memorySource{"a": bytes.Clone(body)}, after, gone}
		scan := NewScan(Options{Source: src, Columns: columns("bytes:bigint"), BadFiles: Warn, BadRows: Null, Stats: new(Stats)}, queueOf(objectOf("a")))
		scan.text = 2000
		_, err := readByTurns(t, scan, 2, rand.New(rand.NewPCG(1, uint64(after))))
		if !errors.Is(err, gone) || !strings.Contains(fmt.Sprint(err), "object a") {
			t.Fatalf("%d bytes: %v", after, err)
		}
	}
}
