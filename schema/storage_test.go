package schema

import "testing"

func TestStorageKind(t *testing.T) {
	tests := []struct {
		s    Storage
		want StorageKind
	}{
		{Storage{}, TextStorage},
		{Storage{SerDe: lazySimpleSerDe, InputFormat: textInput}, TextStorage},
		{Storage{SerDe: lazySimpleSerDe, InputFormat: "org.apache.hadoop.mapred.SequenceFileInputFormat"}, OtherStorage},
		{Storage{SerDe: "org.apache.hadoop.hive.serde2.RegexSerDe"}, RegexStorage},
		{Storage{SerDe: "org.openx.data.jsonserde.JsonSerDe", InputFormat: textInput}, JSONStorage},
		{Storage{SerDe: "org.apache.hive.hcatalog.data.JsonSerDe"}, JSONStorage},
		{Storage{SerDe: "org.apache.hadoop.hive.serde2.OpenCSVSerde"}, OtherStorage},
	}
	for _, test := range tests {
		if got := test.s.Kind(); got != test.want {
			t.Errorf("%+v.Kind() = %d, want %d", test.s, got, test.want)
		}
	}
}

func TestStorageFormats(t *testing.T) {
	for word, want := range map[string]StorageKind{"textfile": TextStorage, "Parquet": ParquetStorage, "ORC": OtherStorage} {
		f, ok := FormatNamed(word)
		if got := (Storage{SerDe: f.SerDe, InputFormat: f.InputFormat}).Kind(); !ok || got != want {
			t.Errorf("FormatNamed(%s) = %+v, %v, of kind %d, want %d", word, f, ok, got, want)
		}
	}
	if f, ok := FormatNamed("CSV"); ok {
		t.Errorf("FormatNamed(CSV) = %+v", f)
	}
}

func TestFieldSeparator(t *testing.T) {
	tests := []struct {
		p    Properties
		want byte
	}{
		{nil, 1},
		{Properties{{RowFormatDelim, "1"}}, 1},
		{Properties{{RowFormatDelim, ","}}, ','},
		{Properties{{RowFormatDelim, ","}, {FieldDelim, " "}}, ' '},
		{Properties{{FieldDelim, "9"}}, '\t'},
		{Properties{{FieldDelim, "-2"}}, 254},
		{Properties{{FieldDelim, "||"}}, '|'},
		{Properties{{FieldDelim, ""}}, 1},
	}
	for _, test := range tests {
		if got := (Storage{SerDeProperties: test.p}).FieldSeparator(); got != test.want {
			t.Errorf("FieldSeparator of %v = %q, want %q", test.p, got, test.want)
		}
	}
}

func TestSeparators(t *testing.T) {
	for want, p := range map[string]Properties{
		"\x01\x02\x03\x04\x05\x06\x07\x08": nil,
		",|:\x04\x05\x06\x07\x08":          {{FieldDelim, ","}, {CollectionDelim, "|"}, {MapKeyDelim, ":"}},
		"\x01;\x03\x04\x05\x06\x07\x08":    {{"collection.delim", ";"}},
	} {
		if got := string(Storage{SerDeProperties: p}.Separators()); got != want || len(got) != MaxNesting+1 {
			t.Errorf("Separators of %v = %q, want %q", p, got, want)
		}
	}
}
