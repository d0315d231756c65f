package made

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/gzip"
)

func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	held := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
		held[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return held
}

func TestSameSeedSameBytes(t *testing.T) {
	o := Example
	o.Objects = 8
	write := func(seed uint64) map[string]string {
		dir := filepath.Join(t.TempDir(), "bucket")
		o.Seed = seed
		if _, err := Write(dir, o); err != nil {
			t.Fatal(err)
		}
		return files(t, dir)
	}
	one, again, other := write(1), write(1), write(2)
	for key := range one {
		if one[key] != again[key] {
			t.Errorf("%s differs between two runs", key)
		}
	}
	if len(one) != len(again) {
		t.Errorf("%d objects, then %d", len(one), len(again))
	}
	for key := range other {
		if _, found := one[key]; found && filepath.Ext(key) == ".gz" {
			t.Errorf("%s is made by another seed too", key)
		}
	}
}

func TestWriteCountsWhatItMade(t *testing.T) {
	dir := t.TempDir()
	o := Example
	o.Objects = 3
	made, err := Write(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	var want Summary
	for key, stored := range files(t, dir) {
		if filepath.Ext(key) != ".gz" {
			continue
		}
		text := inflate(t, stored)
		want.Objects++
		want.Stored += int64(len(stored))
		want.Text += int64(len(text))
		want.Records += int64(bytes.Count(text, []byte("\n"))) - 1
	}
	if made != want {
		t.Errorf("counted %+v, made %+v", made, want)
	}
}

func TestWriteRefusesADirectoryInUse(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(dir, Example); err == nil {
		t.Error("no error")
	}
}

// TestCommittedBucketIsExample compares the text, since another version of the
// compressor may store the same text in other bytes.
func TestCommittedBucketIsExample(t *testing.T) {
	committed := files(t, filepath.Join("..", "bucket"))
	objects := plan(t, Example)
	for _, o := range objects {
		stored, found := committed[o.Key]
		if !found {
			t.Errorf("%s is not in examples/bucket: make it anew with examples/makebucket", o.Key)
			continue
		}
		text := []byte(stored)
		if !o.Foreign {
			text = inflate(t, stored)
		}
		if !bytes.Equal(text, o.AppendText(nil)) {
			t.Errorf("%s has drifted: make examples/bucket anew with examples/makebucket", o.Key)
		}
	}
	if len(committed) != len(objects) {
		t.Errorf("examples/bucket holds %d objects, the program makes %d", len(committed), len(objects))
	}
}

func inflate(t *testing.T, stored string) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader([]byte(stored)))
	if err != nil {
		t.Fatal(err)
	}
	if r.ModTime.Unix() != 0 || r.Name != "" {
		t.Errorf("the gzip header carries %v %q", r.ModTime, r.Name)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
