package catalog

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/hive"
)

var update = flag.Bool("update", false, "write the answers of the pages anew")

// TestPages runs the pages of testdata: the statements of run.sql over the file
// before.sql, if there is one. What they answer is in answers, and what the
// file holds then is in after.sql.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, page := range pages {
		t.Run(strings.TrimSuffix(filepath.Base(page), ".txtar"), func(t *testing.T) { runPage(t, page) })
	}
}

func runPage(t *testing.T, page string) {
	archive, err := txtar.ParseFile(page)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "data", "catalog.sql")
	parts := map[string]string{}
	for _, f := range archive.Files {
		parts[f.Name] = string(f.Data)
	}
	if before, ok := parts["before.sql"]; ok {
		writeFile(t, path, before)
	}
	got := map[string]string{"answers": answers(path, parts["run.sql"])}
	if after, err := os.ReadFile(path); err == nil {
		got["after.sql"] = string(after)
	}
	if *update {
		kept := archive.Files[:0]
		for _, f := range archive.Files {
			if f.Name != "answers" && f.Name != "after.sql" {
				kept = append(kept, f)
			}
		}
		archive.Files = append(kept, txtar.File{Name: "answers", Data: []byte(got["answers"])}, txtar.File{Name: "after.sql", Data: []byte(got["after.sql"])})
		if err := os.WriteFile(page, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, name := range []string{"answers", "after.sql"} {
		if got[name] != parts[name] {
			t.Errorf("%s is\n%s\nwant\n%s", name, got[name], parts[name])
		}
	}
}

// answers are those of a script's statements: rows of SHOW, and errors. A comment
// "current d" above a statement makes d the current database.
func answers(path, script string) string {
	c, err := Open(path)
	if err != nil {
		return strings.ReplaceAll(err.Error(), path, "catalog.sql") + "\n"
	}
	var b strings.Builder
	pieces, _ := hive.Split(script)
	database := DefaultDatabase
	for _, p := range pieces {
		if _, name, ok := strings.Cut(p.Lead, "-- current "); ok {
			database = strings.TrimSpace(name)
		}
		rows, err := run(c, database, p.Text)
		for _, row := range rows {
			fmt.Fprintln(&b, strings.ReplaceAll(row, "\t", "|"))
		}
		if err != nil {
			fmt.Fprintln(&b, err)
		}
	}
	return b.String()
}

// run runs a statement of either language.
func run(c *Catalog, database, text string) ([]string, error) {
	if hive.IsDDL(text) {
		s, err := hive.Parse(text)
		if err != nil {
			return nil, err
		}
		if l, err := c.Show(database, s); len(l.Columns) > 0 || changeOf(database, s) == nil {
			return l.Rows, err
		}
		return nil, c.Apply(database, s)
	}
	s, err := dialect.Parse(text)
	if err != nil {
		return nil, err
	}
	switch s := s.(type) {
	case *dialect.CreateView:
		return nil, c.CreateView(database, text)
	case *dialect.DropView:
		return nil, c.DropView(database, s)
	case *dialect.Prepare:
		return nil, c.Prepare(text)
	case *dialect.Deallocate:
		return nil, c.Deallocate(s.Name.Value)
	}
	return nil, errNotChange
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
