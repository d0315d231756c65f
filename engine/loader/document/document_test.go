package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestNext(t *testing.T) {
	tests := []struct {
		text string
		kind Kind
		raw  string
		rest string
		err  string
	}{
		{"", None, "", "", ""},
		{" \n", None, "", "", ""},
		{`{"a":1}{"b":2}`, Object, `{"a":1}`, `{"b":2}`, ""},
		{"\t[1, -2.5e+3 ,null]\n7", Array, "[1, -2.5e+3 ,null]", "\n7", ""},
		{`"\u00e9\"" x`, String, `"\u00e9\""`, " x", ""},
		{"-0", Number, "-0", "", ""},
		{"true,", True, "true", ",", ""},
		{"{}", Object, "{}", "", ""},
		{"[ ]", Array, "[ ]", "", ""},
		{`{"a"`, None, "", "", "unexpected EOF"},
		{`{"a":`, None, "", "", "unexpected EOF"},
		{`{"a":1,`, None, "", "", "unexpected EOF"},
		{`"\u00e`, None, "", "", "unexpected EOF"},
		{"tru", None, "", "", "unexpected EOF"},
		{"{,}", None, "", "", `unexpected ',' in JSON`},
		{`{"a" 1}`, None, "", "", `unexpected '1' in JSON`},
		{`{a:1}`, None, "", "", `unexpected 'a' in JSON`},
		{"[1 2]", None, "", "", `unexpected '2' in JSON`},
		{"[1,]", None, "", "", `unexpected ']' in JSON`},
		{"01", None, "", "", `unexpected '1' in JSON`},
		{"1.x", None, "", "", `unexpected 'x' in JSON`},
		{`"\x"`, None, "", "", `unexpected 'x' in JSON`},
		{"\"\n\"", None, "", "", `unexpected '\n' in JSON`},
		{strings.Repeat("[", 600), None, "", "", "more than 512 arrays and objects in each other"},
	}
	for _, test := range tests {
		v, rest, err := Next([]byte(test.text))
		message := ""
		if err != nil {
			message = err.Error()
		}
		if v.Kind != test.kind || string(v.Raw) != test.raw || string(rest) != test.rest || message != test.err {
			t.Errorf("%q: %q %q, rest %q, error %q", test.text, v.Kind, v.Raw, rest, message)
		}
	}
}

func TestMembersAndElements(t *testing.T) {
	v, _, err := Next([]byte(`{"a" : {"b":[1, {} ,"}"]}, "\u0061":null , "c":"\ud83d\ude00\ud800"}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for name, value := range v.Members() {
		text := string(value.Raw)
		if value.Kind == String {
			text = string(value.AppendText(nil))
		}
		got = append(got, string(name.AppendText(nil))+"="+text)
		for _, inner := range value.Members() {
			for e := range inner.Elements() {
				got = append(got, string(e.Raw))
			}
		}
		if name.Is("a") != (string(name.AppendText(nil)) == "a") || name.Is("ab") {
			t.Errorf("%s is not told by its name", name.Raw)
		}
	}
	want := "a={\"b\":[1, {} ,\"}\"]}|1|{}|\"}\"|a=null|c=\U0001f600\ufffd"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("%s, want %s", s, want)
	}
	for range (Value{Number, []byte("1")}).Elements() {
		t.Error("a number has an element")
	}
}

// What is a document, and what its strings mean, is what encoding/json says.
func FuzzNext(f *testing.F) {
	for _, seed := range []string{`{"a":[1,2.5e-3,"x\u00e9\\"],"b":{"c":null}}`, ` [true , false]`, `"\ud83d\ude00"`, "-0.1E+5", `{"a":1}{"b"`, "[[[[", "nul"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		v, rest, err := Next(text)
		decoder := json.NewDecoder(bytes.NewReader(text))
		var want json.RawMessage
		switch wrong := decoder.Decode(&want); {
		case errors.Is(err, errDeep):
		case err == nil && v.Kind == None:
			if wrong != io.EOF {
				t.Fatalf("%q: no document, want %q", text, want)
			}
		case errors.Is(err, io.ErrUnexpectedEOF):
			if wrong == nil {
				t.Fatalf("%q: cut short, want %q", text, want)
			}
		case (err == nil) != (wrong == nil):
			if v.Kind == Number && len(rest) > 0 || wrong == nil && kindOf(want[0]) == Number {
				return // encoding/json wants white space behind a number, but takes "00" for two
			}
			t.Fatalf("%q: %v, want %v", text, err, wrong)
		case err == nil:
			compare(t, v, want)
		}
	})
}

func compare(t *testing.T, v Value, want json.RawMessage) {
	if !bytes.Equal(v.Raw, want) {
		t.Fatalf("%q, want %q", v.Raw, want)
	}
	var text string
	if v.Kind == String && json.Unmarshal(want, &text) == nil {
		if got := strings.ToValidUTF8(string(v.AppendText(nil)), "\ufffd"); got != text && strings.ToValidUTF8(text, "\ufffd") != got && !strings.Contains(text, "\ufffd") {
			t.Fatalf("%s means %q, want %q", v.Raw, got, text)
		}
	}
	var names, values int
	var members map[string]json.RawMessage
	if v.Kind == Object && json.Unmarshal(want, &members) == nil {
		for name := range v.Members() {
			if _, ok := members[string(name.AppendText(nil))]; !ok && !bytes.Contains(name.Raw, []byte{'\\'}) && string(name.Raw) == strings.ToValidUTF8(string(name.Raw), "") {
				t.Fatalf("%s has a member %s", v.Raw, name.Raw)
			}
			names++
		}
		if names < len(members) {
			t.Fatalf("%s has %d members, want %d", v.Raw, names, len(members))
		}
	}
	var elements []json.RawMessage
	if v.Kind == Array && json.Unmarshal(want, &elements) == nil {
		for e := range v.Elements() {
			if values >= len(elements) || !bytes.Equal(e.Raw, elements[values]) {
				t.Fatalf("%s: element %d is %q", v.Raw, values, e.Raw)
			}
			values++
		}
		if values != len(elements) {
			t.Fatalf("%s has %d elements, want %d", v.Raw, values, len(elements))
		}
	}
}

// What AppendString writes is a string, and means the text.
func TestAppendString(t *testing.T) {
	for _, text := range []string{"", "a", `"\`, "\x00\n\t\x1f", "café \u2028", "/"} {
		v, rest, err := Next(AppendString(nil, []byte(text)))
		if err != nil || v.Kind != String || len(rest) > 0 || string(v.AppendText(nil)) != text {
			t.Errorf("%q: %s, rest %q, %v", text, v.Raw, rest, err)
		}
	}
}
