package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return nil, usage("write rows to %s: it is a directory", name)
		}
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, usage("write rows: %w", err)
		}
		return &output{Writer: bufio.NewWriterSize(f, 64<<10), stream: f}, nil
	}
	temp, err := os.CreateTemp(filepath.Dir(name), ".vpcq-*")
	if err != nil {
		return nil, usage("write rows to %s: %w", name, err)
	}
	return &output{Writer: bufio.NewWriterSize(temp, 64<<10), stream: temp, temp: temp, name: name}, nil
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
