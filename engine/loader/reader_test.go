package loader

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

const sample = `version account-id srcaddr dstaddr dstport bytes action
2 111122223333 10.0.0.2 2001:db8:1234:a102:3304:8879:34cf:4071 22 40 REJECT
2 111122223333 - - - - -
3 111122223333 192.168.100.200 10.0.0.9 443 12345678901 ACCEPT
`

func TestReaderGivesTheColumnsAskedFor(t *testing.T) {
	values := map[string]schema.Value{"region": schema.StringValue("ap-southeast-1"), "date": {Type: schema.Date, Int: 19784}}
	tests := []struct{ columns, want string }{
		{"dstport:int bytes:bigint", "22|40 ∅|∅ 443|12345678901"},
		{"bytes:int", "40 ∅ ∅"},
		{"action version:int", "REJECT|2 -|2 ACCEPT|3"},
		{"srcaddr dstaddr", "10.0.0.2|2001:db8:1234:a102:3304:8879:34cf:4071 -|- 192.168.100.200|10.0.0.9"},
		{"region date:date vpc_id dstport", "ap-southeast-1|2024-03-02|∅|22 ap-southeast-1|2024-03-02|∅|- ap-southeast-1|2024-03-02|∅|443"},
		{"", "  "},
	}
	for _, test := range tests {
		for name, body := range map[string][]byte{"plain": []byte(sample), "gzip": zip(sample), "no end": []byte(strings.TrimSuffix(sample, "\n"))} {
			object := objectOf("a")
			object.Values = values
			var stats Stats
			s := NewScan(Options{Source: memorySource{"a": body}, Columns: columns(test.columns), BadRows: Null, Stats: &stats}, queueOf(object))
			got, err := readAll(t, s)
			if want := strings.Split(test.want, " "); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s, %s: %q, %v, want %q", test.columns, name, got, err, want)
			}
		}
	}
}

func TestCancelEndsTheReading(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	opt := Options{Source: memorySource{"a": zip(lines(200_000))}, Columns: columns("bytes:bigint"), Stats: new(Stats)}
	r := NewScan(opt, queueOf(objectOf("a"))).Reader()
	defer r.Close()
	if _, err := r.Next(ctx); err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := r.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}
