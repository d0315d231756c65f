package schema

import (
	"bufio"
	"os"
	"reflect"
	"strings"
	"testing"
)

func TestParseHeader(t *testing.T) {
	tests := []struct {
		line string
		want string // columns and types; empty where the line is no header
	}{
		{"version account-id interface-id", "version int, account_id string, interface_id string"},
		{"version account-id\r\n", "version int, account_id string"},
		{"protocol start end", "protocol bigint, start bigint, end bigint"},
		{"account_id dst_port srcport", "account_id string, dst_port string, srcport int"},
		{"srcaddr", "srcaddr string"},
		{"version new-a start new-b new-C", "version int, new_a string, start bigint, new_b string, new_c string"},
		{"version srcaddr version srcaddr", "version int, srcaddr string,  string,  string"},

		{"", ""},
		{" ", ""},
		{"version", "version int"},
		{"version new-a new-b", ""},
		{"new-a", ""},
		{"version  account-id", ""},
		{" version account-id", ""},
		{"version\taccount-id", ""},
		{"version account-id 2", ""},
		{"version start -", ""},
		{"version start OK", ""},
		{"2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA", ""},
		{"us-east-1 eni-1 egress", ""},
		{"us-east-1 eni-1 version egress", ""}, // a cluster that someone called "version"
		{"bogus line", ""},
		{"\x1f\x8b\x08\x00", ""},
		{`{"message":"2 428961148399"}`, ""},
	}
	for _, test := range tests {
		f, ok := ParseHeader([]byte(test.line))
		if got := describe(f.Columns); ok != (test.want != "") || got != test.want {
			t.Errorf("ParseHeader(%q) = %q, %v; want %q", test.line, got, ok, test.want)
		}
	}
}

func describe(columns []Column) string {
	var all []string
	for _, c := range columns {
		all = append(all, c.Name+" "+c.Type.String())
	}
	return strings.Join(all, ", ")
}

// TestParseHeaderOfPublishedRecords holds that no record that AWS and others
// have published is taken for a header, and every published order of fields is.
func TestParseHeaderOfPublishedRecords(t *testing.T) {
	file, err := os.Open("../../shared/domain/samples.log")
	if err != nil {
		t.Skipf("the collected records are not beside this checkout: %v", err)
	}
	defer file.Close()
	headers, records := 0, 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		names, isFields := strings.CutPrefix(line, "# fields: ")
		switch {
		case strings.HasPrefix(names, "(json)"):
		case isFields:
			headers++
			if _, ok := ParseHeader([]byte(names)); !ok {
				t.Errorf("no header: %s", names)
			}
		case !strings.HasPrefix(line, "#") && line != "":
			records++
			if _, ok := ParseHeader([]byte(line)); ok {
				t.Errorf("taken for a header: %s", line)
			}
		}
	}
	if headers < 10 || records < 50 {
		t.Errorf("only %d orders of fields and %d records", headers, records)
	}
}

func TestParseLogFormat(t *testing.T) {
	tests := []struct{ format, want string }{
		{"${version} ${account-id} ${bytes}", "version int, account_id string, bytes bigint"},
		{"version account-id", "version int, account_id string"},
		{"  ${version}\n\t${start} ", "version int, start bigint"},
		{"${timestamp} ${version} new-field", "timestamp string, version int, new_field string"},
	}
	for _, test := range tests {
		f, err := ParseLogFormat(test.format)
		if got := describe(f.Columns); err != nil || got != test.want {
			t.Errorf("ParseLogFormat(%q) = %q, %v; want %q", test.format, got, err, test.want)
		}
	}
}

func TestParseLogFormatErrors(t *testing.T) {
	tests := []struct{ format, want string }{
		{"", "no fields"},
		{" \n", "no fields"},
		{"${version} ${account_id}", `position 12: "${account_id}" is no field of flow logs: is ${account-id} meant?`},
		{"version sourceaddress", `position 9: "sourceaddress" is no field of flow logs: is ${srcaddr} meant?`},
		{"${version", `position 1: "${version": want one field in ${…}`},
		{"${version}${bytes}", `position 1: "${version}${bytes}": want one field`},
		{"${version},${bytes}", `position 1: "${version},${bytes}": want one field`},
		{"version $bytes", `position 9: "$bytes" is no name of a field`},
		{"${}", `position 1: "${}" is no name`},
		{"2 123456789010 -", `position 1: "2" is no name`},
		{"version bytes version", `position 15: "version": field 1 is version already`},
		{"new-field NEW_field", `position 11: "NEW_field": field 1 is new-field already`},
	}
	for _, test := range tests {
		f, err := ParseLogFormat(test.format)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("ParseLogFormat(%q) = %v, %v; want error with %q", test.format, f, err, test.want)
		}
	}
}

func TestFormatIndex(t *testing.T) {
	f, ok := ParseHeader([]byte("version srcaddr version bytes"))
	if !ok {
		t.Fatal("no header")
	}
	for column, want := range map[string]int{"version": 0, "srcaddr": 1, "bytes": 3, "": -1, "end": -1} {
		if got := f.Index(column); got != want {
			t.Errorf("Index(%q) = %d, want %d", column, got, want)
		}
	}
}

func FuzzParseHeader(f *testing.F) {
	f.Add([]byte("version account-id new-field\r\n"))
	f.Add([]byte("2 123456789010 eni-1235b8ca123456789 - - - - - - - 1 2 - NODATA"))
	f.Add([]byte("version version"))
	f.Fuzz(func(t *testing.T, line []byte) {
		format, ok := ParseHeader(line)
		if !ok {
			return
		}
		if got, want := len(format.Columns), strings.Count(string(line), " ")+1; got != want {
			t.Fatalf("%d columns of %d names in %q", got, want, line)
		}
		seen := make(map[string]bool)
		for i, c := range format.Columns {
			if c.Name != "" && (seen[c.Name] || format.Index(c.Name) != i) {
				t.Fatalf("%q is not one column in %q", c.Name, line)
			}
			seen[c.Name] = true
		}
	})
}

func FuzzParseLogFormat(f *testing.F) {
	f.Add("${version} ${account-id}")
	f.Add("version account-id new-field")
	f.Add("${version}${")
	f.Fuzz(func(t *testing.T, s string) {
		format, err := ParseLogFormat(s)
		if err != nil {
			return
		}
		again, err := ParseLogFormat(format.String())
		if err != nil || !reflect.DeepEqual(format, again) {
			t.Fatalf("%q: %v prints as %q, which is %v, %v", s, format, format, again, err)
		}
	})
}
