package loader

import (
	"bytes"
	"io"

	"github.com/vpcq/vpcq/engine/loader/inflate"
)

// headSize is how much of an object's text is looked at to see what it is.
const headSize = 64

// wrapping is what is known of the text of an object before it is read, and what
// the flow log's text is to be taken out of, if it does not stand there as it is.
type wrapping struct {
	head    []byte // the beginning of the text, not given out yet
	headErr error  // that follows it

	text  io.Reader // the flow log's text; nil: it is the stream's
	plain inflated  // the stream's text, for those who take the flow log's out of it
	json  *unwrapper
	again *stream // what inflates text that is gzip data
}

// reset forgets the object before.
func (w *wrapping) reset() {
	w.head, w.headErr, w.text = w.head[:0], nil, nil
}

// unwrap looks at the beginning of the object's text. What Amazon Data Firehose
// writes is taken out of its JSON documents; and it may compress what CloudWatch
// Logs has compressed already, so that gzip data in gzip data are inflated again,
// as long as there is a further time to inflate.
func (s *stream) unwrap(times int) {
	w := &s.wrapping
	s.readHead()
	text := bytes.TrimPrefix(w.head, []byte("\ufeff"))
	switch {
	case times > 0 && bytes.HasPrefix(w.head, gzipMagic):
		if w.again == nil {
			w.again = new(stream)
		}
		w.again.open(s.body.ctx, io.NopCloser(s.reader()), 0)
		w.again.unwrap(times - 1)
		w.text = w.again.reader()
	case bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte{'{'}):
		w.head = text
		if w.json == nil {
			w.json = new(unwrapper)
		}
		w.json.open(s.reader())
		w.text = w.json
	}
}

// readHead reads the beginning of the text: of the first gzip member that is not empty.
func (s *stream) readHead() {
	w := &s.wrapping
	if w.head == nil {
		w.head = make([]byte, 0, headSize)
	}
	var head [headSize]byte
	n := 0
	for n == 0 && w.headErr == nil {
		n, w.headErr = s.readOn(head[:], 0, headSize)
	}
	w.head = append(w.head, head[:n]...)
}

// takeHead gives out of what readHead has read.
func (w *wrapping) takeHead(p []byte) (int, error) {
	if len(w.head) == 0 {
		return 0, w.headErr
	}
	n := copy(p, w.head)
	w.head = w.head[n:]
	return n, nil
}

// hasHead reports whether something that readHead has read is not given out yet.
func (w *wrapping) hasHead() bool { return len(w.head) > 0 || w.headErr != nil }

// reader gives the flow log's text, as far as it has been unwrapped.
func (s *stream) reader() io.Reader {
	if s.wrapping.text != nil {
		return s.wrapping.text
	}
	s.wrapping.plain.reset(s)
	return &s.wrapping.plain
}

// wraps reports whether the flow log's text is taken out of JSON documents.
func (s *stream) wraps() bool {
	w := &s.wrapping
	return w.text != nil && (w.text == io.Reader(w.json) || w.again != nil && w.again.wraps())
}

// controls returns how many of the object's documents were envelopes without data.
func (s *stream) controls() int64 {
	switch {
	case s.wrapping.text == nil:
		return 0
	case s.wrapping.text == s.wrapping.json:
		return s.wrapping.json.controls
	}
	return s.wrapping.again.controls()
}

// inflated gives the text of a stream to those who keep no window of it.
type inflated struct {
	of       *stream
	buf      []byte // buf[from:to] is not given out yet
	from, to int
	err      error // that follows
}

func (i *inflated) reset(s *stream) {
	if i.buf == nil {
		i.buf = make([]byte, inflate.Window+inputSize)
	}
	i.of, i.from, i.to, i.err = s, 0, 0, nil
}

// Read implements io.Reader.
func (i *inflated) Read(p []byte) (int, error) {
	for i.from == i.to {
		if i.to > inflate.Window {
			i.to = copy(i.buf, i.buf[i.to-inflate.Window:i.to])
		}
		i.from = i.to
		if i.err != nil {
			return 0, i.err
		}
		var n int
		n, i.err = i.of.readPlain(i.buf, i.to, len(i.buf))
		i.to += n
	}
	n := copy(p, i.buf[i.from:i.to])
	i.from += n
	return n, nil
}
