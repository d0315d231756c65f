package engine

import (
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

func TestMisfit(t *testing.T) {
	for _, c := range []struct {
		declared, header string
		want             int
	}{
		{"version account_id interface_id", "version account-id interface-id", -1},
		{"version account interfaceid sourceaddress", "version account-id interface-id srcaddr", -1},
		{"version account_id", "version account-id interface-id", -1},
		{"version account_id interface_id", "version account-id", -1},
		{"version interface_id account_id", "version account-id interface-id", 1},
		{"version account_id srcport", "version account-id srcaddr", 2},
		{"a b c", "version account-id interface-id", -1},
		{"v account_id eni bytes", "version account-id interface-id packets", 3},
		{"version bytes my_field", "version bytes my-field", -1},
		{"version action bytes", "version action my-field", 2},
	} {
		header, ok := schema.ParseHeader([]byte(c.header))
		if !ok {
			t.Fatalf("%s is no header", c.header)
		}
		var columns []schema.Column
		for _, name := range strings.Fields(c.declared) {
			columns = append(columns, schema.Column{Name: name})
		}
		if got := misfit(columns, header); got != c.want {
			t.Errorf("%s over %s: %d, want %d", c.declared, c.header, got, c.want)
		}
	}
}

// A declaration that fits names each column once, partition columns included.
func TestFittingTable(t *testing.T) {
	header, _ := schema.ParseHeader([]byte("version region bytes bytes"))
	table := schema.Table{Database: "default", Name: "t", Partitions: []schema.Column{{Name: "region"}}, Location: "s3://b/"}
	got := fittingTable(table, header)
	for _, want := range []string{"`version` int,", "`region_2` string,", "`bytes` bigint,", "`field_4` string)", "`region` string)", "'skip.header.line.count'='1'"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s\nlacks %s", got, want)
		}
	}
}
