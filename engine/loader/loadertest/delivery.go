package loadertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Delivery is a way in which AWS delivers flow logs.
type Delivery struct {
	Name       string
	Doc        string
	Headerless bool                              // its objects have no header line
	Write      func(text []byte) ([]byte, error) // makes the object of a flow log's text: a header line and records
}

// Deliveries is every way in which AWS delivers flow logs. Sources: the VPC guide
// for S3, the CloudWatch Logs guide for exports and subscription filters, and the
// Firehose guide, "Amazon S3 object name format" and "Message extraction after
// decompression of CloudWatch Logs".
var Deliveries = []Delivery{
	{"text", "a header line and records", false, func(text []byte) ([]byte, error) { return text, nil }},
	{"gzip", "the same in gzip data, as S3 gets it", false, compressed(nil)},
	{"parquet-groups", "Parquet with 64 records in a row group", false, func(text []byte) ([]byte, error) { return Parquet(text, 64) }},
	{"export", "an export from CloudWatch Logs: a stamp before each record", true, export},
	{"export-gzip", "the same in gzip data, as S3 gets it", true, compressed(export)},
	{"lines", "records from Firehose, a line each", true, withoutHeader},
	{"lines-gzip", "the same in gzip data", true, compressed(withoutHeader)},
	{"json-lines", "records from Firehose, a JSON document on each line", true, messages("\n")},
	{"json-lines-gzip", "the same in gzip data", true, compressed(messages("\n"))},
	{"json", "JSON documents from Firehose, one directly behind the other", true, messages("")},
	{"json-gzip", "the same in gzip data", true, compressed(messages(""))},
	{"envelopes", "a subscription of CloudWatch Logs that Firehose decompressed", true, func(text []byte) ([]byte, error) { return together(text, nil) }},
	{"envelopes-gzip", "a subscription of CloudWatch Logs: a gzip member for each envelope", true, func(text []byte) ([]byte, error) { return together(text, zip) }},
	{"envelopes-gzip-twice", "the same, which Firehose compressed again", true, compressed(func(text []byte) ([]byte, error) { return together(text, zip) })},
}

// zip compresses data as one gzip member.
func zip(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// compressed writes what write does, compressed; nil: the text itself.
func compressed(write func([]byte) ([]byte, error)) func([]byte) ([]byte, error) {
	return func(text []byte) (data []byte, err error) {
		if write != nil {
			if text, err = write(text); err != nil {
				return nil, err
			}
		}
		return zip(text)
	}
}

// withoutHeader is the records.
func withoutHeader(text []byte) ([]byte, error) {
	_, records, _ := bytes.Cut(text, []byte{'\n'})
	return records, nil
}

// export writes the time of each record before it.
func export(text []byte) ([]byte, error) {
	var b bytes.Buffer
	err := eachRecord(text, func(began time.Time, record string) error {
		_, err := fmt.Fprintf(&b, "%s %s\n", began.Format("2006-01-02T15:04:05.000Z"), record)
		return err
	})
	return b.Bytes(), err
}

// messages writes records as Firehose gets them from VPC, with this between them.
func messages(between string) func([]byte) ([]byte, error) {
	return func(text []byte) ([]byte, error) {
		var b bytes.Buffer
		err := eachRecord(text, func(_ time.Time, record string) error {
			document, err := json.Marshal(map[string]string{"message": record})
			b.Write(document)
			b.WriteString(between)
			return err
		})
		return b.Bytes(), err
	}
}

// event is one of a log stream.
type event struct {
	ID        string `json:"id"`
	Timestamp int64  `json:"timestamp"`
	Message   string `json:"message"`
}

// envelopes are the documents of a subscription of CloudWatch Logs to these
// records, the first of them the one that it sends to see whether it can.
func envelopes(text []byte, each int) (documents [][]byte, err error) {
	add := func(kind string, events []event) {
		document, _ := json.Marshal(map[string]any{ // which has nothing that cannot be JSON
			"messageType": kind, "owner": "111122223333", "logGroup": "flow {logs}", "logStream": "eni-1-all",
			"subscriptionFilters": []string{"all"}, "logEvents": events,
		})
		documents = append(documents, document)
	}
	add("CONTROL_MESSAGE", []event{{"", 0, "CWL CONTROL MESSAGE: Checking health of destination Firehose."}})
	var events []event
	err = eachRecord(text, func(began time.Time, record string) error {
		events = append(events, event{strconv.Itoa(len(documents)*each + len(events)), began.UnixMilli(), record})
		if len(events) == each {
			add("DATA_MESSAGE", events)
			events = nil
		}
		return nil
	})
	if len(events) > 0 {
		add("DATA_MESSAGE", events)
	}
	return documents, err
}

// together writes envelopes one behind the other, each by store.
func together(text []byte, store func([]byte) ([]byte, error)) ([]byte, error) {
	documents, err := envelopes(text, 3)
	if err != nil {
		return nil, err
	}
	var all []byte
	for _, document := range documents {
		if store != nil {
			if document, err = store(document); err != nil {
				return nil, err
			}
		}
		all = append(all, document...)
	}
	return all, nil
}

// eachRecord calls yield with each record and when it began.
func eachRecord(text []byte, yield func(began time.Time, record string) error) error {
	header, records, _ := strings.Cut(string(text), "\n")
	start := -1
	for i, field := range strings.Fields(header) {
		if field == "start" {
			start = i
		}
	}
	for line := range strings.Lines(records) {
		record := strings.TrimSuffix(line, "\n")
		var began int64
		if fields := strings.Fields(record); start >= 0 && start < len(fields) {
			began, _ = strconv.ParseInt(fields[start], 10, 64) // a record may say "-"
		}
		if err := yield(time.Unix(began, 0).UTC(), record); err != nil {
			return err
		}
	}
	return nil
}
