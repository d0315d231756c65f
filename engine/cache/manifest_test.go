package cache

import (
	"reflect"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

func madeEntry() Entry {
	format := schema.Format{Columns: []schema.Column{{Name: "bytes", Type: schema.BigInt}}}
	return Entry{
		Source: "s", Prefix: "p/", Columns: append(format.Columns, schema.Column{Name: "date", Type: schema.Date}), Fields: 1,
		Formats: []schema.Format{format, {}}, File: "f.parquet", Size: 7, Sum: "abc",
		Written: time.Unix(5, 6), Built: time.Unix(7, 8).UTC(),
		Objects: []Object{
			{Object: source.Object{Key: "p/a b\n\"ü\xff", Size: 1 << 40, ModTime: time.Unix(1, 999), ETag: `"e"`}, Records: 3},
			{Object: source.Object{Key: "p/b", ModTime: time.Unix(-62135596800, 0)}, Format: 1},
			{Format: -1},
		},
	}
}

// What a manifest is read as is what was written.
func TestManifest(t *testing.T) {
	want := madeEntry()
	text := want.encode()
	var got Entry
	if err := got.decode(text, new(columnLines)); err != nil {
		t.Fatal(err)
	}
	for i := range want.Objects { // an instant has many forms
		if !got.Objects[i].ModTime.Equal(want.Objects[i].ModTime) {
			t.Errorf("object %d is of %v, want %v", i, got.Objects[i].ModTime, want.Objects[i].ModTime)
		}
		got.Objects[i].ModTime = want.Objects[i].ModTime
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// No byte of a manifest can change, come or go unnoticed.
func TestManifestDamage(t *testing.T) {
	e := madeEntry()
	text := e.encode()
	for i := range text {
		text[i] ^= 1
		if new(Entry).decode(text, new(columnLines)) == nil {
			t.Errorf("byte %d is damaged, and nobody knows", i)
		}
		text[i] ^= 1
		if new(Entry).decode(text[:i], new(columnLines)) == nil {
			t.Errorf("after byte %d all is cut off, and nobody knows", i)
		}
	}
	if new(Entry).decode(append(text, '\n'), new(columnLines)) == nil {
		t.Error("a line more is no error")
	}
}

// Whatever a manifest says, reading it ends with an entry or an error.
func FuzzManifest(f *testing.F) {
	e := madeEntry()
	text := e.encode()
	f.Add(text[len(title)+9:])
	f.Add([]byte(" 1 2 3 4 5 6 \"f\" \"\" \"s\" \"p\"\nc 0 \"a\"\nf\no 1 2 3 4 0 \"\" \"\"\n"))
	f.Fuzz(func(t *testing.T, rest []byte) {
		var e Entry
		if e.decode([]byte(title+sumOf(rest)+"\n"+string(rest)), new(columnLines)) != nil {
			return
		}
		for _, o := range e.Objects {
			if o.Format >= len(e.Formats) {
				t.Errorf("format %d of %d", o.Format, len(e.Formats))
			}
		}
	})
}
