package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts run this very program as the command vpcq.
func TestMain(m *testing.M) {
	// All that is due is kept, however slow the machine is.
	keepAtLeast = time.Hour
	if filepath.Base(os.Args[0]) != "vpcq" { // as which the scripts run it, with their own setting
		for _, setting := range os.Environ() {
			if name, _, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "VPCQ_") {
				if err := os.Unsetenv(name); err != nil {
					panic(err)
				}
			}
		}
		// No catalog, cache or settings of the machine's; and a cache that nobody can make.
		for home, dir := range map[string]string{"XDG_DATA_HOME": "/nonexistent", "VPCQ_CACHE_DIR": "/dev/null/none", "XDG_CONFIG_HOME": "/nonexistent"} {
			if err := os.Setenv(home, dir); err != nil {
				panic(err)
			}
		}
	}
	testscript.Main(m, map[string]func(){"vpcq": main})
}

// TestScripts runs the pages of the command line: what a user types, what stands
// on standard output and on standard error, and the exit status.
func TestScripts(t *testing.T) {
	bucket, err := filepath.Abs("../../examples/bucket")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("BUCKET", bucket)
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "data"))
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, "cache"))
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, "config"))
			env.Setenv("AWS_CONFIG_FILE", "/nonexistent")
			env.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
			env.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status, "cutgz": cutGzip, "spoil": spoil, "await": await, "empty": empty},
	})
}

// status N COMMAND… runs a command that must end with the exit status N.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command [args]")
	}
	err := ts.Exec(args[1], args[2:]...)
	if got := exitCode(err); got != args[0] {
		ts.Fatalf("exit status %s (%v), want %s", got, err, args[0])
	}
}

func exitCode(err error) string {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return "0"
	case errors.As(err, &exit):
		return strconv.Itoa(exit.ExitCode())
	}
	return err.Error()
}

// cutGzip FILE compresses a file in place and cuts its last bytes off.
func cutGzip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: cutgz file")
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes()[:b.Len()-12], 0o644))
}

// spoil DIR changes a byte in one of the Parquet files of a cache.
func spoil(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: spoil directory")
	}
	files, err := filepath.Glob(filepath.Join(args[0], "*.parquet"))
	ts.Check(err)
	if len(files) == 0 {
		ts.Fatalf("%s has no Parquet files", args[0])
	}
	data, err := os.ReadFile(files[0])
	ts.Check(err)
	data[len(data)/2] ^= 0xff
	ts.Check(os.WriteFile(files[0], data, 0o600))
}

// await PATTERN waits until a file has such a name.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await pattern")
	}
	for range 600 {
		files, err := filepath.Glob(ts.MkAbs(args[0]))
		ts.Check(err)
		if len(files) > 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("there is no %s", args[0])
}

// empty DIR fails where a directory has anything in it.
func empty(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: empty directory")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(entries) > 0 {
		ts.Fatalf("%s has %v", args[0], entries)
	}
}
