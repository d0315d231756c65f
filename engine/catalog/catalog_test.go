package catalog

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine/hive"
)

func TestDefaultPath(t *testing.T) {
	for data, want := range map[string]string{"/data": "/data/vpcq/catalog.sql", "": "/home/j/.local/share/vpcq/catalog.sql", "relative": "/home/j/.local/share/vpcq/catalog.sql"} {
		t.Setenv("HOME", "/home/j")
		t.Setenv("XDG_DATA_HOME", data)
		if got, err := DefaultPath(); err != nil || filepath.ToSlash(got) != want && runtime.GOOS != "windows" {
			t.Errorf("with %q: %s, %v", data, got, err)
		}
	}
}

// TestMode holds the mode of a file that is made, and that another mode and a
// link are kept.
func TestMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes are Unix's")
	}
	dir := t.TempDir()
	path, link := filepath.Join(dir, "new", "catalog.sql"), filepath.Join(dir, "link.sql")
	if err := declareTables(path, "a", 1); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the mode is %v, %v", info, err)
	}
	if err := errors.Join(os.Chmod(path, 0o644), os.Symlink(path, link), declareTables(link, "b", 1)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(path); err != nil || info.Mode() != 0o644 {
		t.Errorf("the mode is %v, %v", info, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
}

// TestDamaged holds that a file which cannot be read is told with its line, and
// that no change touches it.
func TestDamaged(t *testing.T) {
	tests := []struct{ text, want string }{
		{"CREATE EXTERNAL TABLE t (a int) LOCATION 's3://b/';\n\nCREATE EXTERNAL TABLE t (\n  a innt) LOCATION 's3://b/'", "line 4, column 5: mismatched input 'innt' expecting <type>"},
		{"CREATE EXTERNAL TABLE t (a int) LOCATION 's3://b/';\nCREATE VIEW t AS SELECT 1", "line 2: default.t is declared on line 1 already"},
		{"\nCREATE EXTERNAL TABLE d.t (a int) LOCATION 's3://b/'", "line 2: there is no database d above; CREATE DATABASE declares it"},
		{"ALTER TABLE t ADD PARTITION (d='1')", "line 1: there is no table default.t above these partitions"},
		{"CREATE EXTERNAL TABLE t (a int) LOCATION 's3://b/';ALTER TABLE t ADD PARTITION (d='1')", "line 1: SemanticException table is not partitioned but partition spec exists: {d=1}"},
		{"SELECT 1", "line 1: a catalog holds CREATE DATABASE, CREATE EXTERNAL TABLE, ALTER TABLE ADD PARTITION, CREATE VIEW and PREPARE; run other statements instead of writing them here"},
		{"DROP TABLE t", "line 1: a catalog holds CREATE DATABASE, CREATE EXTERNAL TABLE, ALTER TABLE ADD PARTITION, CREATE VIEW and PREPARE; run other statements instead of writing them here"},
		{"CREATE EXTERNAL TABLE t (a int) LOCATION 's3", "line 1, column 42: mismatched input ''' expecting STRING"},
		{"\x00\x1f\x8b", "line 1, column 1: "},
	}
	for _, test := range tests {
		path := filepath.Join(t.TempDir(), "catalog.sql")
		writeFile(t, path, "")
		c, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, path, test.text)
		s, err := hive.Parse("CREATE EXTERNAL TABLE fresh (a int) LOCATION 's3://b/'")
		if err != nil {
			t.Fatal(err)
		}
		err = c.Apply(DefaultDatabase, s)
		if err == nil || !strings.HasPrefix(err.Error(), "read catalog "+path+": "+test.want) || !strings.HasSuffix(err.Error(), "; mend the line, or move the file away") {
			t.Errorf("%q gives %v, want %s", test.text, err, test.want)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != test.text {
			t.Errorf("%q was changed to %q, %v", test.text, got, err)
		}
	}
}

// TestRefresh holds that what another process writes is seen.
func TestRefresh(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.sql")
	c, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := declareTables(path, "t", 1); err != nil {
		t.Fatal(err)
	}
	if _, ok := c.Table("DEFAULT", "T_0"); ok {
		t.Error("the table is there before Refresh")
	}
	if err := c.Refresh(); err != nil {
		t.Fatal(err)
	}
	if table, ok := c.Table("DEFAULT", "T_0"); !ok || table.Location != "s3://b/0/" || table.Database != DefaultDatabase {
		t.Errorf("the table is %+v, %v", table, ok)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := c.Refresh(); err != nil || len(c.Tables(DefaultDatabase)) != 0 {
		t.Errorf("without its file the catalog has tables, %v", err)
	}
}

// TestManyPartitions holds that partitions beyond what one statement lists are
// neither lost nor doubled.
func TestManyPartitions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.sql")
	c, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	create, err := hive.Parse("CREATE EXTERNAL TABLE t (a int) PARTITIONED BY (d string) LOCATION 's3://b/'")
	if err != nil {
		t.Fatal(err)
	}
	add := &hive.AddPartitions{Table: hive.Name{Table: "t"}, IfNotExists: true}
	for i := range 2 * maxListed {
		add.Partitions = append(add.Partitions, hive.NewPartition{Spec: hive.PartitionSpec{{Name: "d", Value: strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i/26)}}})
	}
	for _, s := range []hive.Statement{create, &hive.AddPartitions{Table: add.Table, Partitions: add.Partitions[:700]}, add, add} {
		if err := c.Apply(DefaultDatabase, s); err != nil {
			t.Fatal(err)
		}
	}
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*Catalog{c, again} {
		if got := len(c.Partitions(DefaultDatabase, "t")); got != 2*maxListed {
			t.Errorf("%d partitions of %d", got, 2*maxListed)
		}
	}
}

// TestEmpty holds that a catalog without a file keeps what it is told.
func TestEmpty(t *testing.T) {
	c := Empty()
	for _, text := range []string{"CREATE DATABASE d", "CREATE EXTERNAL TABLE d.t (a int) PARTITIONED BY (k string) LOCATION 's3://b/'", "ALTER TABLE d.t ADD PARTITION (k='1')"} {
		s, err := hive.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Apply(DefaultDatabase, s); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if err := c.Apply(DefaultDatabase, s); err == nil {
			t.Errorf("%s goes twice", text)
		}
	}
	copied := c.Copy()
	if err := copied.Apply("d", &hive.DropTable{Name: hive.Name{Table: "t"}}); err != nil || len(copied.Tables("d")) != 0 {
		t.Errorf("drop in a copy: %v", err)
	}
	if err := c.Refresh(); err != nil || len(c.Partitions("d", "t")) != 1 || c.Path() != "" {
		t.Errorf("%v, partitions %v", err, c.Partitions("d", "t"))
	}
}

// TestApplyAll holds that changes are made together or not at all.
func TestApplyAll(t *testing.T) {
	parsed := func(texts ...string) (all []hive.Statement) {
		for _, text := range texts {
			s, err := hive.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, s)
		}
		return all
	}
	c, err := Open(filepath.Join(t.TempDir(), "catalog.sql"))
	if err != nil {
		t.Fatal(err)
	}
	const create = "CREATE EXTERNAL TABLE t (a int) PARTITIONED BY (k string) LOCATION 's3://b/'"
	if err := c.ApplyAll(DefaultDatabase, parsed(create, "ALTER TABLE t ADD PARTITION (other='1')")...); err == nil {
		t.Error("a partition of other keys is added")
	}
	if err := c.ApplyAll(DefaultDatabase, parsed(create, "SHOW TABLES")...); err == nil {
		t.Error("SHOW TABLES changes the catalog")
	}
	if n := len(c.Tables(DefaultDatabase)); n != 0 {
		t.Errorf("%d tables are declared", n)
	}
	if err := c.ApplyAll(DefaultDatabase, parsed(create, "ALTER TABLE t ADD PARTITION (k='1')")...); err != nil || len(c.Partitions(DefaultDatabase, "t")) != 1 {
		t.Errorf("%v, partitions %v", err, c.Partitions(DefaultDatabase, "t"))
	}
}
