package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine/dialect"
)

func functionsCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "functions",
		Usage:     "list the functions of the dialect, or describe some with examples",
		ArgsUsage: "[NAME ...]",
		Description: `Without a name: a line for each function, then those of Trino's that are refused.
With names: the signatures, what each does, and an example with its value; of one
that is refused, why.

EXIT STATUS: 0 done; 1 no such function, or it is refused; 2 wrong usage.`,
		OnUsageError: usageError,
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				_, err := fmt.Fprint(t.out, functionList())
				return err
			}
			for _, name := range c.Args().Slice() {
				text, err := functionPage(strings.ToLower(name))
				if err != nil {
					return err
				}
				if _, err := fmt.Fprint(t.out, text); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// functionList is a line for each function: its name, its kind and what it gives.
func functionList() string {
	var b strings.Builder
	seen := map[string]bool{}
	for _, f := range dialect.Functions {
		if !seen[f.Name] {
			fmt.Fprintf(&b, "%-28s %-9s %s\n", f.Name, f.Kind, f.Doc)
		}
		seen[f.Name] = true
	}
	for _, r := range dialect.Refused {
		fmt.Fprintf(&b, "%-28s %-9s %s\n", strings.Join(r.Names, ", "), "refused", r.Why)
	}
	return b.String()
}

// functionPage is the reference of one function.
func functionPage(name string) (string, error) {
	if r := dialect.RefusedFunction(name); r != nil {
		return "", &dialect.Error{Code: "NOT_SUPPORTED", Message: "vpcq does not support the function " + name + ": " + r.Why}
	}
	var b strings.Builder
	for _, f := range dialect.Functions {
		if f.Name == name {
			b.WriteString(functionEntry(f))
		}
	}
	if b.Len() == 0 {
		near := slices.DeleteFunc(functionNames(), func(n string) bool { return !strings.Contains(n, name) })
		hint := "vpcq functions lists them"
		if len(near) > 0 {
			hint = "there are " + strings.Join(near, ", ")
		}
		return "", &dialect.Error{Code: "FUNCTION_NOT_FOUND", Message: "Function '" + name + "' not registered", Hint: hint}
	}
	return b.String(), nil
}

func functionEntry(f dialect.Function) string {
	var b strings.Builder
	for _, s := range f.Signatures {
		fmt.Fprintln(&b, s)
	}
	if len(f.Signatures) == 0 {
		fmt.Fprintln(&b, f.Name)
	}
	fmt.Fprintln(&b, "    "+f.Doc)
	switch {
	case f.Example != "" && f.Want != "":
		fmt.Fprintf(&b, "    %s = %s\n", f.Example, f.Want)
	case f.Example != "":
		fmt.Fprintf(&b, "    %s\n", f.Example)
	}
	return b.String()
}

func functionNames() []string {
	names := make([]string, len(dialect.Functions))
	for i, f := range dialect.Functions {
		names[i] = f.Name
	}
	slices.Sort(names)
	return slices.Compact(names)
}
