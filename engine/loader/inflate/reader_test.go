package inflate

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
)

// shape is how a member is read: sizes that make every boundary fall anywhere.
type shape struct {
	buffer int // of the input, in bytes
	room   int // of each Extend
	lead   int // of memory before the window, to which no match may reach
}

func shapeOf(random *rand.Rand) shape {
	return shape{
		buffer: 16 + random.IntN(1<<random.IntN(13)),
		room:   1 + random.IntN(1<<random.IntN(14)),
		lead:   random.IntN(50),
	}
}

const canary = 0xa5

// inflated reads one member and returns its text and how many bytes of body
// were used. It fails where a byte outside of the given memory is written.
func inflated(t testing.TB, body []byte, s shape) (text []byte, used int, err error) {
	t.Helper()
	source := bytes.NewReader(body)
	in := bufio.NewReaderSize(source, s.buffer)
	var r Reader
	if err := r.Reset(in); err != nil {
		return nil, len(body) - source.Len() - in.Buffered(), err
	}
	const behind = 300
	from := s.lead + Window
	buf := bytes.Repeat([]byte{canary}, from+s.room+behind)
	for err == nil {
		var n int
		n, err = r.Extend(buf, from, from+s.room)
		if n < s.room && err == nil || n > s.room {
			t.Fatalf("%d bytes were written where %d were asked for, without an error", n, s.room)
		}
		text = append(text, buf[from:from+n]...)
		for i, c := range buf[from+s.room:] {
			if c != canary {
				t.Fatalf("%+v: byte %d behind the room was written", s, i)
			}
		}
		window := text[max(0, len(text)-Window):]
		copy(buf[from-len(window):], window)
	}
	if again, err2 := r.Extend(buf, from, from+s.room); again != 0 || err2 != err {
		t.Fatalf("after %v Extend gives %d bytes, %v", err, again, err2)
	}
	if err == io.EOF {
		err = nil
	}
	return text, len(body) - source.Len() - in.Buffered(), err
}

// reference is inflated by compress/gzip.
func reference(body []byte) (text []byte, used int, err error) {
	source := bytes.NewReader(body)
	in := bufio.NewReader(source)
	r, err := gzip.NewReader(in)
	if err != nil {
		return nil, 0, err
	}
	r.Multistream(false)
	text, err = io.ReadAll(r)
	return text, len(body) - source.Len() - in.Buffered(), err
}

// check compares the reading of body with that by compress/gzip.
func check(t testing.TB, name string, body []byte, s shape) {
	t.Helper()
	s.room = max(s.room, len(body)/16) // each Extend costs a window
	got, used, err := inflated(t, body, s)
	want, wantUsed, wantErr := reference(body)
	if kindOf(err) != kindOf(wantErr) {
		t.Fatalf("%s, %+v: error %v, want %v\n%q", name, s, err, wantErr, head(body))
	}
	if !bytes.Equal(got, want) && (err == nil || !agree(got, want)) {
		t.Fatalf("%s, %+v: %d bytes of text, want %d; error %v\n%q", name, s, len(got), len(want), err, head(body))
	}
	if err == nil && used != wantUsed {
		t.Fatalf("%s, %+v: used %d bytes of %d, want %d", name, s, used, len(body), wantUsed)
	}
}

// agree reports whether two texts that errors cut short are the same but for the
// last few bytes: compress/flate asks for more bits than a literal may have.
func agree(a, b []byte) bool {
	n := min(len(a), len(b))
	return bytes.Equal(a[:n], b[:n]) && max(len(a), len(b)) <= n+longestCode
}

func head(b []byte) []byte { return b[:min(len(b), 200)] }

// kindOf tells the errors apart that both readers tell apart.
func kindOf(err error) string {
	var corrupt flate.CorruptInputError
	switch {
	case err == nil || err == io.EOF || err == io.ErrUnexpectedEOF:
		return errorString(err)
	case errors.As(err, &corrupt):
		return ErrCorrupt.Error()
	}
	return err.Error()
}

func errorString(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// member wraps deflate data of that text as gzip data.
func member(deflated, text []byte) []byte {
	body := append([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}, deflated...)
	body = binary.LittleEndian.AppendUint32(body, crc32.ChecksumIEEE(text))
	return binary.LittleEndian.AppendUint32(body, uint32(len(text)))
}

// deflate compresses text in pieces with a flush after each.
func deflate(text []byte, level, piece int) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, level)
	if err != nil {
		panic(err)
	}
	for len(text) > piece {
		_, _ = w.Write(text[:piece]) // into memory
		_ = w.Flush()
		text = text[piece:]
	}
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}

// texts are texts of every kind.
func texts(random *rand.Rand) map[string][]byte {
	noise := make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	skewed := make([]byte, 100_000) // has codes longer than the tables' first index
	for i := range skewed {
		skewed[i] = byte(min(random.ExpFloat64()*9, 255))
	}
	far := append(bytes.Clone(noise[:Window]), noise[:500]...) // repeats at the farthest distance
	all := map[string][]byte{
		"empty": {}, "a byte": {7}, "log": flowLog()[:300_000], "noise": noise, "skewed": skewed, "far": far,
		"zeros": make([]byte, 70_000),
	}
	for distance := 1; distance < 20; distance++ {
		all["period "+string(rune('a'+distance))] = bytes.Repeat(noise[:distance], 3000/distance)
	}
	return all
}

func TestValidData(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, text := range texts(random) {
		for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
			for _, piece := range []int{len(text) + 1, 1 + random.IntN(5000)} {
				body := append(member(deflate(text, level, piece), text), "what follows"...)
				check(t, name, body, shapeOf(random))
			}
		}
	}
}

// short is data small enough to try every place of it: a stored, a fixed, and a
// dynamic block, each with an empty one behind it.
func short() []byte {
	parts := []string{"10.0.0.1 2", "2 ACCEPT\n2 ACCEPT\n", string(flowLog()[:1200])}
	var body []byte
	for i, level := range []int{flate.NoCompression, flate.BestCompression, flate.BestCompression} {
		var b bytes.Buffer
		w, _ := flate.NewWriter(&b, level)
		_, _ = w.Write([]byte(parts[i])) // into memory
		_ = w.Flush()
		body = append(body, b.Bytes()...)
	}
	return member(append(body, deflate(nil, flate.BestSpeed, 1)...), []byte(strings.Join(parts, "")))
}

func TestTruncatedAnywhere(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	body := short()
	check(t, "whole", body, shapeOf(random))
	for n := range body {
		check(t, "truncated", body[:n], shapeOf(random))
	}
}

func TestAnyBitFlipped(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	body := short()
	for bit := 8 * 4; bit < 8*len(body); bit++ { // from behind the flags: see TestHeaders
		body[bit/8] ^= 1 << (bit % 8)
		check(t, "flipped", body, shapeOf(random))
		body[bit/8] ^= 1 << (bit % 8)
	}
}

// hostile is deflate data that no compressor writes: blocks of all kinds, whose
// codes and symbols are random.
func hostile(random *rand.Rand) []byte {
	body := make([]byte, 20+random.IntN(400))
	for i := range body {
		body[i] = byte(random.Uint32())
	}
	if random.IntN(2) == 0 { // likelier a code
		for i := range body[:20] {
			body[i] = []byte{0x92, 0x24, 0x49, 0xdb, 0xb6, 0x6d}[random.IntN(6)]
		}
	}
	body[0] = body[0]&^7 | byte(random.IntN(3))<<1
	return body
}

func TestHostileData(t *testing.T) {
	rounds := 10_000
	if testing.Short() {
		rounds = 3000
	}
	random := rand.New(rand.NewPCG(7, 8))
	for range rounds {
		check(t, "hostile", member(hostile(random), nil), shapeOf(random))
	}
	valid := deflate(flowLog()[:50_000], flate.BestCompression, 20_000)
	for range rounds / 10 {
		body := member(valid, nil)
		for range 1 + random.IntN(3) {
			body[10+random.IntN(len(valid))] ^= 1 << random.IntN(8)
		}
		check(t, "damaged", body, shapeOf(random))
	}
}

func FuzzReader(f *testing.F) {
	f.Add(short(), uint64(1))
	random := rand.New(rand.NewPCG(9, 10))
	for range 20 {
		f.Add(member(hostile(random), nil), random.Uint64())
	}
	f.Fuzz(func(t *testing.T, body []byte, seed uint64) {
		if len(body) > 3 && body[3]&(hasName|hasComment) != 0 {
			return // compress/gzip bounds the name's length
		}
		check(t, "fuzzed", body, shapeOf(rand.New(rand.NewPCG(seed, 0))))
	})
}

// A failure of the source is given as it is, behind the text that came before.
func TestFailureOfTheSource(t *testing.T) {
	broken := errors.New("broken")
	body := short()
	for n := range body {
		in := bufio.NewReader(io.MultiReader(bytes.NewReader(body[:n]), iotest.ErrReader(broken)))
		var r Reader
		err := r.Reset(in)
		buf := make([]byte, 8<<10)
		if err == nil {
			_, err = r.Extend(buf, 0, len(buf))
		}
		if err != broken {
			t.Fatalf("%d bytes: %v", n, err)
		}
	}
}

// One Reader reads member after member, and leaves what follows.
func TestMembersOneByOne(t *testing.T) {
	text := flowLog()[:10_000]
	body := bytes.Repeat(member(deflate(text, 6, 3000), text), 3)
	in := bufio.NewReaderSize(iotest.OneByteReader(bytes.NewReader(append(body, 0))), 16)
	var r Reader
	buf := make([]byte, len(text)+1)
	for range 3 {
		if err := r.Reset(in); err != nil {
			t.Fatal(err)
		}
		if n, err := r.Extend(buf, 0, len(buf)); err != io.EOF || !bytes.Equal(buf[:n], text) {
			t.Fatalf("%d bytes, %v", n, err)
		}
	}
	if in.Buffered() != 0 {
		t.Errorf("%d bytes are buffered", in.Buffered())
	}
	if err := r.Reset(in); err != ErrHeader {
		t.Errorf("a byte of padding: %v", err)
	}
	if b, err := in.ReadByte(); b != 0 || err != nil {
		t.Errorf("the byte of padding is gone: %d, %v", b, err)
	}
	if err := r.Reset(in); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}
