package schema

import "testing"

func TestUnite(t *testing.T) {
	parse := func(s string) Format {
		f, ok := ParseHeader([]byte(s))
		if !ok {
			t.Fatalf("no header: %s", s)
		}
		return f
	}
	tests := []struct {
		formats []Format
		want    string
	}{
		{nil, ""},
		{[]Format{parse("version bytes version")}, "version int, bytes bigint"},
		{[]Format{parse("version bytes"), parse("action bytes new-x"), parse("new-x start end")},
			"version int, bytes bigint, action string, new_x string, start bigint, end bigint"},
	}
	for _, test := range tests {
		if got := describe(Unite(test.formats...)); got != test.want {
			t.Errorf("Unite(%v) = %q, want %q", test.formats, got, test.want)
		}
	}
}

func TestTableColumn(t *testing.T) {
	table := Table{Columns: DefaultVPC.Columns, Partitions: []Column{{Name: "date", Type: Date}}}
	for name, want := range map[string]string{"bytes": "bigint", "date": "date", "srcport": "int"} {
		if c, ok := table.Column(name); !ok || c.Name != name || c.Type.String() != want {
			t.Errorf("Column(%q) = %v, %v; want %s", name, c, ok, want)
		}
	}
	if c, ok := table.Column("hour"); ok {
		t.Errorf("Column(hour) = %v", c)
	}
}
