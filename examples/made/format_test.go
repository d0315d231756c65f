package made

import (
	"slices"
	"strings"
	"testing"
)

func TestFormats(t *testing.T) {
	// Source: the default format of docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html.
	const byDefault = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n"
	if got := formats["default"]; got.header != byDefault || got.version != 2 {
		t.Errorf("default is version %d: %s", got.version, got.header)
	}
	v5 := formats["v5"]
	names := strings.Fields(v5.header)
	if len(names) != 29 || v5.version != 5 || !slices.IsSorted(names) {
		t.Errorf("v5 is version %d with %d fields: %s", v5.version, len(names), v5.header)
	}
}
