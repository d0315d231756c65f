package source_test

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

func TestDirConforms(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T, objects map[string][]byte) source.Source {
		root := t.TempDir()
		for key, body := range objects {
			path := filepath.Join(root, filepath.FromSlash(key))
			folder := filepath.Dir(path)
			if strings.HasSuffix(key, "/") {
				folder = path
			}
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			if folder == path {
				continue
			}
			if err := os.WriteFile(path, body, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		s, err := source.Dir(root)
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func TestFSConforms(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T, objects map[string][]byte) source.Source {
		files := fstest.MapFS{}
		for key, body := range objects {
			if !strings.HasSuffix(key, "/") {
				files[key] = &fstest.MapFile{Data: body, ModTime: time.Unix(1700000000, 0)}
			}
		}
		return source.FS(files, "memory")
	})
}
