package loader

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/vpcq/vpcq/engine/loader/loadertest"
	"github.com/vpcq/vpcq/schema"
)

// madeDefault is a text of n records of the default format; some have no data.
func madeDefault(n int) string {
	var b strings.Builder
	b.WriteString(defaultHeader + "\n")
	for i := range n {
		if i%7 == 3 {
			fmt.Fprintf(&b, "2 111122223333 eni-%d - - - - - - - %d %d - NODATA\n", i, 1709337600+i, 1709337660+i)
			continue
		}
		fmt.Fprintf(&b, "2 111122223333 eni-%d 10.0.%d.%d 2001:db8::%x %d 443 6 %d %d %d %d ACCEPT OK\n", i%5, i/256%256, i%256, i, 1024+i, i, i*1500, 1709337600+i, 1709337660+i)
	}
	return b.String()
}

// Each delivery gives the same records, and counts them.
func TestDeliveries(t *testing.T) {
	for _, n := range []int{0, 1, 4, 900} {
		text := madeDefault(n)
		want, _, err := answer(t, []byte(text), Options{Columns: schema.DefaultVPC.Columns})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range loadertest.Deliveries {
			body, err := d.Write([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, policy := range []Policy{Null, Fail, Warn} {
				got, stats, err := answer(t, body, Options{Columns: schema.DefaultVPC.Columns, BadRows: policy, BadFiles: Skip})
				if err != nil || !slices.Equal(got, want) || stats.Records.Load() != int64(n) {
					t.Errorf("%s: %d rows, want %d: %v", d.Name, len(got), n, err)
				}
			}
			got, err := countAll(t, NewScan(Options{Source: memorySource{"o": body}, Stats: new(Stats)}, queueOf(objectOf("o"))))
			if err != nil || got != int64(n) {
				t.Errorf("%s: count %d, want %d: %v", d.Name, got, n, err)
			}
		}
	}
}

const oneRecord = "2 111122223333 eni-1 10.0.0.1 10.0.0.9 40000 22 6 1 40 1709337601 1709337660 REJECT OK"

// What is wrong with documents is the object's damage; what is wrong with a
// message is the record's.
func TestDamagedDocuments(t *testing.T) {
	good := `{"message":"` + oneRecord + `"}`
	event := `{"id":"1","timestamp":1709337601000,"message":"` + oneRecord + `"}`
	envelope := `{"messageType":"DATA_MESSAGE","logEvents":[` + event + `]}`
	control := `{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"","timestamp":0,"message":"CWL"}]}`
	tests := []struct {
		name  string
		body  string
		fails string // what BadFiles Fail says; empty: nothing
		kept  string // under BadFiles Warn: lines=headers+records+rejected
	}{
		{"one", good, "", "1=0+1+0"},
		{"white space and a mark", "\ufeff \n" + good + "\n\n" + good + "\n", "", "2=0+2+0"},
		{"escapes", strings.Replace(good, "REJECT", `\u0052EJEC\u0054`, 1), "", "1=0+1+0"},
		{"other members", `{"a":[{}],"message":"` + oneRecord + `\n","b":"}{"}` + good, "", "2=0+2+0"},
		{"two records in one message", strings.Replace(good, "OK", "OK\\n"+oneRecord, 1), "", "2=0+2+0"},
		{"an empty message", good + `{"message":""}`, "", "2=0+2+0"},
		{"envelopes", control + envelope + envelope, "", "3=1+2+0"},
		{"control messages alone", control + "\n" + control, "", "2=2+0+0"},
		{"no events", envelope + `{"messageType":"DATA_MESSAGE","logEvents":[]}`, "", "1=0+1+0"},
		{"cut short", good + good[:30], "JSON document 2: it is cut short", "1=0+1+0"},
		{"no JSON behind", good + "}", `JSON document 2: unexpected '}' in JSON`, "1=0+1+0"},
		{"no message", good + `{"Message":"x"}`, "JSON document 2: it holds no message of a flow log", "1=0+1+0"},
		{"a number for a message", good + `{"message":1}`, "JSON document 2: it holds no message of a flow log", "1=0+1+0"},
		{"another kind", good + envelope, "JSON document 2: records and envelopes of CloudWatch Logs stand in one object", "1=0+1+0"},
		{"an event without time", envelope + `{"messageType":"DATA_MESSAGE","logEvents":[` + event + `,{"message":"x"}]}`, "JSON document 2: it holds no message of a flow log", "1=0+1+0"},
		{"another type of envelope", `{"messageType":"X","logEvents":[` + event + `]}`, "JSON document 1: it holds no message of a flow log", "0=0+0+0"},
		{"CloudTrail", `{"Records":[{}]}`, "JSON document 1: it holds no message of a flow log", "0=0+0+0"},
		{"another format", `{"message":"3 eni-1 10.0.0.1"}`, "give --log-format", "0=0+0+0"},
		{"a longer format", strings.Replace(good, "OK", "OK x", 1), "give --log-format", "0=0+0+0"},
	}
	for _, test := range tests {
		for _, body := range [][]byte{[]byte(test.body), zip(test.body)} {
			_, _, err := answer(t, body, Options{Columns: columns("srcaddr"), BadRows: Null})
			if (err == nil) != (test.fails == "") || err != nil && !strings.Contains(err.Error(), test.fails) {
				t.Errorf("%s: %v, want %q", test.name, err, test.fails)
			}
			_, s, err := answer(t, body, Options{Columns: columns("srcaddr"), BadRows: Null, BadFiles: Warn})
			kept := fmt.Sprintf("%d=%d+%d+%d", s.Lines.Load(), s.Headers.Load(), s.Records.Load(), s.Rejected.Load())
			if err != nil || kept != test.kept {
				t.Errorf("%s: %s, want %s: %v", test.name, kept, test.kept, err)
			}
		}
	}
}

// A damaged message is a damaged record, and obeys that policy.
func TestDamagedMessages(t *testing.T) {
	body := `{"message":"` + oneRecord + `"}{"message":"2 x"}{"message":"` + strings.Replace(oneRecord, "40000", "many", 1) + `"}`
	opt := Options{Columns: columns("srcaddr srcport:int")}
	for policy, want := range map[Policy]string{Null: "10.0.0.1|40000, ∅|∅, 10.0.0.1|∅", Warn: "10.0.0.1|40000"} {
		opt.BadRows = policy
		rows, _, err := answer(t, []byte(body), opt)
		if got := strings.Join(rows, ", "); err != nil || got != want {
			t.Errorf("policy %d: %s, want %s: %v", policy, got, want, err)
		}
	}
	opt.BadRows = Fail
	_, _, err := answer(t, []byte(body), opt)
	if err == nil || !strings.Contains(err.Error(), "o: line 2, byte 87 of its text: 2 fields where the format has 14") {
		t.Errorf("a short message: %v", err)
	}
}

// Half an object gives the records before, wherever it ends.
func TestDocumentsCutAnywhere(t *testing.T) {
	text := madeDefault(40)
	want, _, _ := answer(t, []byte(text), Options{Columns: schema.DefaultVPC.Columns})
	for _, d := range loadertest.Deliveries {
		if !strings.Contains(d.Name, "json") && !strings.Contains(d.Name, "envelopes") {
			continue
		}
		body, err := d.Write([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for n := 2; n < len(body); n += 97 {
			got, _, err := answer(t, body[:n], Options{Columns: schema.DefaultVPC.Columns, BadFiles: Warn, BadRows: Fail})
			if err != nil || len(got) > len(want) || !slices.Equal(got, want[:len(got)]) {
				t.Fatalf("%s, %d bytes: %d rows: %v", d.Name, n, len(got), err)
			}
		}
	}
}

// Documents of any length, in blocks of any size, are read alike.
func TestDocumentsInSmallBlocks(t *testing.T) {
	text := madeDefault(30)
	want, _, _ := answer(t, []byte(text), Options{Columns: columns("srcaddr bytes:bigint")})
	long := `{"padding":"` + strings.Repeat("x", 3*inputSize) + `",` + `"message":"` + oneRecord + `"}`
	for _, d := range loadertest.Deliveries[7:] {
		body, err := d.Write([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for size := 1; size < 700; size += 111 {
			scan := NewScan(Options{Source: memorySource{"o": body}, Columns: columns("srcaddr bytes:bigint"), Stats: new(Stats)}, queueOf(objectOf("o")))
			scan.text = size
			if got, err := readAll(t, scan); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s, %d bytes at a time: %d rows, want %d: %v", d.Name, size, len(got), len(want), err)
			}
		}
	}
	rows, _, err := answer(t, []byte(long+long), Options{Columns: columns("srcaddr")})
	if err != nil || !slices.Equal(rows, []string{"10.0.0.1", "10.0.0.1"}) {
		t.Errorf("long documents: %q, %v", rows, err)
	}
}

// Documents give the same lines, and damage after them, in whatever pieces they come.
func FuzzUnwrapper(f *testing.F) {
	for _, d := range loadertest.Deliveries {
		if body, err := d.Write([]byte(madeDefault(4))); err == nil && bytes.HasPrefix(body, []byte{'{'}) {
			f.Add(body)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var whole, pieces unwrapper
		whole.open(bytes.NewReader(body))
		want, wrong := io.ReadAll(&whole)
		pieces.open(iotest.OneByteReader(bytes.NewReader(body)))
		got, err := io.ReadAll(iotest.HalfReader(&pieces))
		if !bytes.Equal(got, want) || (err == nil) != (wrong == nil) || pieces.controls != whole.controls {
			t.Fatalf("%q, %v; in pieces %q, %v", want, wrong, got, err)
		}
		if len(want) > 0 && want[len(want)-1] != '\n' {
			t.Fatalf("%q ends within a line", want)
		}
	})
}
