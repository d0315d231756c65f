package enginetest

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/vpcq/vpcq/engine/loader/loadertest"
	"github.com/vpcq/vpcq/schema"
)

// RunDelivered runs every page that the pattern matches over its bucket in each
// way in which AWS delivers flow logs, and over one with a different way for each
// object. What the page wants, it wants of each. A page is one whose statements
// ask for no column that a way of delivery adds.
func RunDelivered(t *testing.T, open Open, pattern string) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages match %s (%v)", pattern, err)
	}
	backend := open(t)
	defer backend.Close()
	for _, file := range files {
		for first, d := range loadertest.Deliveries {
			for _, mixed := range []bool{false, true} {
				name := filepath.Base(file) + "/" + d.Name
				if mixed {
					name += "-mixed"
				}
				t.Run(name, func(t *testing.T) {
					p := deliver(t, file, first, mixed)
					p.options.Source = Memory(t, p.bucket)
					if got := p.answer(backend); got["want"] != p.parts["want"] || got["error"]+got["notes"] != "" {
						t.Errorf("%s%s%swant:\n%s", got["want"], got["error"], got["notes"], p.parts["want"])
					}
				})
			}
		}
	}
}

// deliver is the page of a file, with its objects delivered in that way; mixed,
// each object in the way after that of the one before.
func deliver(t *testing.T, file string, way int, mixed bool) *page {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var stored, options strings.Builder
	for i, f := range archive.Files {
		if partNames[f.Name] {
			continue
		}
		d := loadertest.Deliveries[way%len(loadertest.Deliveries)]
		if mixed {
			way++
			f.Name = path.Join(path.Dir(f.Name), "any") // the name of one flow log would promise one format
			archive.Files[i].Name = f.Name
		}
		fmt.Fprintf(&stored, "%s: %s\n", f.Name, d.Name)
		header, _, _ := strings.Cut(string(f.Data), "\n")
		if format, ok := schema.ParseHeader([]byte(header)); ok && format.String() != schema.DefaultVPC.String() {
			fmt.Fprintf(&options, "log-format: %s\n", format)
		}
	}
	archive.Files = append(archive.Files, txtar.File{Name: "stored", Data: []byte(stored.String())}, txtar.File{Name: "options", Data: []byte(options.String())})
	p, err := newPage(archive)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
