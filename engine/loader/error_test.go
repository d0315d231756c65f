package loader

import "testing"

func TestErrorNamesTheByte(t *testing.T) {
	body := cut(zip(lines(1000)), 3000)
	opt := Options{Source: memorySource{"AWSLogs/a.log.gz": body}, BadRows: Null, Stats: new(Stats)}
	_, err := readAll(t, NewScan(opt, queueOf(objectOf("AWSLogs/a.log.gz"))))
	if want := "read object AWSLogs/a.log.gz: at byte 3000: unexpected end of gzip data; --bad-files warn keeps what came before, skip leaves the object out"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
