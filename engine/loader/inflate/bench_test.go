package inflate

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// flowLog is 8 MB of records in the default format.
var flowLog = sync.OnceValue(func() []byte {
	random := rand.New(rand.NewPCG(3, 4))
	var b bytes.Buffer
	for b.Len() < 8<<20 {
		packets := 1 + random.IntN(1<<random.IntN(14))
		start := 1700000000 + b.Len()/5000
		fmt.Fprintf(&b, "2 111122223333 eni-%017x 10.%d.%d.%d %d.%d.%d.%d %d %d %d %d %d %d %d %s OK\n",
			random.IntN(500)*7919, random.IntN(4), random.IntN(16), random.IntN(256),
			random.IntN(20)*11, random.IntN(10)*23, random.IntN(5)*50, random.IntN(4)*63,
			1024+random.IntN(60000), []int{22, 80, 443, 53, 3389}[random.IntN(5)], []int{6, 17}[random.IntN(2)],
			packets, packets*(40+random.IntN(1400)), start, start+60, []string{"ACCEPT", "ACCEPT", "ACCEPT", "REJECT"}[random.IntN(4)])
	}
	return b.Bytes()
})

var flowLogZip = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(flowLog()) // into memory
	_ = w.Close()
	return b.Bytes()
})

const benchBlock = 512 << 10

// BenchmarkInflate inflates flow-log text; the rate is of text.
func BenchmarkInflate(b *testing.B) {
	body := flowLogZip()
	b.SetBytes(int64(len(flowLog())))
	b.ReportAllocs()
	var r Reader
	in := bufio.NewReaderSize(nil, 64<<10)
	buf := make([]byte, Window+benchBlock)
	for b.Loop() {
		in.Reset(bytes.NewReader(body))
		if err := r.Reset(in); err != nil {
			b.Fatal(err)
		}
		for err := error(nil); err == nil; {
			_, err = r.Extend(buf, Window, len(buf))
			if err != nil && err != io.EOF {
				b.Fatal(err)
			}
			copy(buf, buf[benchBlock:])
		}
	}
}

// BenchmarkKlauspost does the same with klauspost/compress, to compare.
func BenchmarkKlauspost(b *testing.B) {
	body := flowLogZip()
	b.SetBytes(int64(len(flowLog())))
	b.ReportAllocs()
	var z gzip.Reader
	in := bufio.NewReaderSize(nil, 64<<10)
	buf := make([]byte, benchBlock)
	for b.Loop() {
		in.Reset(bytes.NewReader(body))
		if err := z.Reset(in); err != nil {
			b.Fatal(err)
		}
		for err := error(nil); err == nil; {
			_, err = z.Read(buf)
			if err != nil && err != io.EOF {
				b.Fatal(err)
			}
		}
	}
}
