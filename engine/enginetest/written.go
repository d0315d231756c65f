package enginetest

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"compress/gzip"

	"github.com/vpcq/vpcq/partitions/source"
)

// writtenURL is where the statements of a page may write.
const writtenURL = "s3://written/"

// statementID is what the names of written files have of their statement.
var statementID = regexp.MustCompile(`[0-9]{8}_[0-9]{6}_[a-z2-7]{26}`)

// controls are the separators of Hive's text.
var controls = regexp.MustCompile("[\x01-\x08]")

// emptyDirectory is the source of what the page's statements write.
func (p *page) emptyDirectory(t *testing.T) source.Source {
	p.written = t.TempDir()
	s, err := source.Dir(p.written)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// listWritten lists the files that were written, with the text of those that are text.
func (p *page) listWritten() string {
	var b strings.Builder
	err := filepath.WalkDir(p.written, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		key, err := filepath.Rel(p.written, path)
		if err != nil {
			return err
		}
		fmt.Fprintln(&b, filepath.ToSlash(key))
		if strings.HasSuffix(path, ".parquet") {
			return nil
		}
		text, err := readText(path)
		for line := range strings.Lines(text) {
			fmt.Fprintf(&b, "  %s", controls.ReplaceAllStringFunc(line, func(c string) string { return "^" + string(c[0]+'@') }))
		}
		return err
	})
	if err != nil {
		return err.Error() + "\n"
	}
	return b.String()
}

// readText reads a file, and inflates it where it is gzip data.
func readText(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return string(data), err
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(r)
	return string(text), err
}
