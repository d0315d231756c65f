package main

import (
	"strings"
	"testing"
)

const want = ` dstport | refused | sources
---------+---------+--------
      22 |      72 |      46
      23 |      16 |      15
    9200 |      14 |      11
    5900 |      13 |      12
    2375 |      10 |       9
(5 rows)
`

func TestRun(t *testing.T) {
	var got strings.Builder
	if err := run(t.Context(), "../bucket", &got); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("it prints\n%swant\n%s", &got, want)
	}
	if err := run(t.Context(), "no such folder", &got); err == nil {
		t.Error("a folder that is not there gives no error")
	}
}
