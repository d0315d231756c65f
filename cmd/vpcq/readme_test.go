package main

import (
	"bytes"
	"context"
	"flag"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

var update = flag.Bool("update", false, "write the outputs in the README anew")

const readme = "../../README.md"

// block is a fenced command of the README and the output printed below it.
var block = regexp.MustCompile("(?s)```console\n\\$ ([^\n]*)\n(.*?)```\n")

// TestReadme runs every fenced command of the README from the module's root and
// compares what it prints, standard error after standard output. Commands on
// s3://my-bucket/prefix find examples/bucket there.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	sourcetest.Hermetic(t)
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	serveBucket(t)
	t.Chdir("../..")
	commands := 0
	got := block.ReplaceAllStringFunc(string(text), func(fenced string) string {
		command := block.FindStringSubmatch(fenced)[1]
		commands++
		return "```console\n$ " + command + "\n" + runLine(t, command) + "```\n"
	})
	if commands < 8 {
		t.Errorf("%d fenced commands found", commands)
	}
	if strings.Count(string(text), "```") != 2*commands {
		t.Error("a fenced block is no command: begin it with ```console and a line that starts with $")
	}
	if got == string(text) {
		return
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("the README is not what its commands print; go test ./cmd/vpcq -run TestReadme -update writes it anew:\n%s", got)
}

// runLine runs a command line of the README in this process.
func runLine(t *testing.T, line string) string {
	args := words(t, line)
	switch {
	case line == "go test ./...":
		return "" // this very test is a part of it
	case strings.HasPrefix(line, "go run ./cmd/vpcq "):
		args = args[2:]
	case args[0] != "vpcq":
		t.Fatalf("no way to run %q", line)
	}
	var out, err bytes.Buffer
	run(context.Background(), append([]string{"vpcq"}, args[1:]...), terminal{in: strings.NewReader(""), out: &out, err: &err})
	return out.String() + err.String()
}

// words cuts a line as a shell does, as far as the README needs it.
func words(t *testing.T, line string) []string {
	var all []string
	for _, m := range regexp.MustCompile(`"([^"]*)"|'([^']*)'|(\S+)`).FindAllStringSubmatch(line, -1) {
		all = append(all, m[1]+m[2]+m[3])
	}
	if len(all) < 2 {
		t.Fatalf("no command in %q", line)
	}
	return all
}

// serveBucket puts examples/bucket into an S3 server as my-bucket/prefix.
func serveBucket(t *testing.T) *sourcetest.Server {
	root := os.DirFS("../../examples/bucket")
	objects := map[string][]byte{}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		objects["prefix/"+name], err = fs.ReadFile(root, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	server := sourcetest.NewServer(t, "my-bucket", objects)
	t.Setenv("AWS_ENDPOINT_URL_S3", server.URL)
	return server
}

// TestReadmeNamesDependencies holds that each module we import is in the README's
// table, with its reason.
func TestReadmeNamesDependencies(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	direct := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(string(mod), -1)
	if len(direct) < 5 {
		t.Fatalf("%d direct dependencies found in go.mod", len(direct))
	}
	for _, m := range direct {
		name := strings.TrimPrefix(strings.TrimPrefix(m[1], "github.com/"), "aws/aws-sdk-go-v2")
		if !strings.Contains(string(text), "`"+name) && name != "" {
			t.Errorf("the README does not say why %s is needed", m[1])
		}
	}
}
