package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/hive"
)

// statement is one statement of the command line and where it was written.
type statement struct {
	text         string
	file         string // empty for an argument
	line, column int    // of the file, where the statement begins
}

// place says where in its file a statement is at fault: at the place of the fault
// where that is known to lie in this very text, else where the statement begins.
func (s statement) place(err error) error {
	if err == nil || s.file == "" {
		return err
	}
	line, column := s.line, s.column
	var refused *dialect.Error
	exact := errors.As(err, &refused) && refused.Line > 0 && refused.Statement == s.text
	if exact {
		line += refused.Line - 1
		column = refused.Column
		if refused.Line == 1 {
			column += s.column - 1
		}
	}
	return &placedError{error: err, file: s.file, line: line, column: column, exact: exact}
}

// placedError is an error of a statement in a file.
type placedError struct {
	error
	file         string
	line, column int  // of the file
	exact        bool // they are the fault's
}

// place is the place in the file as editors read it.
func (p *placedError) place() string { return fmt.Sprintf("%s:%d:%d", p.file, p.line, p.column) }

// Unwrap returns the error without its place.
func (p *placedError) Unwrap() error { return p.error }

// readStatements collects the statements of arguments, files and standard input.
func readStatements(c *cli.Context, t terminal) ([]statement, error) {
	var all []statement
	for _, arg := range c.Args().Slice() {
		if info, err := os.Stat(arg); err == nil && info.IsDir() || strings.HasPrefix(arg, "s3://") {
			return nil, usage("%s is no statement; a source is named with -s %s", arg, arg)
		}
		if arg == "-" || strings.HasSuffix(arg, ".sql") && !strings.ContainsAny(arg, " \n") {
			fromFile, err := readFile(arg, t)
			if err != nil {
				return nil, err
			}
			all = append(all, fromFile...)
			continue
		}
		all = append(all, split(arg, "")...)
	}
	files := c.StringSlice("file")
	if len(files) == 0 && c.NArg() == 0 {
		if isTerminal(t.in) {
			return nil, usage("no statement: write it as an argument, in a file with -f FILE, or on standard input")
		}
		files = []string{"-"}
	}
	for _, name := range files {
		fromFile, err := readFile(name, t)
		if err != nil {
			return nil, err
		}
		all = append(all, fromFile...)
	}
	if len(all) == 0 {
		return nil, usage("no statement: there is nothing but white space and comments; write it as an argument, in a file with -f FILE, or on standard input")
	}
	return all, nil
}

func readFile(name string, t terminal) ([]statement, error) {
	if name == "-" {
		text, err := io.ReadAll(t.in)
		if err != nil {
			return nil, fmt.Errorf("read statements from standard input: %w", err)
		}
		return split(string(text), "standard input"), nil
	}
	text, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, usage("read statements: no file %s", name)
	}
	if err != nil {
		return nil, usage("read statements: %w", err)
	}
	return split(string(text), name), nil
}

func split(text, file string) []statement {
	var all []statement
	pieces, _ := hive.Split(text)
	for _, piece := range pieces {
		all = append(all, statement{text: piece.Text, file: file, line: piece.Line, column: piece.Column})
	}
	return all
}
