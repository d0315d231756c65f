package partitions

import (
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

func TestPartitionValues(t *testing.T) {
	tests := []struct{ prefix, want string }{
		{"AWSLogs/o-abc/111122223333/vpcflowlogs/us-east-1/2024/03/02", "account_id=111122223333 date=2024-03-02 region=us-east-1"},
		{"AWSLogs/111122223333/vpcflowlogs/us-east-1/2024/03/02/05", "account_id=111122223333 date=2024-03-02 hour=05 region=us-east-1"},
		{"AWSLogs/aws-account-id=111122223333/service=vpcflowlogs/aws-region=us-east-1/year=2024/month=03/day=02",
			"account_id=111122223333 aws-account-id=111122223333 aws-region=us-east-1 date=2024-03-02 day=02 month=03 region=us-east-1 service=vpcflowlogs year=2024"},
		{"AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=us-east-1/year=2024/month=03/day=02/hour=05",
			"account_id=111122223333 aws-account-id=111122223333 aws-region=us-east-1 aws-service=vpcflowlogs date=2024-03-02 day=02 hour=05 month=03 region=us-east-1 year=2024"},
		{"AWSLogs/111122223333", "account_id=111122223333"},
		{"somewhere", ""},
	}
	for _, test := range tests {
		p := partitionOf(test.prefix+"/", read(test.prefix))
		if got := valuesOf(p); got != test.want {
			t.Errorf("%s gives %s, want %s", test.prefix, got, test.want)
		}
		for name, v := range p.Values() {
			if (name == "date") != (v.Type == schema.Date) {
				t.Errorf("%s: %s is a %v", test.prefix, name, v.Type)
			}
		}
	}
}

func TestColumns(t *testing.T) {
	layout := func(name string) *Layout {
		for i := range Layouts {
			if Layouts[i].Name == name {
				return &Layouts[i]
			}
		}
		t.Fatalf("no layout %s", name)
		return nil
	}
	both := []schema.Column{{Name: "account_id"}, {Name: "region"}}
	tests := []struct {
		layouts []*Layout
		have    []schema.Column
		want    string
	}{
		{nil, both, "date"},
		{[]*Layout{nil}, nil, "date account_id region"},
		{[]*Layout{layout("daily")}, both[:1], "date region"},
		{[]*Layout{layout("daily"), layout("hourly")}, both, "date hour"},
		{[]*Layout{layout("hive-hourly")}, both, "date hour aws-account-id aws-service aws-region year month day"},
		{[]*Layout{layout("hive"), layout("hive-service")}, both, "date aws-account-id aws-service aws-region year month day service"},
	}
	for _, test := range tests {
		var names []string
		for _, c := range Columns(test.layouts, test.have) {
			names = append(names, c.Name)
			if (c.Type == schema.Date) != (c.Name == "date") {
				t.Errorf("%s is a %v", c.Name, c.Type)
			}
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("Columns(%v, %v) = %s, want %s", test.layouts, test.have, got, test.want)
		}
	}
}
