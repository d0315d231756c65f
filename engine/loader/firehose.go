package loader

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/vpcq/vpcq/engine/loader/document"
)

// unwrapper gives the text of an object that Amazon Data Firehose wrote as JSON
// documents one behind the other, with newlines between them or without: each
// message on a line of its own. A document is a record as VPC delivers it,
// {"message":"2 …"}, or an envelope of a subscription of CloudWatch Logs with its
// events' messages (CloudWatch Logs guide, "Log group-level subscription
// filters"); these lines begin with the event's time, as those of an export do.
// An envelope without data, which CloudWatch Logs sends to see whether it can, is
// counted and has no line.
type unwrapper struct {
	in   io.Reader
	buf  []byte // buf[from:to] is read, and not understood yet
	from int
	to   int
	err  error // that ended the reading of in

	lines     []byte // text that is not given out yet is lines[given:]
	given     int
	failed    error // that follows the lines
	documents int64 // understood
	envelopes bool  // the documents are envelopes
	controls  int64 // envelopes without data
}

// maxDocument is how much of an object is held in memory in search of a
// document's end, in bytes. CloudWatch Logs fills an envelope up to a megabyte,
// compressed.
const maxDocument = 64 << 20

var (
	errNoMessage   = errors.New("it holds no message of a flow log")
	errOtherKind   = errors.New("records and envelopes of CloudWatch Logs stand in one object")
	errCutDocument = errors.New("it is cut short")
	errLong        = fmt.Errorf("it has more than %d MB", maxDocument>>20)
)

// open begins the text of an object.
func (u *unwrapper) open(in io.Reader) {
	*u = unwrapper{in: in, buf: u.buf, lines: u.lines[:0]}
	if u.buf == nil {
		u.buf = make([]byte, inputSize)
	}
}

// Read implements io.Reader.
func (u *unwrapper) Read(p []byte) (int, error) {
	for u.given == len(u.lines) {
		u.given, u.lines = 0, u.lines[:0]
		if u.failed != nil {
			return 0, u.failed
		}
		u.failed = u.understand()
	}
	n := copy(p, u.lines[u.given:])
	u.given += n
	return n, nil
}

// understand makes lines of the documents that are in memory, or of the first
// that ends further on. Its error is io.EOF behind the last document.
func (u *unwrapper) understand() error {
	for len(u.lines) < len(u.buf) {
		v, rest, err := document.Next(u.buf[u.from:u.to])
		switch {
		case err == io.ErrUnexpectedEOF && u.err == nil, v.Kind == document.None && err == nil && u.err == nil:
			if len(u.lines) > 0 {
				return nil
			}
			if err := u.more(); err != nil {
				return u.wrong(err)
			}
			continue
		case v.Kind == document.None && err == nil:
			return u.err
		case err == io.ErrUnexpectedEOF && u.err != io.EOF:
			return u.err // the object is damaged, and its text therefore not whole
		case err == io.ErrUnexpectedEOF:
			err = errCutDocument
		case err == nil:
			err = u.take(v)
		}
		if err != nil {
			return u.wrong(err)
		}
		u.documents++
		u.from = u.to - len(rest)
	}
	return nil
}

// more reads more of the object, and makes room where there is none.
func (u *unwrapper) more() error {
	if u.from > 0 {
		u.to = copy(u.buf, u.buf[u.from:u.to])
		u.from = 0
	}
	if u.to == len(u.buf) {
		if u.to >= maxDocument {
			return errLong
		}
		u.buf = append(u.buf, make([]byte, len(u.buf))...)
	}
	for n := 0; n == 0 && u.err == nil; {
		n, u.err = u.in.Read(u.buf[u.to:])
		u.to += n
	}
	return nil
}

// wrong is the damage of the document that comes next.
func (u *unwrapper) wrong(err error) error {
	return damage{fmt.Errorf("JSON document %d: %w", u.documents+1, err)}
}

// take makes lines of a document.
func (u *unwrapper) take(v document.Value) error {
	var message, kind, events document.Value
	for name, value := range v.Members() {
		switch {
		case name.Is("message"):
			message = value
		case name.Is("messageType"):
			kind = value
		case name.Is("logEvents"):
			events = value
		}
	}
	isEnvelope := kind.Kind == document.String && events.Kind == document.Array
	if u.documents > 0 && isEnvelope != u.envelopes {
		return errOtherKind
	}
	u.envelopes = isEnvelope
	switch {
	case isEnvelope && kind.Is("CONTROL_MESSAGE"):
		u.controls++
		return nil
	case isEnvelope && kind.Is("DATA_MESSAGE"):
		return u.takeEvents(events)
	case isEnvelope || message.Kind != document.String:
		return errNoMessage
	}
	u.appendLine(message)
	return nil
}

// takeEvents makes lines of the events of an envelope: of all of them, or of none
// where one of them has no message or time.
func (u *unwrapper) takeEvents(events document.Value) error {
	before := len(u.lines)
	for event := range events.Elements() {
		var message, stamp document.Value
		for name, value := range event.Members() {
			switch {
			case name.Is("message"):
				message = value
			case name.Is("timestamp"):
				stamp = value
			}
		}
		ms, ok := parseLong(stamp.Raw)
		if stamp.Kind != document.Number || !ok || message.Kind != document.String {
			u.lines = u.lines[:before]
			return errNoMessage
		}
		u.lines = time.UnixMilli(ms).UTC().AppendFormat(u.lines, stampLayout)
		u.lines = append(u.lines, ' ')
		u.appendLine(message)
	}
	return nil
}

// appendLine appends a message, and a newline unless it ends in one.
func (u *unwrapper) appendLine(message document.Value) {
	before := len(u.lines)
	u.lines = message.AppendText(u.lines)
	if n := len(u.lines); n == before || u.lines[n-1] != '\n' {
		u.lines = append(u.lines, '\n')
	}
}
