package loader

import (
	"slices"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

const exported = "2024-03-02T00:00:01.000Z 2 111122223333 eni-1 10.0.0.1 10.0.0.9 40000 22 6 1 40 1709337601 1709337660 REJECT OK\n" +
	"2024-03-02T00:01:00.000Z 2 111122223333 eni-1 - - - - - - - 1709337660 1709337720 - NODATA\n"

func TestExports(t *testing.T) {
	columns := columns("timestamp srcaddr bytes:bigint log_status")
	want := []string{"2024-03-02T00:00:01.000Z|10.0.0.1|40|OK", "2024-03-02T00:01:00.000Z|-|∅|NODATA"}
	for _, body := range [][]byte{[]byte(exported), zip(exported)} {
		for _, rows := range []Policy{Null, Fail, Warn} {
			got, stats, err := answer(t, body, Options{Columns: columns, BadRows: rows})
			if err != nil || !slices.Equal(got, want) || stats.Records.Load() != 2 || stats.Headers.Load() != 0 {
				t.Errorf("%v: %q, %d records", err, got, stats.Records.Load())
			}
		}
	}
}

func TestExportsOfALogFormat(t *testing.T) {
	format, err := schema.ParseLogFormat("${srcaddr} ${bytes}")
	if err != nil {
		t.Fatal(err)
	}
	text := "2024-03-02T00:00:01.000Z 10.0.0.7 99\n"
	got, _, err := answer(t, []byte(text), Options{Columns: columns("timestamp bytes:bigint srcaddr"), Format: &format})
	if err != nil || !slices.Equal(got, []string{"2024-03-02T00:00:01.000Z|99|10.0.0.7"}) {
		t.Errorf("%v: %q", err, got)
	}
}

func TestNoExports(t *testing.T) {
	for _, line := range []string{
		strings.Replace(exported, " 2 ", " 3 ", 1),                                                     // some format of version 3
		strings.Replace(exported, " eni-1 ", " eni-1 x ", 1),                                           // a field too many
		strings.Replace(exported, "eni-1 10.0.0.1 10.0.0.9 40000", "40000 eni-1 10.0.0.1 10.0.0.9", 1), // another order
		strings.Replace(exported, "REJECT OK", "OK REJECT", 1),
		strings.Replace(exported, "-02T", "-32T", 1), // no day
		strings.Replace(exported, ".000Z", "Z", 1),   // no milliseconds
		"2024-03-02T00:00:01.000Z",
	} {
		if _, _, err := answer(t, []byte(line), Options{Columns: columns("bytes:bigint")}); err == nil || !strings.Contains(err.Error(), errNoHeader.Error()) {
			t.Errorf("%q: %v", line, err)
		}
	}
}
