package source_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

func keeper(t *testing.T, path string) source.Keeper {
	t.Helper()
	s, err := source.Dir(path)
	if err != nil {
		t.Fatal(err)
	}
	return s.(source.Keeper)
}

func TestDirKeeps(t *testing.T) {
	root := t.TempDir()
	sourcetest.RunKeeper(t, keeper(t, root))
	if left, err := os.ReadDir(root); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

func TestMountsKeep(t *testing.T) {
	root := t.TempDir()
	mounts := source.NewMounts([]source.Mount{{URL: "s3://b/p/", Source: keeper(t, root)}, {URL: "s3://fs/", Source: source.FS(os.DirFS(root), "fs")}}, nil)
	ctx := t.Context()
	stage, err := mounts.Stage(ctx, "s3://b/p/q/")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(stage, "f")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := mounts.Put(ctx, "s3://b/p/q/f", file); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(root, "q", "f"))
	if err != nil || info.Mode().Perm() != 0o644 && runtime.GOOS != "windows" {
		t.Errorf("the file is %v, %v", info, err)
	}
	if err := mounts.Remove(ctx, "s3://b/p/q/f"); err != nil {
		t.Error(err)
	}
	for url, want := range map[string]string{"s3://fs/x": "fs cannot be written to", "s3://c/x": "nothing is mounted there"} {
		if err := mounts.Put(ctx, url, file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", url, err)
		}
		if _, err := mounts.Stage(ctx, url+"/"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("stage %s: %v", url, err)
		}
		if err := mounts.Remove(ctx, url); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("remove %s: %v", url, err)
		}
	}
}

func TestDirKeepsToItself(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "f")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	dir := keeper(t, root)
	for _, key := range []string{"../x", "a/../../x", "/x"} {
		if err := dir.Put(t.Context(), key, file); err == nil || !strings.Contains(err.Error(), "leads out") {
			t.Errorf("put %s: %v", key, err)
		}
		if err := dir.Remove(t.Context(), key); err == nil {
			t.Errorf("remove %s: it can", key)
		}
	}
	if err := dir.Put(t.Context(), "f", file); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file takes the place of another: %v", err)
	}
	if _, err := keeper(t, file).Stage(t.Context(), ""); err == nil {
		t.Error("a source of one file takes others")
	}
}

// TestLocate holds that a place is known by whatever name it is reached.
func TestLocate(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "a", "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(root, "a"), filepath.Join(root, "link")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	locate := func(s source.Source, prefix string) string {
		place, err := s.(source.Locator).Locate(t.Context(), prefix)
		if err != nil {
			t.Fatal(err)
		}
		return place
	}
	top := keeper(t, root)
	want := locate(top, "a/b/") + "new/c/"
	mounts := source.NewMounts([]source.Mount{{URL: "s3://m/", Source: keeper(t, filepath.Join(root, "link"))}, {URL: "s3://fs/", Source: source.FS(os.DirFS(root), "fs")}}, nil)
	for prefix, s := range map[string]source.Source{"link/b/new/c/": top, "a/b/new/c/": top, "b/new/c/": keeper(t, filepath.Join(root, "link")), "s3://m/b/new/c/": mounts} {
		if got := locate(s, prefix); got != want {
			t.Errorf("%s is %s, want %s", prefix, got, want)
		}
	}
	if got := locate(mounts, "s3://fs/a/"); got != "fs/a/" {
		t.Errorf("s3://fs/a/ is %s", got)
	}
}
