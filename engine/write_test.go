package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/partitions/source"
)

// writerOf is a back end that does nothing but write.
type writerOf func(ctx context.Context, to Files) (int64, error)

func (w writerOf) Execute(context.Context, Job) (Rows, error) { return nil, errors.New("unused") }
func (w writerOf) Close() error                               { return nil }
func (w writerOf) Write(ctx context.Context, _ Job, to Files) (int64, error) {
	return w(ctx, to)
}

// writes makes files of these names.
func writes(names ...string) writerOf {
	return func(_ context.Context, to Files) (int64, error) {
		for _, name := range names {
			path := filepath.Join(to.Dir, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(name), 0o600)); err != nil {
				return 0, err
			}
		}
		return int64(len(names)), nil
	}
}

// place is a directory that statements write to, as s3://b/.
type place struct {
	source.Keeper
	dir     string
	puts    int
	failing int // the put that fails; 0: none
	onPut   func()
	catalog *catalog.Catalog
}

func newPlace(t *testing.T) *place {
	dir := t.TempDir()
	s, err := source.Dir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return &place{Keeper: s.(source.Keeper), dir: dir, catalog: catalog.Empty()}
}

func (p *place) Put(ctx context.Context, key, file string) error {
	if p.puts++; p.puts == p.failing {
		return errDiskFull
	}
	if p.onPut != nil {
		p.onPut()
	}
	return p.Keeper.Put(ctx, key, file)
}

var errDiskFull = errors.New("no space left on device")

// left are all files below the place, the hidden ones too, without what is new in
// each statement's names.
func (p *place) left(t *testing.T) (names []string) {
	err := filepath.WalkDir(p.dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && path != p.dir {
			name, _ := filepath.Rel(p.dir, path)
			if !entry.IsDir() {
				name = filepath.Join(filepath.Dir(name), filepath.Base(name)[max(0, strings.LastIndex(filepath.Base(name), "_")):])
			}
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// query runs a statement that writes to the place.
func (p *place) query(ctx context.Context, w writerOf, sql string) error {
	e := New(w, Options{Catalog: p.catalog, Locations: source.NewMounts([]source.Mount{{URL: "s3://b/", Source: p}}, nil)})
	r, err := e.Query(ctx, sql)
	if err != nil {
		return err
	}
	return r.Close()
}

const (
	unloads = "UNLOAD (SELECT 1 AS a) TO 's3://b/t' WITH (format = 'PARQUET')"
	keyed   = "UNLOAD (SELECT 1 AS a, 2 AS k, 3 AS l) TO 's3://b/t' WITH (format = 'PARQUET', partitioned_by = ARRAY['k', 'l'])"
)

func TestWriteNamesObjects(t *testing.T) {
	for _, test := range []struct {
		sql  string
		from writerOf
		want []string
	}{
		{unloads, writes("data_0.parquet", "data_1.parquet"), []string{"t", "t/_0.parquet", "t/_1.parquet"}},
		{unloads, writes(), nil},
		{keyed, writes("k=a%20b/l=1/data_0", "k=a%20b/l=__HIVE_DEFAULT_PARTITION__/data_0", "k=%2F/l=%C3%A4/data_0"),
			[]string{"t", "t/k=%2F", "t/k=%2F/l=ä", "t/k=%2F/l=ä/_0.parquet", "t/k=a b", "t/k=a b/l=1", "t/k=a b/l=1/_1.parquet", "t/k=a b/l=__HIVE_DEFAULT_PARTITION__", "t/k=a b/l=__HIVE_DEFAULT_PARTITION__/_2.parquet"}},
	} {
		p := newPlace(t)
		if err := p.query(t.Context(), test.from, test.sql); err != nil {
			t.Errorf("%s: %v", test.sql, err)
		}
		if got := p.left(t); !slices.Equal(got, test.want) {
			t.Errorf("%s leaves %q, want %q", test.sql, got, test.want)
		}
	}
}

// TestWriteFails holds that a statement which fails, wherever it does, leaves
// nothing: no object, no folder, no stage.
func TestWriteFails(t *testing.T) {
	some := writes("data_0", "data_1", "data_2")
	failing := func(ctx context.Context, to Files) (int64, error) {
		_, err := some(ctx, to)
		return 0, errors.Join(err, errDiskFull)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancelled := func(ctx context.Context, to Files) (int64, error) {
		n, err := some(ctx, to)
		cancel()
		return n, err
	}
	p := newPlace(t)
	late, stop := context.WithCancel(t.Context())
	p.onPut = stop
	for name, test := range map[string]struct {
		ctx     context.Context
		from    writerOf
		failing int
		want    error
	}{
		"back end": {t.Context(), failing, 0, errDiskFull},
		"put":      {t.Context(), some, 2, errDiskFull},
		"cancel":   {ctx, cancelled, 0, context.Canceled},
		"late":     {late, some, 0, context.Canceled},
	} {
		p.puts, p.failing = 0, test.failing
		if err := p.query(test.ctx, test.from, unloads); !errors.Is(err, test.want) {
			t.Errorf("%s: error %v", name, err)
		}
		if got := p.left(t); len(got) > 0 {
			t.Errorf("%s: %q is left", name, got)
		}
	}
}

// TestWriteStopsAtTooMany holds that a write which makes ever more partitions is
// stopped, and leaves nothing.
func TestWriteStopsAtTooMany(t *testing.T) {
	endless := func(ctx context.Context, to Files) (int64, error) {
		for n := 0; ctx.Err() == nil; n = min(n+1, maxPartitions+1) {
			if _, err := writes(fmt.Sprintf("k=%d/l=1/data_0", n))(ctx, to); err != nil {
				return 0, err
			}
		}
		return 0, ctx.Err()
	}
	p := newPlace(t)
	if err := p.query(t.Context(), endless, keyed); !errors.Is(err, errTooManyPartitions) {
		t.Errorf("error %v", err)
	}
	if got := p.left(t); len(got) > 0 {
		t.Errorf("%d files are left", len(got))
	}
}

// TestWriteMeetsAnother holds that what comes to the place while rows are being
// written is not mixed with.
func TestWriteMeetsAnother(t *testing.T) {
	p := newPlace(t)
	meanwhile := func(ctx context.Context, to Files) (int64, error) {
		_ = os.MkdirAll(filepath.Join(p.dir, "t"), 0o700)
		_ = os.WriteFile(filepath.Join(p.dir, "t", "_other"), nil, 0o600)
		return writes("data_0")(ctx, to)
	}
	err := p.query(t.Context(), meanwhile, unloads)
	if err == nil || !strings.HasPrefix(err.Error(), "HIVE_PATH_ALREADY_EXISTS: ") {
		t.Errorf("error %v", err)
	}
	if got := p.left(t); !slices.Equal(got, []string{"t", "t/_other"}) {
		t.Errorf("%q is left", got)
	}
}

// TestWriteDeclaresLast holds that a table which cannot be declared has no objects,
// and that the catalog has then what it had.
func TestWriteDeclaresLast(t *testing.T) {
	p := newPlace(t)
	p.onPut = func() {
		for _, sql := range []string{"CREATE EXTERNAL TABLE t (a int) PARTITIONED BY (k int) LOCATION 's3://other/'", "ALTER TABLE t ADD PARTITION (k=7)"} {
			s, err := hive.Parse(sql)
			if err != nil {
				t.Fatal(err)
			}
			if err := p.catalog.Apply("default", s); err != nil {
				t.Fatal(err)
			}
		}
	}
	creates := "CREATE TABLE t WITH (external_location = 's3://b/t/', partitioned_by = ARRAY['k']) AS SELECT 1 AS a, 2 AS k"
	err := p.query(t.Context(), writes("k=2/data_0"), creates)
	if err == nil || !strings.Contains(err.Error(), "Table t already exists") {
		t.Errorf("error %v", err)
	}
	if got := p.left(t); len(got) > 0 {
		t.Errorf("%q is left", got)
	}
	if got := p.catalog.Partitions("default", "t"); len(got) != 1 || got[0].Spec[0].Value != "7" {
		t.Errorf("the table has partitions %v", got)
	}
}

func TestWriteNeedsPlaces(t *testing.T) {
	e := New(writes(), Options{})
	if _, err := e.Query(t.Context(), unloads); err == nil || !strings.Contains(err.Error(), "--mount") {
		t.Errorf("error %v", err)
	}
	dir := t.TempDir()
	src, err := source.Dir(dir)
	if err != nil {
		t.Fatal(err)
	}
	e = New(writes(), Options{Source: src, Locations: source.NewMounts([]source.Mount{{URL: "s3://b/", Source: src}}, nil)})
	if _, err := e.Plan(t.Context(), unloads); err == nil || !strings.Contains(err.Error(), "it is among the objects of "+dir) {
		t.Errorf("error %v", err)
	}
}

// TestWriteKnowsPlaces holds that another name of a table's directory is no way into it.
func TestWriteKnowsPlaces(t *testing.T) {
	p := newPlace(t)
	e := New(writes(), Options{Catalog: p.catalog, Locations: source.NewMounts([]source.Mount{{URL: "s3://b/", Source: p.Keeper}, {URL: "s3://c/d/", Source: p.Keeper}}, nil)})
	if _, err := e.Plan(t.Context(), "CREATE EXTERNAL TABLE t (a int) STORED AS PARQUET LOCATION 's3://c/d/t'"); err != nil {
		t.Fatal(err)
	}
	for sql, want := range map[string]string{
		"UNLOAD (SELECT 1 AS a) TO 's3://b/t/u/' WITH (format = 'PARQUET')":         "table default.t reads all that lies below s3://c/d/t/",
		"CREATE TABLE v WITH (external_location = 's3://b/t') AS SELECT 1 AS a":     "table default.t reads all that lies below s3://c/d/t/",
		"UNLOAD (SELECT 1 AS a) TO 's3://b/tu/' WITH (format = 'PARQUET')":          "",
		"UNLOAD (SELECT 1 AS a) TO 's3://b/unrelated/t/' WITH (format = 'PARQUET')": "",
		"INSERT INTO t VALUES 1": "",
	} {
		_, err := e.Plan(t.Context(), sql)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", sql, err)
		}
	}
}
