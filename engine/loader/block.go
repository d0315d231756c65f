package loader

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/vpcq/vpcq/engine/loader/inflate"
)

const (
	// blockText is how much text is taken from an object at a time.
	blockText = 512 << 10

	// maxLine is the longest line that is read, without its end. Flow-log lines
	// have some hundred bytes; what is longer than this is no record.
	maxLine = 1 << 20

	// pad is how many bytes before and after the text may be read as if they
	// belonged to it, so that words are loaded without looking where it ends.
	pad = 64
)

// block is the part of an object's text that is in memory: whole lines, but for
// the last. Its buffer stays where it is from the first object to the last.
type block struct {
	buf     []byte
	maxLine int
	text    int  // bytes asked for at a time
	mayMend bool // somebody asks whether the text is ASCII

	pos, end int   // what is not consumed yet is buf[pos:end]
	cr       int   // the first carriage return at pos or after it; end where there is none
	ascii    bool  // where somebody asks: all of the text in memory is
	done     bool  // the object has no more text
	skipping bool  // pos is in the midst of a line that is too long
	err      error // the damage that ended the text
	whole    int   // where the last line that a newline ends, ends; 0: the lines are not all plain

	base    int64 // the offset of buf[0] in the object's text; only differences from it count
	members []int // where the second and later gzip members begin, in buf
	zip     int   // members begun before the text's end
}

func newBlock(text, maxLine int) *block {
	return &block{buf: make([]byte, pad+max(maxLine+1, inflate.Window)+text+pad), maxLine: maxLine, text: text}
}

// reset forgets the object before.
func (b *block) reset() {
	b.pos, b.end, b.cr = pad, pad, pad
	b.ascii, b.done, b.skipping, b.err = false, false, false, nil
	b.base, b.zip, b.whole = -pad, 0, 0
	b.members = b.members[:0]
}

// offset returns how many bytes of the object's text come before buf[pos].
func (b *block) offset(pos int) int64 { return b.base + int64(pos) }

// fill replaces what is consumed by the text that follows. It must be called
// when no line is left, and gives only errors that are not the object's damage.
func (b *block) fill(s *stream) error {
	b.follow(b, b.pos, s.window())
	return b.extend(s)
}

// extend reads more text behind what there is.
func (b *block) extend(s *stream) error {
	from := b.end
	for b.end-from < b.text && !b.done {
		n, err := s.read(b.buf, b.end, from+b.text)
		b.note(s.begun())
		b.end += n
		if err == nil {
			continue
		}
		b.done = true
		var bad damage
		if errors.As(err, &bad) {
			b.err = err
		} else if err != io.EOF {
			return err
		}
	}
	b.skipMark()
	b.survey()
	return nil
}

// follow takes the text of a block, which may be b itself, from there on to the
// front of the buffer, behind as much before it as makes up a window of that size.
func (b *block) follow(of *block, pos, window int) {
	from := max(pad, min(pos, of.end-window))
	by := from - pad
	copy(b.buf[pad:], of.buf[from:of.end])
	b.base = of.base + int64(by)
	b.pos, b.end, b.cr = pos-by, of.end-by, pad
	b.done, b.skipping, b.err = of.done, of.skipping, of.err
	b.zip, b.whole = of.zip, 0
	kept := b.members[:0]
	for _, at := range of.members {
		if at-by >= b.pos {
			kept = append(kept, at-by)
		}
	}
	b.members = kept
}

// startsMember reports whether a later gzip member begins at pos.
func (b *block) startsMember() bool {
	for len(b.members) > 0 && b.members[0] < b.pos {
		b.members = b.members[1:]
	}
	return len(b.members) > 0 && b.members[0] == b.pos
}

// note remembers that the text from b.end on belongs to a later gzip member.
func (b *block) note(members int) {
	if members == b.zip {
		return
	}
	if b.zip > 0 && (len(b.members) == 0 || b.members[len(b.members)-1] != b.end) {
		b.members = append(b.members, b.end)
	}
	b.zip = members
}

// skipMark passes over a byte order mark at the object's start, as Trino's
// TextLineReader does.
func (b *block) skipMark() {
	if b.offset(b.pos) == 0 && bytes.HasPrefix(b.buf[b.pos:b.end], []byte("\ufeff")) {
		b.pos += len("\ufeff")
	}
}

// survey finds out what is unusual in the text, so that nobody else need look.
func (b *block) survey() {
	clear(b.buf[b.end : b.end+pad])
	b.ascii = b.mayMend && isASCII(b.buf[b.pos:b.end])
	b.cr = b.pos
	b.findCR()
	b.whole = 0
	if b.cr == math.MaxInt && len(b.members) == 0 && !b.skipping {
		b.whole = b.pos + bytes.LastIndexByte(b.buf[b.pos:b.end], '\n') + 1
	}
	if b.end-b.whole > b.maxLine || b.whole == b.pos {
		b.whole = 0
	}
}

// findCR sets cr, which lies before pos.
func (b *block) findCR() {
	if i := bytes.IndexByte(b.buf[b.pos:b.end], '\r'); i >= 0 {
		b.cr = b.pos + i
	} else {
		b.cr = math.MaxInt
	}
}

// line returns the end of the line at pos and the start of the next. Lines end
// at LF, CR LF, CR, or the end of the object: so does Trino's TextLineReader
// (lib/trino-hive-formats, line/text/TextLineReader.java). ok is false where the
// end of the line is not in memory.
func (b *block) line() (end, next int, ok bool) {
	if b.cr < b.pos {
		b.findCR()
	}
	until := min(b.end, b.cr)
	if i := bytes.IndexByte(b.buf[b.pos:until], '\n'); i >= 0 {
		end = b.pos + i
		return end, end + 1, true
	}
	if until < b.end {
		return b.lineCR()
	}
	return b.end, b.end, b.done && b.err == nil && b.pos < b.end
}

// lineCR is line where a carriage return ends it.
func (b *block) lineCR() (end, next int, ok bool) {
	next = b.cr + 1
	if next < b.end && b.buf[next] == '\n' {
		return b.cr, next + 1, true
	}
	return b.cr, next, next < b.end || b.done
}

// tooLong reports whether the text that is left is the beginning of a line that
// is longer than maxLine.
func (b *block) tooLong() bool { return b.end-b.pos > b.maxLine }

// skipRest consumes the text, which is the midst of a line that is too long. A
// carriage return at its end is left, for a newline may follow it.
func (b *block) skipRest() {
	if b.end > b.pos && b.buf[b.end-1] == '\r' {
		b.pos = b.end - 1
	} else {
		b.pos = b.end
	}
}

// skipLine consumes the rest of the line that is being skipped, and reports
// whether its end has been found.
func (b *block) skipLine() bool {
	_, next, ok := b.line()
	if !ok {
		b.skipRest()
		return false
	}
	b.pos, b.skipping = next, false
	return true
}

// skipLines consumes every whole line, and gives an error where one is too long.
func (b *block) skipLines() error {
	for {
		end, next, ok := b.line()
		if !ok {
			end = b.end
		}
		if end-b.pos > b.maxLine {
			return damage{errLongLine(b.maxLine)}
		}
		if !ok {
			return nil
		}
		b.pos = next
	}
}

// countLines consumes every whole line and returns their number. It is for text
// in which no line can be too long and none ends at a carriage return.
func (b *block) countLines() int64 {
	last := bytes.LastIndexByte(b.buf[b.pos:b.end], '\n')
	n := bytes.Count(b.buf[b.pos:b.pos+last+1], newline)
	b.pos += last + 1
	if b.done && b.err == nil && b.pos < b.end {
		b.pos = b.end
		n++
	}
	return int64(n)
}

var newline = []byte{'\n'}

// errLongLine is the damage of a line that is too long to be a record.
func errLongLine(limit int) error {
	return fmt.Errorf("a line of more than %d bytes", limit)
}
