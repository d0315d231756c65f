package partitions

import (
	"testing"
	"time"

	"github.com/vpcq/vpcq/schema"
)

func TestReadValue(t *testing.T) {
	day := schema.DateValue(time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC))
	tests := []struct {
		declared, text string
		want           schema.Value
		fails          string // with this name of the type
	}{
		{"string", "", schema.StringValue(""), ""},
		{"varchar(2)", "abc", schema.StringValue("abc"), ""}, // for others to judge
		{"double", "1e2", schema.StringValue("1e2"), ""},
		{"int", "-2147483648", schema.Value{Type: schema.Int, Int: -2147483648}, ""},
		{"int", "2147483648", schema.Value{}, "INTEGER"},
		{"int", "", schema.Value{}, "INTEGER"},
		{"bigint", "2147483648", schema.IntValue(2147483648), ""},
		{"bigint", "1.0", schema.Value{}, "BIGINT"},
		{"smallint", "32767", schema.IntValue(32767), ""},
		{"smallint", "32768", schema.Value{}, "SMALLINT"},
		{"tinyint", "-129", schema.Value{}, "TINYINT"},
		{"date", "2024-02-29", day, ""},
		{"date", "2023-02-29", schema.Value{}, "DATE"},
	}
	for _, test := range tests {
		c := schema.NewColumn("k", test.declared)
		got, err := ReadValue(c, test.text)
		if test.fails != "" {
			want := "HIVE_INVALID_PARTITION_VALUE: Invalid partition value '" + test.text + "' for " + test.fails + " partition key: k"
			if err == nil || err.Error() != want {
				t.Errorf("%s %q: %v, %v, want the error %s", test.declared, test.text, got, err, want)
			}
			continue
		}
		if err != nil || got != test.want {
			t.Errorf("%s %q: %v, %v, want %v", test.declared, test.text, got, err, test.want)
		}
	}
}

func TestInvalidValueNamesTheType(t *testing.T) {
	for declared, want := range map[string]string{"varchar(2)": "varchar(2)", "char(2)": "char(2)", "float": "FLOAT", "timestamp": "TIMESTAMP", "boolean": "BOOLEAN"} {
		if err := InvalidValue(schema.NewColumn("k", declared), "x"); err.Error() != "HIVE_INVALID_PARTITION_VALUE: Invalid partition value 'x' for "+want+" partition key: k" {
			t.Errorf("%s: %v", declared, err)
		}
	}
}
