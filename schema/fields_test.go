package schema

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fieldsCSV is the collected documentation of AWS, where the checkout lies beside it.
const fieldsCSV = "../../shared/domain/fields.csv"

func TestFieldsAgreeWithTheDocumentation(t *testing.T) {
	rows := documentedFields(t)
	if len(rows) != len(Fields) {
		t.Fatalf("%d fields, documented are %d", len(Fields), len(rows))
	}
	of := map[string]Resource{"vpc": VPC, "tgw": TransitGateway, "both": VPC | TransitGateway}
	for i, row := range rows {
		f := Fields[i]
		old, _, _ := strings.Cut(row["old_athena_column_and_type"], " ")
		got := []string{f.Name, f.Column().Name, strconv.Itoa(f.Version), f.Type.String(), f.Old}
		want := []string{row["field_header"], row["athena_column"], row["version"], row["athena_type"], old}
		if !slices.Equal(got, want) || f.Of != of[row["applies_to"]] {
			t.Errorf("field %d is %q of %d, documented is %q of %s", i, got, f.Of, want, row["applies_to"])
		}
	}
}

func TestDefaultFormatsAgreeWithTheDocumentation(t *testing.T) {
	rows := documentedFields(t)
	for key, f := range map[string]Format{
		"default_format_position_vpc": DefaultVPC,
		"default_format_position_tgw": DefaultTGW,
	} {
		n := 0
		for _, row := range rows {
			if row[key] == "" {
				continue
			}
			n++
			if place := f.Index(row["athena_column"]); strconv.Itoa(place+1) != row[key] {
				t.Errorf("%s: %s stands at %d, documented is %s", key, row["field_header"], place+1, row[key])
			}
		}
		if n != len(f.Columns) {
			t.Errorf("%s: %d columns, documented are %d", key, len(f.Columns), n)
		}
	}
}

func documentedFields(t *testing.T) []map[string]string {
	t.Helper()
	file, err := os.Open(fieldsCSV)
	if err != nil {
		t.Skipf("the collected documentation is not beside this checkout: %v", err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := make(map[string]string)
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func TestFieldsAreSound(t *testing.T) {
	seen := make(map[string]bool)
	for _, f := range Fields {
		if seen[f.Name] || seen[f.Column().Name] && f.Column().Name != f.Name {
			t.Errorf("%s: twice", f.Name)
		}
		seen[f.Name], seen[f.Column().Name] = true, true
		if f.Doc == "" || f.Of == 0 || f.Version < 2 || !isName(f.Name) {
			t.Errorf("%s: incomplete: %+v", f.Name, f)
		}
		if got, ok := FieldNamed(f.Name); !ok || got != f {
			t.Errorf("FieldNamed(%q) = %+v, %v", f.Name, got, ok)
		}
		if got, ok := FieldOfColumn(f.Column().Name); !ok || got != f {
			t.Errorf("FieldOfColumn(%q) = %+v, %v", f.Column().Name, got, ok)
		}
	}
	for _, f := range []Format{DefaultVPC, DefaultTGW} {
		for _, c := range f.Columns {
			if _, ok := FieldOfColumn(c.Name); !ok {
				t.Errorf("default column %q is no field", c.Name)
			}
		}
	}
}

func TestFieldMeant(t *testing.T) {
	for column, want := range map[string]string{
		"account_id": "account-id", "accountid": "account-id", "account": "account-id", "sourceaddress": "srcaddr",
		"numbytes": "bytes", "starttime": "start", "azid": "az-id", "pkt_srcaddr": "pkt-srcaddr", "src": "", "": "",
	} {
		f, ok := FieldMeant(column)
		if f.Name != want || ok != (want != "") {
			t.Errorf("%s means %q, %v, want %q", column, f.Name, ok, want)
		}
	}
}
