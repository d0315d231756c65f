package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/vpcq/vpcq/examples/made"
	"github.com/vpcq/vpcq/schema"
)

// first is the first of a bucket's days.
var first = time.Date(2025, time.November, 1, 0, 0, 0, 0, time.UTC)

// bucket is one of the buckets that are measured.
type bucket struct {
	name string
	made made.Options
}

// buckets returns those with so many bytes of text, but for the tiny one: it
// has 4,000 objects of some 25 records, as a quiet network's logs are.
func buckets(text int64) []bucket {
	objects := int(max(10, min(220, text>>20)))
	return []bucket{
		{"default", made.Options{Seed: 1, Start: first, Days: 10, Accounts: 2, Regions: 1, Objects: objects, Bytes: text, Format: "default"}},
		{"v5", made.Options{Seed: 2, Start: first, Days: 10, Accounts: 2, Regions: 1, Objects: objects, Bytes: text, Format: "v5"}},
		{"tiny", made.Options{Seed: 3, Start: first, Days: 10, Accounts: 2, Regions: 2, Objects: int(min(4000, text/1000)), Records: 25, Format: "default"}},
	}
}

// summary is what is kept beside a bucket: of what it was made, and how much.
type summary struct {
	Options made.Options
	made.Summary
}

// make makes the bucket in dir, unless it is there already.
func (b bucket) make(dir string) (summary, error) {
	path, note := filepath.Join(dir, b.name), filepath.Join(dir, b.name+".json")
	if held, err := read(note); err == nil && held.Options == b.made {
		return held, nil
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return summary{}, err
	}
	if _, err := os.Stat(note); err == nil {
		return summary{}, fmt.Errorf("%s holds another bucket than this: remove it, or name another directory", path)
	}
	written, err := made.Write(path, b.made)
	if err != nil {
		return summary{}, err
	}
	if err := age(path); err != nil {
		return summary{}, err
	}
	s := summary{b.made, written}
	text, err := json.Marshal(s)
	if err != nil {
		return summary{}, err
	}
	return s, os.WriteFile(note, text, 0o644)
}

// age makes the objects of dir look as if they had been there for long: a cache
// does not take those that are seconds old.
func age(dir string) error {
	names, err := objects(dir)
	for _, name := range names {
		if err := os.Chtimes(name, first, first); err != nil {
			return err
		}
	}
	return err
}

func read(note string) (s summary, err error) {
	text, err := os.ReadFile(note)
	if err != nil {
		return summary{}, err
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return summary{}, fmt.Errorf("read %s: %w: remove it and its bucket", note, err)
	}
	return s, nil
}

// objects lists the files of the bucket in dir.
func objects(dir string) (names []string, err error) {
	err = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".log.gz") {
			names = append(names, name)
		}
		return err
	})
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("%s has no objects", dir)
	}
	return names, err
}

// columns returns those of the bucket in dir, as its first object's header line has them.
func columns(dir string) ([]schema.Column, error) {
	names, err := objects(dir)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(names[0])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(z).ReadString('\n')
	if err != nil {
		return nil, err
	}
	format, ok := schema.ParseHeader([]byte(strings.TrimSuffix(line, "\n")))
	if !ok {
		return nil, fmt.Errorf("%s has no header line", names[0])
	}
	return format.Columns, nil
}
