package sourcetest

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/partitions/source"
)

// RunKeeper tests that k, which is empty, takes objects as source.Keeper says.
func RunKeeper(t *testing.T, k source.Keeper) {
	ctx := t.Context()
	stage, err := k.Stage(ctx, "a/b/")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(stage)
	if entries, err := os.ReadDir(stage); err != nil || len(entries) > 0 {
		t.Errorf("the stage has %v, %v", entries, err)
	}
	for key, text := range map[string]string{"a/b/k=a%3Ab c/x": "one", "a/b/y": strings.Repeat("two", 100), "z": ""} {
		file := filepath.Join(stage, "file")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := k.Put(ctx, key, file); err != nil {
			t.Fatal(err)
		}
		if got := contentOf(t, k, key); got != text {
			t.Errorf("%s holds %q, want %q", key, got, text)
		}
	}
	want := []string{"a/b/k=a%3Ab c/x", "a/b/y", "z"}
	if got := keysOf(t, k); !slices.Equal(got, want) {
		t.Errorf("there are %q, want %q", got, want)
	}
	for i, key := range want {
		if err := k.Remove(ctx, key); err != nil {
			t.Error(err)
		}
		if got := keysOf(t, k); !slices.Equal(got, want[i+1:]) {
			t.Errorf("without %s there are %q", key, got)
		}
	}
	keeperCancelled(t, k, stage)
}

// keeperCancelled tests that what is cancelled leaves no object.
func keeperCancelled(t *testing.T, k source.Keeper, stage string) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	file := filepath.Join(stage, "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := k.Put(ctx, "late", file); err == nil {
		t.Error("Put goes on when it is cancelled")
	}
	if got := keysOf(t, k); len(got) > 0 {
		t.Errorf("there are %q", got)
	}
	if dir, err := k.Stage(ctx, "a/"); err == nil {
		t.Error("Stage goes on when it is cancelled", os.RemoveAll(dir))
	}
}

func contentOf(t *testing.T, s source.Source, key string) string {
	r, err := s.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// keysOf lists the objects, but for hidden ones.
func keysOf(t *testing.T, s source.Source) []string {
	var keys []string
	for o, err := range s.Objects(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(o.Key, ".") {
			keys = append(keys, o.Key)
		}
	}
	return keys
}
