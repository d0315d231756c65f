package dialect

import "testing"

func TestParameters(t *testing.T) {
	session := noon
	session.Parameters = []Expression{&IntegerLiteral{Value: 5}, &StringLiteral{Value: "x"}, &IntegerLiteral{Value: 2}}
	tests := []struct{ sql, want, fault string }{
		{"SELECT ? + 1 FROM t WHERE srcaddr = ? LIMIT ?", `SELECT CAST((CAST(5 AS INTEGER) + CAST(1 AS INTEGER)) AS INTEGER) AS "_col0" FROM vpcq_scan(0) AS "t" WHERE ("t"."srcaddr" = 'x') LIMIT 2`, ""},
		{"SELECT ?", "", "INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected 1 but found 3"},
		{"SELECT bytes + ? FROM t OFFSET ? LIMIT ?", "", "TYPE_MISMATCH: line 1:32: Non constant parameter value for a number of rows: 'x'"},
	}
	for _, test := range tests {
		stmt, err := Parse(test.sql)
		if err != nil {
			t.Fatalf("%s: %v", test.sql, err)
		}
		analysis, err := Analyze(stmt, flowLogs{}, session)
		switch {
		case test.fault != "":
			if err == nil || err.Error() != test.fault {
				t.Errorf("%s\n got %v\nwant %s", test.sql, err, test.fault)
			}
		case err != nil:
			t.Errorf("%s: %v", test.sql, err)
		case analysis.DuckDB() != test.want:
			t.Errorf("%s\n got %s\nwant %s", test.sql, analysis.DuckDB(), test.want)
		}
	}
}

func TestTextRows(t *testing.T) {
	for _, rows := range [][][]string{{{"it's", ""}, {"a", "b"}}, nil} {
		a, err := Analyze(TextRows([]string{"A", "b"}, rows, &StringLiteral{Value: "it''%"}, nil), flowLogs{}, noon)
		if err != nil {
			t.Fatal(err)
		}
		if a.Columns[0].Name != "A" || a.Columns[1].Type.String() != "varchar" {
			t.Errorf("%d rows: columns %v", len(rows), a.Columns)
		}
	}
}
