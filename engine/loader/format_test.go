package loader

import (
	"context"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

func TestFormatOf(t *testing.T) {
	given, err := schema.ParseLogFormat("${version} ${action}")
	if err != nil {
		t.Fatal(err)
	}
	const header = "srcport bytes"
	tests := []struct {
		name   string
		body   []byte
		format *schema.Format
		want   string // the header line of the format; empty: none
		fails  string
	}{
		{"a header line", zip(lines(3)), nil, header, ""},
		{"a header line rules", zip(lines(3)), &given, header, ""},
		{"a header line in damaged data", flushed(lines(3)), nil, header, ""},
		{"none, and a format is given", []byte("2 ACCEPT\n"), &given, "version action", ""},
		{"none", []byte("2 ACCEPT\n"), nil, "", "no header line"},
		{"empty", nil, nil, "", ""},
		{"cut short within the line", flushed("srcport"), nil, "", ""},
	}
	for _, test := range tests {
		opt := Options{Source: memorySource{"bad": test.body}, Format: test.format}
		found, ok, err := FormatOf(context.Background(), opt, objectOf("bad"))
		if test.fails != "" {
			checkError(t, test.name, err, test.fails)
			opt.BadFiles = Warn
			_, ok, err = FormatOf(context.Background(), opt, objectOf("bad"))
		}
		names := strings.NewReplacer("${", "", "}", "").Replace(found.Format.String())
		if err != nil || ok != (test.want != "") || names != test.want {
			t.Errorf("%s: %q, %v, %v, want %q", test.name, names, ok, err, test.want)
		}
	}
}

// Options.Header is told of each format, not of each object.
func TestHeaderIsToldOfFormats(t *testing.T) {
	src := memorySource{"a": zip(lines(1)), "b": zip(lines(2)), "c": []byte("version action\n2 ACCEPT\n")}
	var told []string
	opt := Options{Source: src, Stats: new(Stats), Header: func(o Object, f schema.Format) { told = append(told, o.Key+" "+f.String()) }}
	if _, err := readAll(t, NewScan(opt, queueOf(objectOf("a"), objectOf("b"), objectOf("c")))); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(told, ", "), "a ${srcport} ${bytes}, c ${version} ${action}"; got != want {
		t.Errorf("told of %s, want %s", got, want)
	}
}
