package duckdb

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions/source"
)

// TestFiltersAreSound compares what random conditions let through, where the
// loader leaves records out before they become values, with the records for which
// they are true, as one statement tells for which it leaves out none.
func TestFiltersAreSound(t *testing.T) {
	const conditions = 150 // for each policy
	db := open(t)
	for _, rows := range []loader.Policy{loader.Null, loader.Warn} {
		random := rand.New(rand.NewPCG(9, uint64(rows)))
		bucket := fstest.MapFS{}
		for i := range 3 {
			folder := fmt.Sprintf("AWSLogs/111122223333/vpcflowlogs/eu-west-1/2024/12/3%d/", i%2)
			bucket[folder+fmt.Sprint(i)+".log"] = &fstest.MapFile{Data: uneven(random, i)}
		}
		e := engine.New(db, engine.Options{Source: source.FS(bucket, "the bucket"), BadRows: rows})
		g := generator{random, []string{"srcaddr", "protocol", "dstport", "dstport", "action", "action", "region", "date"}}
		all := make([]string, conditions)
		for i := range all {
			all[i] = g.condition(3)
		}
		want := trueFor(t, e, all)
		for i, condition := range all {
			if _, ids := kept(t, e, condition); !slices.Equal(ids, want[i]) {
				t.Errorf("WHERE %s\ngives records %v,\nwithout filters %v", condition, ids, want[i])
			}
		}
	}
}

// uneven is an object of 300 records, in one of three formats, whose bytes are
// unique; some lack fields or have odd ones.
func uneven(random *rand.Rand, format int) []byte {
	fields := [][]string{
		{"bytes", "srcaddr", "protocol", "dstport", "start", "action"},
		{"action", "bytes", "dstport", "srcaddr"},
		{"srcaddr", "bytes", "action"},
	}[format]
	values := map[string][]string{
		"srcaddr":  {"10.0.0.1", "10.0.0.2", "-", `\N`, "2001:db8:85a3::8a2e:370:7334", "10.0.0.\xff"},
		"protocol": {"6", "6", "17", "-", "x", "99999999999"},
		"dstport":  {"22", "443", "-", "022", "22.9", "3000000000"},
		"start":    {"1735602900", "1735603000", "-"},
		"action":   {"ACCEPT", "REJECT", "-", "REJECTED"},
	}
	var b strings.Builder
	b.WriteString(strings.Join(fields, " ") + "\n")
	for i := range 300 {
		line := make([]string, len(fields))
		for j, f := range fields {
			if f == "bytes" {
				line[j] = fmt.Sprint(format*1000 + i)
			} else {
				line[j] = values[f][random.IntN(len(values[f]))]
			}
		}
		if random.IntN(20) == 0 {
			line = line[:2+random.IntN(len(line)-1)]
		}
		b.WriteString(strings.Join(line, " ") + "\n")
	}
	return []byte(b.String())
}
