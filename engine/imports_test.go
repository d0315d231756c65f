package engine_test

import (
	"os/exec"
	"strings"
	"testing"
)

// rows are the packages of the module, those that import nothing of ours first.
// A package may import only what stands in a row below its own.
var rows = [][]string{
	{"schema", "partitions/source", "engine/fault", "engine/javatext", "engine/loader/document", "engine/loader/inflate"},
	{"engine/cache", "engine/dialect", "engine/hive", "engine/loader", "engine/loader/loadertest", "partitions", "partitions/source/s3", "partitions/source/sourcetest"},
	{"engine/catalog"},
	{"engine", "engine/render"},
	{"engine/duckdb", "engine/enginetest"},
	{"cmd/vpcq", "examples/library", "examples/bench"},
}

const module = "github.com/vpcq/vpcq/"

func TestImportsPointDown(t *testing.T) {
	row := map[string]int{}
	for i, packages := range rows {
		for _, p := range packages {
			row[p] = i
		}
	}
	for path, imports := range directImports(t) {
		if strings.HasPrefix(path, "examples/made") || path == "examples/makebucket" {
			continue // the program that makes data knows nothing of what reads them
		}
		own, listed := row[path]
		if !listed {
			t.Errorf("%s stands in no row", path)
		}
		for _, imported := range imports {
			if below, ok := row[imported]; ok && below >= own {
				t.Errorf("%s imports %s, which is not below it", path, imported)
			}
		}
	}
}

// TestHeavyLibrariesStandOnce holds that DuckDB, the AWS SDK and the command
// line's library are each linked by one package.
func TestHeavyLibrariesStandOnce(t *testing.T) {
	only := map[string]string{
		"github.com/duckdb/":         "engine/duckdb",
		"github.com/aws/aws-sdk-go-": "partitions/source/s3",
		"github.com/urfave/cli/":     "cmd/vpcq",
	}
	for path, imports := range directImports(t) {
		for _, imported := range imports {
			for library, home := range only {
				if strings.HasPrefix(imported, library) && path != home {
					t.Errorf("%s imports %s; only %s may", path, imported, home)
				}
			}
		}
	}
}

// directImports lists what each package of the module imports; those of the
// module without its name before them. Tests do not count.
func directImports(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}:{{range .Imports}} {{.}}{{end}}`, module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	imports := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		path, list, _ := strings.Cut(strings.TrimSpace(line), ":")
		for _, imported := range strings.Fields(list) {
			path := strings.TrimPrefix(path, module)
			imports[path] = append(imports[path], strings.TrimPrefix(imported, module))
		}
	}
	return imports
}
