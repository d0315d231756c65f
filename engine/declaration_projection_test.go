package engine

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/schema"
)

// The properties that Declare writes for a layout project the folder in which the
// layout's example lies.
func TestDeclaredProjectionsReachTheirLayouts(t *testing.T) {
	for i, layout := range partitions.Layouts {
		at := &partitions.Partition{Account: "111122223333", Region: "us-east-1", Organization: "o-a1b2c3d4e5"}
		flow := SurveyedFlow{First: time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC), Days: 1}
		flow.Sample.Partition = at
		g := &declaring{top: "s3://b/logs/", layout: &partitions.Layouts[i], flows: []SurveyedFlow{flow}}
		table := g.table()
		projection, err := partitions.NewProjection(&table)
		if err != nil {
			t.Errorf("%s: %v", layout.Name, err)
			continue
		}
		var prefixes []string
		for p, err := range projection.Partitions(schema.Predicate{}, time.Date(2024, 3, 3, 0, 0, 0, 0, time.UTC)) {
			if err != nil {
				t.Fatal(err)
			}
			prefixes = append(prefixes, p.Prefix)
		}
		want := "s3://b/logs/" + layout.Example[:strings.LastIndexByte(layout.Example, '/')+1]
		if !slices.Contains(prefixes, want) {
			t.Errorf("%s: %q is none of %d, the last of them %q", layout.Name, want, len(prefixes), prefixes[len(prefixes)-1])
		}
	}
}
