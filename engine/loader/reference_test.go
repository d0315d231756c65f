package loader

import (
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vpcq/vpcq/engine/javatext"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// outcome is what a scan of one object gives and counts.
type outcome struct {
	rows                                       []string
	err                                        bool
	lines, headers, records, rejected, damaged int64
	skipped                                    int64
}

// reference reads one object, given as its gzip members' texts, the plain way:
// strings.Split and math/big.
type reference struct {
	opt     Options
	maxLine int
	format  *schema.Format
	header  string
	need    int
	out     outcome
}

func (f *reference) read(members []string) outcome {
	starts := map[int]bool{}
	n := 0
	for i, m := range members {
		if i > 0 {
			starts[n] = true
		}
		n += len(m)
	}
	text := strings.Join(members, "")
	pos := 0
	if strings.HasPrefix(text, "\ufeff") {
		pos = len("\ufeff")
	}
	for first := true; pos < len(text) && !f.out.err; first = false {
		line, next := cutLine(text, pos)
		f.line(line, first, starts[pos])
		pos = next
	}
	f.out.records = int64(len(f.out.rows))
	return f.out
}

func cutLine(text string, pos int) (line string, next int) {
	i := strings.IndexAny(text[pos:], "\r\n")
	if i < 0 {
		return text[pos:], len(text)
	}
	next = pos + i + 1
	if strings.HasPrefix(text[pos+i:], "\r\n") {
		next++
	}
	return text[pos : pos+i], next
}

func (f *reference) line(line string, first, startsMember bool) {
	if first && f.begin(line) || f.out.err {
		return
	}
	f.out.lines++
	switch {
	case len(line) > f.maxLine:
		f.out.rejected++
		f.out.skipped = 1
		f.out.err = f.opt.BadFiles != Warn
	case startsMember && f.header != "" && line == f.header:
		f.out.headers++
	default:
		f.record(line)
	}
}

func (f *reference) begin(line string) (isHeader bool) {
	format, ok := schema.ParseHeader([]byte(line))
	if ok && len(line) <= f.maxLine {
		f.format, f.header = &format, line
		f.out.lines, f.out.headers = 1, 1
	} else if f.format = f.opt.Format; f.format == nil {
		f.out.skipped = 1
		f.out.err = true
		return false
	}
	for _, c := range f.opt.Columns {
		f.need = max(f.need, f.format.Index(c.Name)+1)
	}
	return f.header != ""
}

func (f *reference) record(line string) {
	fields := strings.Split(line, " ")
	if f.opt.BadRows != Null {
		if f.isWrong(line, fields) {
			f.out.rejected++
			f.out.err = f.opt.BadRows == Fail
			return
		}
	}
	n := len(f.format.Columns)
	damaged := line == "" || len(fields) < f.need || f.need == n && len(fields) > n
	var cells []string
	for _, c := range f.opt.Columns {
		cell, bad := f.cell(c, fields)
		damaged = damaged || bad
		cells = append(cells, cell)
	}
	if damaged {
		f.out.damaged++
	}
	f.out.rows = append(f.out.rows, strings.Join(cells, "|"))
}

func (f *reference) isWrong(line string, fields []string) bool {
	if line == "" || len(fields) != len(f.format.Columns) || !utf8.ValidString(line) {
		return true
	}
	for i, c := range f.format.Columns {
		if _, bad := number(fields[i], c.Type); bad && c.Type != schema.String {
			return true
		}
	}
	return false
}

func (f *reference) cell(c schema.Column, fields []string) (cell string, damaged bool) {
	i := f.format.Index(c.Name)
	switch {
	case i < 0 || i >= len(fields) || fields[i] == `\N`:
		return "∅", false
	case c.Type != schema.String:
		return number(fields[i], c.Type)
	case utf8.ValidString(fields[i]):
		return fields[i], false
	}
	return string(javatext.AppendUTF8(nil, []byte(fields[i]))), true
}

var numberPattern = regexp.MustCompile(`^([+-]?)([0-9]*)(\.[0-9]*)?$`)

func number(s string, t schema.Type) (cell string, bad bool) {
	if s == "-" || s == `\N` {
		return "∅", false
	}
	m := numberPattern.FindStringSubmatch(s)
	if m == nil || m[2]+m[3] == "" {
		return "∅", true
	}
	n, _ := new(big.Int).SetString(m[1]+"0"+m[2], 10)
	low, high := int64(math.MinInt64), int64(math.MaxInt64)
	if t == schema.Int {
		low, high = math.MinInt32, math.MaxInt32
	}
	if n.Cmp(big.NewInt(low)) < 0 || n.Cmp(big.NewInt(high)) > 0 {
		return "∅", true
	}
	return n.String(), false
}

// checkReference compares scans of one object with the reference.
func checkReference(t *testing.T, members []string, opt Options, text, maxLine int) {
	t.Helper()
	body := []byte(strings.Join(members, ""))
	if len(members) > 1 || strings.HasPrefix(members[0], "\x1f\x8b") {
		body = zip(members...)
	}
	opt.Source = memorySource{"a": body}
	want := (&reference{opt: opt, maxLine: maxLine}).read(members)
	for _, counting := range []bool{false, true} {
		var stats Stats
		opt.Stats = &stats
		s := NewScan(opt, queueOf(Object{Object: source.Object{Key: "a"}}))
		s.text, s.maxLine = text, maxLine
		got := outcome{}
		var err error
		if counting {
			got.records, err = countAll(t, s)
			got.rows, got.damaged = want.rows, want.damaged
		} else {
			got.rows, err = readAll(t, s)
			got.records = int64(len(got.rows))
			got.damaged = stats.Damaged.Load()
		}
		if got.err = err != nil; got.err && want.err {
			continue
		}
		got.lines, got.headers, got.rejected = stats.Lines.Load(), stats.Headers.Load(), stats.Rejected.Load()
		got.skipped = stats.ObjectsSkipped.Load()
		if !slices.Equal(got.rows, want.rows) || got.err != want.err || got.counts() != want.counts() {
			t.Fatalf("%q\ncolumns %v, bad rows %d, bad files %d, text %d, longest line %d, counting %v\ngot  %+v\nwant %+v\nerror %v",
				members, opt.Columns, opt.BadRows, opt.BadFiles, text, maxLine, counting, got, want, err)
		}
	}
}

func (o outcome) counts() [6]int64 {
	return [6]int64{o.lines, o.headers, o.records, o.rejected, o.damaged, o.skipped}
}

var projections = []string{
	"version:int account_id srcaddr dstaddr dstport:int bytes:bigint action",
	"version:int",
	"action dstport:int",
	"bytes:bigint srcaddr nothing:int",
	"bytes:int version",
	"",
}

// checkText checks one combination of policies and columns, by number.
func checkText(t *testing.T, members []string, text, maxLine, choice int) {
	t.Helper()
	format, _ := schema.ParseHeader([]byte("version account-id srcaddr dstport bytes action"))
	opt := Options{Columns: columns(projections[choice%len(projections)]), Format: &format}
	choice /= len(projections)
	opt.BadRows = []Policy{Null, Warn, Fail}[choice%3]
	opt.BadFiles = []Policy{Warn, Fail}[choice/3%2]
	if choice/6%4 == 0 {
		opt.Format, opt.BadFiles = nil, Fail
	}
	checkReference(t, members, opt, text, maxLine)
}

func TestReaderAgreesWithThePlainWay(t *testing.T) {
	rounds := 3000
	if testing.Short() {
		rounds = 300
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range rounds {
		var members []string
		for range 1 + max(0, random.IntN(5)-2) {
			members = append(members, mutate(random, sample[:len(sample)-random.IntN(2)]))
		}
		checkText(t, members, 16+random.IntN(300), 60+random.IntN(200), random.IntN(1<<20))
	}
}

// mutate damages text in a few places.
func mutate(random *rand.Rand, text string) string {
	snippets := []string{" ", "\n", "\r", "\r\n", "\t", "-", `\N`, "\x00", "\xff", "é", "\xe2\x82", ".", "+", "0",
		"99999999999999999999", "5.0", "\n\n", "  ", "", "\ufeff", strings.Repeat("x", 100), "9223372036854775808", "-9223372036854775808"}
	for range random.IntN(6) {
		i := random.IntN(len(text) + 1)
		j := min(len(text), i+random.IntN(4))
		text = text[:i] + snippets[random.IntN(len(snippets))] + text[j:]
	}
	return text
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{sample, "", "\n", "\r\n\r", "version\n", "version account-id\n1 2 3\n\n 4\n", "\ufeffversion bytes\n1 5.0\n"} {
		for choice := range uint16(6) {
			f.Add([]byte(seed), byte(37), choice*43)
		}
	}
	if published, err := os.ReadFile("../../../shared/domain/samples.log"); err == nil {
		for _, group := range strings.Split(string(published), "\n\n") {
			f.Add([]byte(group), byte(255), uint16(36))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, sizes byte, choice uint16) {
		if len(text) > 1 && text[0] == 0x1f && text[1] == 0x8b {
			return // is taken as gzip data
		}
		checkText(t, []string{string(text)}, 16+int(sizes&15)*16, 60+int(sizes>>4)*16, int(choice))
	})
}

// FuzzObject reads any bytes as an object: whatever they are, every line is
// accounted for, and Count and Next give as many records.
func FuzzObject(f *testing.F) {
	for _, d := range damages {
		if len(d.body) < 1<<20 {
			f.Add(d.body, byte(7))
		}
	}
	f.Fuzz(func(t *testing.T, body []byte, policies byte) {
		var read [2]int64
		for i := range read {
			var stats Stats
			opt := Options{Source: memorySource{"a": body}, Columns: columns("bytes:bigint srcaddr"), Stats: &stats}
			opt.BadFiles = []Policy{Warn, Skip, Fail}[policies%3]
			opt.BadRows = []Policy{Null, Warn, Fail}[policies/3%3]
			s := NewScan(opt, queueOf(objectOf("a")))
			s.text, s.maxLine = 256, 512
			var err error
			if i == 0 {
				_, err = countAll(t, s)
			} else {
				_, err = readAll(t, s)
			}
			if read[i] = stats.Records.Load(); err != nil {
				read[i] = -1
			}
		}
		if read[0] != read[1] {
			t.Errorf("counted %d records, read %d", read[0], read[1])
		}
	})
}
