package loader

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"testing"
	"unsafe"

	"github.com/klauspost/compress/gzip"

	"github.com/vpcq/vpcq/schema"
)

const defaultHeader = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status"

// benchText is 8 MB of records in the default format.
var benchText = sync.OnceValue(func() []byte {
	random := rand.New(rand.NewPCG(3, 4))
	var b bytes.Buffer
	fmt.Fprintln(&b, defaultHeader)
	for b.Len() < 8<<20 {
		packets := 1 + random.IntN(1<<random.IntN(14))
		start := 1700000000 + random.IntN(86400)
		fmt.Fprintf(&b, "2 111122223333 eni-%017x 10.%d.%d.%d %d.%d.%d.%d %d %d %d %d %d %d %d %s OK\n",
			random.IntN(500)*7919, random.IntN(4), random.IntN(16), random.IntN(256),
			random.IntN(20)*11, random.IntN(10)*23, random.IntN(5)*50, random.IntN(4)*63,
			1024+random.IntN(60000), []int{22, 80, 443, 53, 3389}[random.IntN(5)], []int{6, 17}[random.IntN(2)],
			packets, packets*(40+random.IntN(1400)), start, start+60, []string{"ACCEPT", "ACCEPT", "ACCEPT", "REJECT"}[random.IntN(4)])
	}
	return b.Bytes()
})

var benchZip = sync.OnceValue(func() []byte { return zip(string(benchText())) })

// BenchmarkRead reads 8 MB of text, stored as it is or as gzip data; the rate is of text.
func BenchmarkRead(b *testing.B) {
	format, _ := schema.ParseHeader([]byte(defaultHeader))
	for _, stored := range []string{"plain", "gzip"} {
		for _, bench := range []struct {
			name    string
			columns []schema.Column
			rows    Policy
		}{
			{"version", columns("version:int"), Null},
			{"srcaddr,bytes", columns("srcaddr bytes:bigint"), Null},
			{"protocol,bytes", columns("protocol:bigint bytes:bigint"), Null},
			{"action,dstport", columns("action dstport:int"), Null},
			{"all", format.Columns, Null},
			{"all,verified", format.Columns, Warn},
		} {
			b.Run(stored+"/"+bench.name, func(b *testing.B) {
				benchRead(b, stored, Options{Columns: bench.columns, BadRows: bench.rows}, (*Reader).skim)
			})
		}
		b.Run(stored+"/count", func(b *testing.B) {
			benchRead(b, stored, Options{BadRows: Null}, (*Reader).Count)
		})
	}
}

func (r *Reader) skim(ctx context.Context) (int64, error) {
	batch, err := r.Next(ctx)
	return int64(batch.Rows), err
}

func benchRead(b *testing.B, stored string, opt Options, next func(*Reader, context.Context) (int64, error)) {
	body := benchText()
	if stored == "gzip" {
		body = benchZip()
	}
	opt.Source = memorySource{"a": body}
	opt.Stats = new(Stats)
	queue := func(context.Context) (Object, error) { return objectOf("a"), nil }
	r := NewScan(opt, queue).Reader()
	defer r.Close()
	b.SetBytes(int64(len(benchText())))
	b.ReportAllocs()
	records := int64(bytes.Count(benchText(), newline) - 1)
	for b.Loop() {
		for n := int64(0); n < records; {
			rows, err := next(r, context.Background())
			if err != nil {
				b.Fatal(err)
			}
			n += rows
		}
	}
}

// BenchmarkGunzip is klauspost's inflate alone, to compare.
func BenchmarkGunzip(b *testing.B) {
	body := benchZip()
	b.SetBytes(int64(len(benchText())))
	var z gzip.Reader
	buf := make([]byte, blockText)
	for b.Loop() {
		if err := z.Reset(bytes.NewReader(body)); err != nil {
			b.Fatal(err)
		}
		if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{&z}, buf); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSplit finds the first fields of each record of a block.
func BenchmarkSplit(b *testing.B) {
	text := append(make([]byte, pad), benchText()[len(defaultHeader)+1:][:blockText]...)
	text = append(text[:bytes.LastIndexByte(text, '\n')+1], make([]byte, pad)...)
	for _, need := range []int{4, 10, 14} {
		b.Run(fmt.Sprint(need), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			var f fields
			for b.Loop() {
				f.reset(need)
				for pos := pad; pos < len(text)-pad; {
					end := pos + bytes.IndexByte(text[pos:], '\n')
					f.split(unsafe.Pointer(unsafe.SliceData(text)), pos, end)
					f.rows = (f.rows + 1) % MaxRows
					pos = end + 1
				}
			}
		})
	}
}

// BenchmarkDigits reads numbers of several lengths, eight bytes before each.
func BenchmarkDigits(b *testing.B) {
	for _, number := range []string{"6", "443", "51514", "1700000000"} {
		b.Run(fmt.Sprint(len(number)), func(b *testing.B) {
			text := []byte("        " + number)
			for b.Loop() {
				if _, ok := digits(unsafe.Pointer(unsafe.SliceData(text)), 8, len(text)); !ok {
					b.Fatal("no digits")
				}
			}
		})
	}
}
