package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/render"
)

// surveyFlags are those of ls and describe.
func surveyFlags() []cli.Flag {
	return append(append(sourceFlags(), readFlags()...),
		&cli.StringFlag{Name: "output", Usage: "print as `FORMAT`: " + formatNames() + " (default: table on a terminal, else csv)"},
		&cli.BoolFlag{DisableDefaultText: true, Name: "no-header", Usage: "leave the column names out"},
	)
}

// runSurvey surveys the source, which may also be the argument, and shows it.
func runSurvey(c *cli.Context, t terminal, show func(*engine.Survey, *printer) error) error {
	if c.NArg() > 1 || c.NArg() == 1 && typed(c, "source") {
		return usage("%s takes one source; %s --help lists the flags", c.Command.Name, "vpcq "+c.Command.Name)
	}
	format, err := chosenFormat(c)
	if err != nil {
		return err
	}
	if c.NArg() == 1 {
		if err := c.Set("source", c.Args().First()); err != nil {
			return usage("%w", err)
		}
	}
	options, err := engineOptions(c.Context, c, t, true)
	if err != nil {
		return err
	}
	defer closeSources(options)
	survey, err := engine.New(nil, options).Survey(c.Context)
	if err != nil {
		return err
	}
	out, err := openOutput("", t.out)
	if err != nil {
		return err
	}
	p := &printer{terminal: t, out: out, format: outputFormat(format, out), header: !c.Bool("no-header"), quiet: c.Bool("quiet")}
	err = show(survey, p)
	if closeErr := out.finish(err); err == nil {
		err = closeErr
	}
	if err == nil && len(survey.Flows) == 0 {
		for _, line := range survey.WhyEmpty(c.Context) {
			p.note("%s", line)
		}
	}
	if err == nil && survey.Report.Unlisted > 0 {
		err = errLeftOut
	}
	return err
}

// printer shows a grid in a format, and notes on standard error.
type printer struct {
	terminal
	out    *output
	format string
	header bool
	quiet  bool
}

func (p *printer) note(format string, args ...any) {
	if !p.quiet {
		fmt.Fprintf(p.err, "vpcq: "+format+"\n", args...)
	}
}

func (p *printer) print(g *grid) error {
	w, err := render.New(p.format, p.out, render.Options{Header: p.header, Width: terminalWidth(p.out.stream)})
	if err != nil {
		return usage("%w", err)
	}
	if err := w.Begin(g.columns); err != nil {
		return err
	}
	if err := w.Batch(g.rows.NewRecordBatch()); err != nil {
		return err
	}
	return p.out.end(w)
}

// grid is rows made here, in the form that results have.
type grid struct {
	columns []dialect.ResultColumn
	rows    *array.RecordBuilder
}

// newGrid returns a grid with these columns of text; a name that ends in " #" is
// that of a column of numbers.
func newGrid(names ...string) *grid {
	g := &grid{}
	fields := make([]arrow.Field, len(names))
	for i, name := range names {
		kind := dialect.Type{Kind: dialect.VarcharKind, Length: dialect.Unbounded}
		var carrier arrow.DataType = arrow.BinaryTypes.String
		name, isNumber := strings.CutSuffix(name, " #")
		if isNumber {
			kind, carrier = dialect.Type{Kind: dialect.BigintKind}, arrow.PrimitiveTypes.Int64
		}
		g.columns = append(g.columns, dialect.ResultColumn{Name: name, Type: kind})
		fields[i] = arrow.Field{Name: name, Type: carrier, Nullable: true}
	}
	g.rows = array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	return g
}

// add appends a row; empty text is NULL.
func (g *grid) add(values ...any) {
	for i, v := range values {
		switch b := g.rows.Field(i).(type) {
		case *array.Int64Builder:
			switch n := v.(type) {
			case int:
				b.Append(int64(n))
			case int64:
				b.Append(n)
			}
		case *array.StringBuilder:
			if text := v.(string); text != "" {
				b.Append(text)
			} else {
				b.AppendNull()
			}
		}
	}
}

// day words a date; a day that is not known is empty.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func formatNames() string {
	all := make([]string, len(render.Formats))
	for i, f := range render.Formats {
		all[i] = f.Name
	}
	return strings.Join(all, ", ")
}
