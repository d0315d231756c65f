package loader

import (
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// lines is a text of n records of two fields, with its header.
func lines(n int) string {
	var b strings.Builder
	b.WriteString("srcport bytes\n")
	for i := range n {
		fmt.Fprintf(&b, "%d %d\n", i, i*1_000_003)
	}
	return b.String()
}

// damages are objects that are not as they should be.
var damages = []struct {
	name  string
	body  []byte
	fails string // what BadFiles Fail says; empty: it is not damaged
	kept  string // under BadFiles Warn: rows/lines=headers+records+rejected
}{
	{"empty", nil, "", "0/0=0+0+0"},
	{"a header only", []byte("srcport bytes\n"), "", "0/1=1+0+0"},
	{"gzip data without text", zip(""), "", "0/0=0+0+0"},
	{"as it should be", zip(lines(3)), "", "3/4=1+3+0"},
	{"no newline at the end", zip(strings.TrimSuffix(lines(3), "\n")), "", "3/4=1+3+0"},
	{"CR LF", zip(strings.ReplaceAll(lines(3), "\n", "\r\n")), "", "3/4=1+3+0"},
	{"two members with a header each", zip(lines(2), lines(3)), "", "5/7=2+5+0"},
	{"a member cut within a line", zip("srcport bytes\n1 ", "2\n3 4\n"), "", "2/3=1+2+0"},
	{"truncated in the trailer", cut(zip(lines(3)), -3), "unexpected end of gzip data", "3/4=1+3+0"},
	{"truncated with half a line", flushed("srcport bytes\n1 2\n3"), "unexpected end of gzip data", "1/3=1+1+1"},
	{"truncated within the header line", flushed("srcport by"), "unexpected end of gzip data", "0/1=0+0+1"},
	{"truncated in the gzip header", cut(zip(lines(3)), 7), "unexpected end of gzip data", "0/0=0+0+0"},
	{"wrong CRC", flip(zip(lines(3)), -8), "gzip: invalid checksum", "3/4=1+3+0"},
	{"wrong length", flip(zip(lines(3)), -1), "gzip: invalid checksum", "3/4=1+3+0"},
	{"junk after the last member", append(zip(lines(3)), "junk and more junk"...), "bytes after the end of gzip data", "3/4=1+3+0"},
	{"a byte of junk", append(zip(lines(3)), 0), "bytes after the end of gzip data", "3/4=1+3+0"},
	{"no deflate data", append(zip("")[:10], bytes.Repeat([]byte{0xff}, 99)...), "corrupt gzip data", "0/0=0+0+0"},
	{"binary junk", []byte("\x00\x01\x02junk\x00\n\xff\xfe\n"), "no header line", "0/0=0+0+0"},
	{"Parquet", []byte("PAR1\x15\x04\x15\x10\n\x00PAR1"), "damaged Parquet", "0/0=0+0+0"},
	{"no header line", []byte("1 2\n3 4\n"), `no header line, but "1 2"`, "0/0=0+0+0"},
	{"zstd", []byte("\x28\xb5\x2f\xfd\x04\n\n"), "no header line, but what zstd compressed: unpack it first", "0/0=0+0+0"},
	{"a line of 3 MB", zip(lines(2) + strings.Repeat("x", 3<<20) + "\n7 8\n"), "a line of more than 1048576 bytes", "3/5=1+3+1"},
	{"a line of 3 MB at the end", zip(lines(2) + strings.Repeat("x", 3<<20)), "a line of more than 1048576 bytes", "2/4=1+2+1"},
	{"a line one byte too long", []byte(lines(1) + strings.Repeat("1", 1<<20+1) + "\n"), "a line of more than 1048576 bytes", "1/3=1+1+1"},
	{"a line just short enough", []byte(lines(1) + strings.Repeat("1", 1<<20) + "\n"), "", "2/3=1+2+0"},
}

func cut(b []byte, n int) []byte { return b[:(n+len(b))%len(b)] }

func flip(b []byte, i int) []byte {
	b[len(b)+i] ^= 1
	return b
}

// flushed is a gzip member that ends after text, within its deflate data.
func flushed(text string) []byte {
	b := bytes.NewBuffer([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255})
	w, _ := flate.NewWriter(b, flate.BestSpeed)
	w.Write([]byte(text))
	w.Flush()
	return b.Bytes()
}

func TestDamagedObjects(t *testing.T) {
	good := objectOf("good")
	for _, d := range damages {
		src := memorySource{"bad": d.body, "good": zip(lines(10))}
		for _, policy := range []Policy{Fail, Warn, Skip} {
			var stats Stats
			var warned []error
			opt := Options{Source: src, Columns: columns("bytes:bigint"), BadFiles: policy, BadRows: Null, Stats: &stats}
			opt.Warn = func(err error) { warned = append(warned, err) }
			got, err := readAll(t, NewScan(opt, queueOf(objectOf("bad"), good)))
			name := fmt.Sprintf("%s, policy %d", d.name, policy)
			if policy == Fail && d.fails != "" {
				checkError(t, name, err, d.fails)
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			checkWarned(t, name, warned, d.fails, stats.ObjectsSkipped.Load())
			want := d.kept
			if policy == Skip && d.fails != "" {
				want = "0/0=0+0+0"
			}
			have := fmt.Sprintf("%d/%d=%d+%d+%d", len(got)-10, stats.Lines.Load()-11, stats.Headers.Load()-1, stats.Records.Load()-10, stats.Rejected.Load())
			if have != want {
				t.Errorf("%s: %s, want %s", name, have, want)
			}
		}
	}
}

// What is behind the last member is told to stand where it begins.
func TestPlaceOfJunk(t *testing.T) {
	whole := zip(lines(3), lines(4))
	for _, junk := range []string{"\x00", "junk and more junk", "\x1f\x8bjunk"} {
		opt := Options{Source: memorySource{"bad": append(bytes.Clone(whole), junk...)}, Columns: columns("bytes:bigint"), BadRows: Null, Stats: new(Stats)}
		_, err := readAll(t, NewScan(opt, queueOf(objectOf("bad"))))
		var e *Error
		if !errors.As(err, &e) || e.Offset != int64(len(whole)) {
			t.Errorf("junk %q at byte %d: %v", junk, len(whole), err)
		}
	}
}

func checkError(t *testing.T, name string, err error, want string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.Key != "bad" || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: error %v, want one that says %q", name, err, want)
	}
}

func checkWarned(t *testing.T, name string, warned []error, want string, skipped int64) {
	t.Helper()
	if want == "" {
		if len(warned) > 0 || skipped != 0 {
			t.Errorf("%s: warned of %v, %d objects skipped", name, warned, skipped)
		}
		return
	}
	if len(warned) != 1 || skipped != 1 {
		t.Errorf("%s: warned of %v, %d objects skipped, want one", name, warned, skipped)
		return
	}
	checkError(t, name, warned[0], want)
}

func TestObjectsWithoutHeaderLine(t *testing.T) {
	format, err := schema.ParseLogFormat("${srcport} ${bytes}")
	if err != nil {
		t.Fatal(err)
	}
	src := memorySource{"a": []byte("1 2\n3 4\n"), "b": []byte("bytes srcport\n6 5\n"), "c": zip("7 8")}
	opt := Options{Source: src, Columns: columns("srcport:int bytes:bigint"), Format: &format, Stats: new(Stats)}
	got, err := readAll(t, NewScan(opt, queueOf(objectOf("a"), objectOf("b"), objectOf("c"))))
	if want := "1|2 3|4 5|6 7|8"; err != nil || strings.Join(got, " ") != want {
		t.Errorf("%q, %v, want %s", got, err, want)
	}
}

func TestFailureOfTheSourceIsNoDamage(t *testing.T) {
	opt := Options{Source: memorySource{}, BadFiles: Warn, Stats: new(Stats)}
	_, err := readAll(t, NewScan(opt, queueOf(objectOf("gone"))))
	if err == nil || !strings.Contains(err.Error(), "no such object") {
		t.Errorf("error %v, want that of the source", err)
	}
}

// counted is a source that counts the objects that are open.
type counted struct {
	memorySource
	open *int
}

func (c counted) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	r, err := c.memorySource.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	*c.open++
	return &countedBody{r, c.open}, nil
}

type countedBody struct {
	io.Reader
	open *int
}

func (b *countedBody) Close() error {
	*b.open--
	return nil
}

// Whatever ends the reading, every object is closed, once.
func TestObjectsAreClosed(t *testing.T) {
	for _, d := range damages {
		for _, policy := range []Policy{Fail, Warn, Skip} {
			for batches := range 3 {
				open := 0
				src := counted{memorySource{"bad": d.body, "good": zip(lines(5000))}, &open}
				opt := Options{Source: src, Columns: columns("bytes:bigint"), BadFiles: policy, BadRows: Null, Stats: new(Stats)}
				r := NewScan(opt, queueOf(objectOf("good"), objectOf("bad"), objectOf("missing"))).Reader()
				for range batches * 3 {
					if _, err := r.Next(context.Background()); err != nil {
						break
					}
				}
				r.Close()
				r.Close()
				if _, err := r.Next(context.Background()); err == nil || open != 0 {
					t.Errorf("%s, policy %d, after %d batches: %d objects are open; Next gives %v", d.name, policy, batches*3, open, err)
				}
			}
		}
	}
}

// denying is a source whose object "bad" gives so many bytes of its body and then
// err; below 0 it is not opened.
type denying struct {
	memorySource
	after int
	err   error
}

func (f denying) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	body, err := f.memorySource.Open(ctx, key)
	switch {
	case err != nil || key != "bad":
		return body, err
	case f.after < 0:
		return nil, fmt.Errorf("open %s: %w", key, f.err)
	}
	return io.NopCloser(io.MultiReader(io.LimitReader(body, int64(f.after)), iotest.ErrReader(fmt.Errorf("read %s: %w", key, f.err)))), nil
}

// What a source says of one object is that object's damage: BadFiles decides, and
// nothing is missing that is not told.
func TestObjectsThatCannotBeRead(t *testing.T) {
	text := []byte(lines(4))
	for _, test := range []struct {
		name  string
		after int
		warn  string // rows under Warn, and what is told
	}{
		{"not opened", -1, "0: open bad: it cannot be read, left out"},
		{"before its first byte", 0, "0: read bad: it cannot be read"},
		{"within its header", 5, "0: read bad: it cannot be read"},
		{"within a record", len(text) - 3, "3: read bad: it cannot be read"},
	} {
		src := denying{memorySource{"bad": text, "good": zip(lines(10))}, test.after, source.ErrUnreadable}
		for policy, want := range map[Policy]string{Warn: test.warn, Skip: strings.TrimSuffix("0"+test.warn[1:], ", left out") + ", left out"} {
			for _, ahead := range []bool{false, true} {
				var stats Stats
				told := ""
				opt := Options{Source: src, Columns: columns("bytes:bigint"), BadFiles: policy, BadRows: Null, Stats: &stats}
				opt.Warn = func(err error) {
					told += err.Error()
					if e := (*Error)(nil); errors.As(err, &e) && e.Left {
						told += ", left out"
					}
				}
				scan := NewScan(opt, queueOf(objectOf("bad"), objectOf("good")))
				if ahead {
					scan.ReadAhead(t.Context(), NewAllowance())
				}
				rows, err := readAll(t, scan)
				got := fmt.Sprintf("%d: %s", len(rows)-10, told)
				if err != nil || got != want || stats.ObjectsSkipped.Load() != 1 || stats.Objects.Load() != 2 {
					t.Errorf("%s, policy %d: %q, %v, %d skipped of %d, want %q", test.name, policy, got, err, stats.ObjectsSkipped.Load(), stats.Objects.Load(), want)
				}
			}
		}
		for _, opt := range []Options{{BadFiles: Fail}, {BadFiles: Skip, MustRead: true}} {
			opt.Source, opt.Columns, opt.Stats = src, columns("bytes:bigint"), new(Stats)
			_, err := readAll(t, NewScan(opt, queueOf(objectOf("bad"), objectOf("good"))))
			checkError(t, test.name, err, "--bad-files")
			if !errors.Is(err, source.ErrUnreadable) {
				t.Errorf("%s: %v", test.name, err)
			}
		}
		src.err = errors.New("no network")
		opt := Options{Source: src, Columns: columns("bytes:bigint"), BadFiles: Skip, Stats: new(Stats)}
		if _, err := readAll(t, NewScan(opt, queueOf(objectOf("bad"), objectOf("good")))); err == nil || strings.Contains(err.Error(), "--bad-files") {
			t.Errorf("%s: the source's own failure: %v", test.name, err)
		}
	}
}

// An object that is shorter than its listing told was cut off while it was read:
// its text may end as any does.
func TestObjectsCutOffSinceTheyWereListed(t *testing.T) {
	whole := lines(3)
	for name, body := range map[string][]byte{
		"plain text at a line":   []byte(whole[:len(whole)-len("2 2000006\n")]),
		"plain text in a line":   []byte(whole[:len(whole)-3]),
		"gzip data at a member":  zip(lines(2)),
		"nothing":                {},
		"only the header":        []byte("srcport bytes\n"),
		"documents of Firehose":  []byte(`{"message":"2 111122223333 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 1 1 2 ACCEPT OK"}`),
		"Parquet to be declared": {},
	} {
		bad := objectOf("bad")
		bad.Size = int64(len(body)) + 7
		for policy, keeps := range map[Policy]bool{Fail: false, Warn: true, Skip: false} {
			var stats Stats
			var warned []error
			opt := Options{Source: memorySource{"bad": body}, Columns: columns("bytes:bigint"), BadFiles: policy, BadRows: Null, Stats: &stats}
			opt.Warn = func(err error) { warned = append(warned, err) }
			if strings.HasPrefix(name, "Parquet") {
				opt.Declared = &Declared{Parquet: true}
			}
			rows, err := readAll(t, NewScan(opt, queueOf(bad)))
			if policy == Fail {
				checkError(t, name, err, fmt.Sprintf("it has %d bytes, and had %d when it was listed", bad.Size-7, bad.Size))
				continue
			}
			checkWarned(t, name, warned, "when it was listed", stats.ObjectsSkipped.Load())
			if n := int64(len(rows)); err != nil || n != stats.Records.Load() || n > 0 && !keeps {
				t.Errorf("%s, policy %d: %d rows, %v", name, policy, n, err)
			}
		}
	}
}
