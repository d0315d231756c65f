package dialect

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// hiveNatives read the text of Hive's files as Trino reads it (its
// lib/trino-hive-formats, encodings/text and HiveFormatUtils).
var hiveNatives = []Native{
	{Name: "vpcq_hive_timestamp", Parameters: []string{"VARCHAR"}, Result: "TIMESTAMP", Call: func(args []any) (any, error) { return hiveTimestamp(args[0].(string)), nil }},
	{Name: "vpcq_hive_date", Parameters: []string{"VARCHAR"}, Result: "DATE", Call: func(args []any) (any, error) { return hiveDate(args[0].(string)) }},
}

// timestampShape is what Trino's lenient parser takes: a field may have fewer
// digits or more than its unit counts to, which then carries over. The second form
// has a T between date and time.
var timestampShape = regexp.MustCompile(`^(-?\d{1,9})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?|[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?$`)

// shortestTimestamp is the least text that Hive takes for a timestamp.
const shortestTimestamp = 8

// hiveTimestamp reads a timestamp to the millisecond, as microseconds since 1970;
// nil where the text is none.
func hiveTimestamp(text string) any {
	m := timestampShape.FindStringSubmatch(strings.TrimFunc(text, func(c rune) bool { return c <= ' ' }))
	if len(text) < shortestTimestamp || m == nil {
		return nil
	}
	if m[4] == "" {
		copy(m[4:8], m[8:12])
	}
	var n [6]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1]) // of at most nine digits; what is not there is 0
	}
	nanos, _ := strconv.Atoi((m[7] + "000000000")[:9])
	t := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
	return t.Unix()*1_000_000 + int64(nanos+500_000)/1_000_000*1000
}

// dateShape is what Joda's ISO parser takes for a date.
var dateShape = regexp.MustCompile(`^([+-]?\d{1,9})-(\d{1,2})-(\d{1,2})$`)

// hiveDate reads a date, as days since 1970. An empty text is null; one that is no
// date is an error, in Athena too.
func hiveDate(text string) (any, error) {
	if text == "" {
		return nil, nil
	}
	if m := dateShape.FindStringSubmatch(text); m != nil {
		year, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		day, _ := strconv.Atoi(m[3])
		t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if t.Year() == year && int(t.Month()) == month && t.Day() == day {
			return int32(t.Unix() / 86400), nil
		}
	}
	return nil, fmt.Errorf("HIVE_BAD_DATA: Invalid date: %s", strconv.Quote(text))
}
