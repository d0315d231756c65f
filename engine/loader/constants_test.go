package loader

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

// A batch of constants has every value of every row in its place.
func TestConstants(t *testing.T) {
	all := columns("region bytes:bigint port:int date:date")
	long := strings.Repeat("eu-west-", 3)
	b := Constants(all, []map[string]schema.Value{
		{"region": schema.StringValue("eu"), "bytes": schema.IntValue(1 << 40), "port": schema.IntValue(22), "other": schema.IntValue(1)},
		{"region": schema.StringValue(long), "port": schema.IntValue(1 << 40), "date": {Type: schema.Date, Int: 19000}},
		{},
		{"region": schema.StringValue(long + "1"), "bytes": schema.StringValue("7")},
	})
	record := b.Record()
	var got []string
	for row := range int(record.NumRows()) {
		for _, c := range record.Columns() {
			got = append(got, c.ValueStr(row))
		}
	}
	want := []string{
		"eu", "1099511627776", "22", "(null)",
		long, "(null)", "(null)", "2022-01-08",
		"(null)", "(null)", "(null)", "(null)",
		long + "1", "7", "(null)", "(null)",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if s := b.StringAt(0, 3); s != long+"1" {
		t.Errorf("the string is %q", s)
	}
}
