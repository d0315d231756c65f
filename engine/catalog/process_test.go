package catalog

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine/hive"
)

// TestMain is the test, or a process that a test starts: what it does is in the
// environment. Either waits for the other's changes however slow the disk is.
func TestMain(m *testing.M) {
	patience = time.Hour
	path := os.Getenv("VPCQ_TEST_CATALOG")
	if path == "" {
		os.Exit(m.Run())
	}
	if step := os.Getenv("VPCQ_TEST_DIE_AT"); step != "" {
		atStep = func(s string) {
			if s == step {
				self, _ := os.FindProcess(os.Getpid())
				self.Kill()
				select {}
			}
		}
	}
	count, _ := strconv.Atoi(os.Getenv("VPCQ_TEST_COUNT"))
	if err := declareTables(path, os.Getenv("VPCQ_TEST_NAME"), count); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// declareTables declares tables in a catalog, one change each.
func declareTables(path, name string, count int) error {
	c, err := Open(path)
	if err != nil {
		return err
	}
	for i := range count {
		s, err := hive.Parse(fmt.Sprintf("CREATE EXTERNAL TABLE %s_%d (a int) LOCATION 's3://b/%d/'", name, i, i))
		if err != nil {
			return err
		}
		if err := c.Apply(DefaultDatabase, s); err != nil {
			return err
		}
	}
	return nil
}

// process starts declareTables in a process of its own.
func process(path, name string, count int, environment ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "VPCQ_TEST_CATALOG="+path, "VPCQ_TEST_NAME="+name, fmt.Sprint("VPCQ_TEST_COUNT=", count))
	cmd.Env = append(cmd.Env, environment...)
	return cmd
}

func TestTwoProcesses(t *testing.T) {
	const count = 60
	path := filepath.Join(t.TempDir(), "catalog.sql")
	var processes []*exec.Cmd
	for _, name := range []string{"a", "b"} {
		p := process(path, name, count)
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		processes = append(processes, p)
	}
	for _, p := range processes {
		if err := p.Wait(); err != nil {
			t.Error(err)
		}
	}
	c, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(c.Tables(DefaultDatabase)); got != 2*count {
		t.Errorf("%d tables of %d", got, 2*count)
	}
}

func TestGoroutines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.sql")
	done := make(chan error)
	for _, name := range []string{"a", "b", "c"} {
		go func() { done <- declareTables(path, name, 10) }()
	}
	for range 3 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if c, err := Open(path); err != nil || len(c.Tables(DefaultDatabase)) != 30 {
		t.Errorf("%v, %d tables", err, len(c.Tables(DefaultDatabase)))
	}
}

// TestKilled ends a process before each step of its write. The file is the old
// one or the new one, and the next process can change it.
func TestKilled(t *testing.T) {
	for _, step := range []string{"create", "write", "write the rest", "sync", "rename", "sync directory"} {
		t.Run(step, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "catalog.sql")
			if err := declareTables(path, "before", 1); err != nil {
				t.Fatal(err)
			}
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := process(path, "killed", 1, "VPCQ_TEST_DIE_AT="+step).Run(); err == nil {
				t.Fatal("the process was not killed")
			}
			got, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			changed := strings.Contains(string(got), "killed_0")
			if changed != (step == "sync directory") || !changed && string(got) != string(before) {
				t.Errorf("the file is\n%s", got)
			}
			if err := process(path, "after", 1).Run(); err != nil {
				t.Error(err)
			}
			if _, err := os.Stat(path + ".new"); err == nil {
				t.Error("the file that was not finished stays")
			}
			c, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := c.Table(DefaultDatabase, "after_0"); !ok {
				t.Error("the change after it is lost")
			}
		})
	}
}
