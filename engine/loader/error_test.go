package loader

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestErrorNamesTheByte(t *testing.T) {
	body := cut(zip(lines(1000)), 3000)
	opt := Options{Source: memorySource{"AWSLogs/a.log.gz": body}, BadRows: Null, Stats: new(Stats)}
	_, err := readAll(t, NewScan(opt, queueOf(objectOf("AWSLogs/a.log.gz"))))
	if want := "read object AWSLogs/a.log.gz: at byte 3000: unexpected end of gzip data; --bad-files warn keeps what came before, skip leaves the object out"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// A failure of the source names the object once, whoever does.
func TestFailureNamesTheObjectOnce(t *testing.T) {
	for said, want := range map[string]string{
		"read s3://bucket/AWSLogs/a.log: the connection broke": "read s3://bucket/AWSLogs/a.log: the connection broke",
		"the disk is gone": "read object AWSLogs/a.log: at byte 9: the disk is gone",
	} {
		broken := errors.New(said)
		src := &watched{memorySource: memorySource{"AWSLogs/a.log": []byte("srcport\n1")}, fails: map[string]error{"AWSLogs/a.log": broken}}
		_, err := readAll(t, NewScan(Options{Source: src, Stats: new(Stats)}, queueOf(objectOf("AWSLogs/a.log"))))
		var e *Error
		if err == nil || err.Error() != want || !errors.Is(err, broken) || !errors.As(err, &e) || e.Key != "AWSLogs/a.log" {
			t.Errorf("error %v, want %s", err, want)
		}
		src.before = func(context.Context, string) error { return broken }
		_, err = readAll(t, NewScan(Options{Source: src, Stats: new(Stats)}, queueOf(objectOf("AWSLogs/a.log"))))
		if want := strings.Replace(want, "at byte 9: ", "", 1); err == nil || err.Error() != want || !errors.Is(err, broken) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
