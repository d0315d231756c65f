package loader

import (
	"testing"

	"github.com/vpcq/vpcq/schema"
)

func TestConstantOf(t *testing.T) {
	day := schema.Value{Type: schema.Date, Int: 19784}
	tests := []struct {
		value schema.Value
		as    schema.Type
		want  string
	}{
		{schema.StringValue("us-east-1"), schema.String, "us-east-1"},
		{schema.StringValue("05"), schema.Int, "5"},
		{schema.StringValue("x"), schema.Int, "null"},
		{schema.StringValue("2024-03-02"), schema.Date, "null"},
		{schema.IntValue(5), schema.String, "5"},
		{schema.IntValue(5), schema.Int, "5"},
		{schema.IntValue(1 << 40), schema.Int, "null"},
		{schema.IntValue(1 << 40), schema.BigInt, "1099511627776"},
		{schema.IntValue(5), schema.Date, "null"},
		{day, schema.Date, "2024-03-02"},
		{day, schema.String, "2024-03-02"},
	}
	for _, test := range tests {
		got := "null"
		if c := constantOf(test.value, test.as); c.given {
			got = c.String()
		}
		if got != test.want {
			t.Errorf("%v as %v is %s, want %s", test.value, test.as, got, test.want)
		}
	}
}
