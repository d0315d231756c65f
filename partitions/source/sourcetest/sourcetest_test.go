package sourcetest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

func TestDir(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T, objects map[string][]byte) source.Source {
		dir := t.TempDir()
		sourcetest.WriteFiles(t, dir, objects)
		s, err := source.Dir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func TestFS(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T, objects map[string][]byte) source.Source {
		files := fstest.MapFS{}
		for key, content := range objects {
			if folder, ok := strings.CutSuffix(key, "/"); ok {
				files[folder] = &fstest.MapFile{Mode: os.ModeDir | 0o755}
				continue
			}
			files[key] = &fstest.MapFile{Data: content, Mode: 0o644, ModTime: time.Unix(1700000000, 0)}
		}
		return source.FS(files, "files of the test")
	})
}

func TestWriteFiles(t *testing.T) {
	dir := t.TempDir()
	sourcetest.WriteFiles(t, dir, map[string][]byte{"a/": {}, "b/c": []byte("x")})
	if info, err := os.Stat(filepath.Join(dir, "a")); err != nil || !info.IsDir() {
		t.Errorf("a marker is no folder: %v", err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "b", "c")); err != nil || string(got) != "x" {
		t.Errorf("b/c: %q, %v", got, err)
	}
}
