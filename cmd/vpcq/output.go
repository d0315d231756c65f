package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine/render"
)

// output is where rows go: standard output, or a file that comes to be only
// when all went well.
type output struct {
	*bufio.Writer
	stream io.Writer // what is written to, for asking whether it is a terminal
	temp   *os.File  // nil for standard output
	name   string
}

func openOutput(name string, stdout io.Writer) (*output, error) {
	if name == "" || name == "-" {
		return &output{Writer: bufio.NewWriterSize(stdout, 64<<10), stream: stdout}, nil
	}
	if info, err := os.Stat(name); err == nil {
		switch {
		case info.IsDir():
			return nil, usage("write rows to %s: it is a directory; name a file in it", name)
		case !info.Mode().IsRegular() || isDevice(name):
			return openInPlace(name)
		}
	}
	if file, err := filepath.EvalSymlinks(name); err == nil {
		name = file // the link stays one
	}
	temp, err := os.CreateTemp(filepath.Dir(name), ".vpcq-*")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage("write rows to %s: there is no folder %s; make it first", name, filepath.Dir(name))
	case errors.Is(err, fs.ErrPermission):
		return nil, usage("write rows to %s: permission denied in %s; name a file elsewhere", name, filepath.Dir(name))
	case err != nil:
		return nil, usage("write rows to %s: %w", name, err)
	}
	return &output{Writer: bufio.NewWriterSize(temp, 64<<10), stream: temp, temp: temp, name: name}, nil
}

// isDevice tells names such as /dev/stdout, which lead to a regular file at
// times: no other file may take their place. The files in /dev/shm are like any.
func isDevice(name string) bool {
	absolute, err := filepath.Abs(name)
	folder := filepath.ToSlash(filepath.Dir(absolute))
	return err == nil && (folder == "/dev" || folder == "/dev/fd" || strings.HasPrefix(folder, "/proc/"))
}

// openInPlace opens what cannot be replaced, such as a device or a pipe.
func openInPlace(name string) (*output, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return nil, usage("write rows: %w", err)
	}
	return &output{Writer: bufio.NewWriterSize(f, 64<<10), stream: f}, nil
}

// formatOf gives the format that the name of a file asks for: "" where it says
// nothing.
func formatOf(file string) (string, error) {
	switch ending := filepath.Ext(file); ending {
	case ".csv", ".tsv", ".json", ".jsonl":
		return ending[1:], nil
	case ".ndjson":
		return "jsonl", nil
	case ".md":
		return "markdown", nil
	case ".parquet":
		return "", usage("write rows to %s: there is no Parquet among the formats; UNLOAD and CREATE TABLE AS write it", file)
	case ".gz", ".zst", ".bz2", ".xz", ".zip":
		return "", usage("write rows to %s: nothing is compressed here; pipe standard output into what does, or name the format with --output", file)
	}
	return "", nil
}

// chosenFormat gives the format that --output names, or that the name of -o's file
// ends in: "" where neither says one. Before anything is done it refuses what
// there is not.
func chosenFormat(c *cli.Context) (string, error) {
	name := c.String("output")
	if name == "" {
		return formatOf(c.String("output-file"))
	}
	if _, err := render.New(name, io.Discard, render.Options{}); err != nil {
		return "", usage("%w", err)
	}
	return name, nil
}

// end ends a result. A stream has all its rows then: what is noted on standard
// error stands below them, and who reads them waits for no other statement.
func (o *output) end(w render.Writer) error {
	if err := w.End(); err != nil || o.temp != nil {
		return err
	}
	return o.Flush()
}

// finish writes out what is buffered. A file takes its name if err is nil and
// vanishes if not.
func (o *output) finish(err error) error {
	flushErr := o.Flush()
	if o.temp == nil {
		return flushErr
	}
	defer os.Remove(o.temp.Name())
	closeErr := o.temp.Close()
	switch {
	case err != nil:
		return nil
	case flushErr != nil:
		return fmt.Errorf("write %s: %w", o.name, flushErr)
	case closeErr != nil:
		return fmt.Errorf("write %s: %w", o.name, closeErr)
	}
	if err := os.Chmod(o.temp.Name(), 0o644); err != nil {
		return fmt.Errorf("write %s: %w", o.name, err)
	}
	return os.Rename(o.temp.Name(), o.name)
}
