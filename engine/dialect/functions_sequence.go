package dialect

import "fmt"

// sequenceFunctions make arrays of 10,000 values at most.
var sequenceFunctions = []Function{
	{Name: "sequence", Signatures: []string{"sequence(bigint, bigint) array(bigint)", "sequence(bigint, bigint, bigint) array(bigint)"}, Doc: "The numbers from one to another, by a step.", Example: "sequence(1, 7, 3)", Want: "[1, 4, 7]", render: func(c *callSite) string {
		c.share()
		step := c.defaultStep()
		if len(c.args) == 3 {
			step = c.args[2].sql
		}
		return c.sequence(c.args[0].sql, c.args[1].sql, step, func(value string) string { return value })
	}},
	{Name: "sequence", Signatures: []string{"sequence(date, date) array(date)", "sequence(date, date, interval day to second) array(date)", "sequence(date, date, interval year to month) array(date)"}, Doc: "The days from one to another, by a step of days or months.", Example: "sequence(DATE '2024-01-01', DATE '2024-01-03')", Want: "[2024-01-01, 2024-01-02, 2024-01-03]", render: daySequence},
	{Name: "sequence", Signatures: []string{"sequence(timestamp(p), timestamp(p), interval day to second) array(timestamp(p))", "sequence(timestamp(p), timestamp(p), interval year to month) array(timestamp(p))"}, Doc: "The times from one to another, by a step.", Example: "sequence(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-02 00:00:00', INTERVAL '12' HOUR)", Want: "[2024-01-01 00:00:00, 2024-01-01 12:00:00, 2024-01-02 00:00:00]", render: timeSequence},
}

// defaultStep goes up or down as the ends tell.
func (c *callSite) defaultStep() string { return c.expand("CASE WHEN $2 >= $1 THEN 1 ELSE -1 END") }

// sequence writes an array of what each makes of the whole numbers from start to
// stop by a step, all three of BIGINT.
func (c *callSite) sequence(start, stop, step string, each func(value string) string) string {
	start, stop, step = c.name(start), c.name(stop), c.name(step)
	i := c.parameter("i")
	length := c.name(fmt.Sprintf("(CAST(%s AS HUGEINT) - %s) // nullif(%s, 0) + 1", stop, start, step))
	value := fmt.Sprintf("CAST(%s + CAST(%s AS HUGEINT) * %s AS BIGINT)", start, i, step)
	return c.steps(start, stop, step, length, fmt.Sprintf("list_transform(range(CAST(%s AS BIGINT)), lambda %s: %s)", length, i, each(value)))
}

// steps writes the checks of a sequence around it.
func (c *callSite) steps(start, stop, step, length, sql string) string {
	wrongWay := fmt.Sprintf("(%s > 0 AND %s < %s) OR (%s < 0 AND %s > %s)", step, stop, start, step, stop, start)
	return fmt.Sprintf("CASE WHEN %s THEN NULL WHEN %s = 0 THEN %s WHEN %s THEN %s WHEN %s > 10000 THEN %s ELSE %s END", c.anyNull(),
		step, c.a.raise(functionArgument, "'step must not be zero'"),
		wrongWay, c.a.raise(functionArgument, "'sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start'"),
		length, c.a.raise(functionArgument, "'result of sequence function must not have more than 10000 entries'"), sql)
}

// months writes a sequence by a step of months, which stays on its day, or on
// the last of a shorter month.
func (c *callSite) months(element Type) string {
	step := c.name("CAST(datepart('year', " + c.args[2].sql + ") * 12 + datepart('month', " + c.args[2].sql + ") AS BIGINT)")
	i := c.parameter("i")
	length := c.name(c.expand("datesub('month', $1, $2)") + " // nullif(" + step + ", 0) + 1")
	each := duckCast(c.args[0].sql+" + to_months(CAST("+i+" * "+step+" AS INTEGER))", element)
	return c.steps(c.args[0].sql, c.args[1].sql, step, length, "list_transform(range("+length+"), lambda "+i+": "+each+")")
}

func daySequence(c *callSite) string {
	c.share()
	step := ""
	switch {
	case len(c.args) < 3:
		step = c.defaultStep()
	case c.args[2].typ.Kind == MonthIntervalKind:
		return c.months(dateType)
	default:
		micros := c.name(intervalMicros(c.args[2].sql))
		step = fmt.Sprintf("CASE WHEN %s %% %d <> 0 THEN %s ELSE %s // %d END", micros, microsPerDay,
			c.a.raise(functionArgument, "'sequence step must be a day interval if start and end values are dates'"), micros, microsPerDay)
	}
	return c.sequence(c.expand("datediff('day', DATE '1970-01-01', $1)"), c.expand("datediff('day', DATE '1970-01-01', $2)"), step, func(value string) string {
		return "(DATE '1970-01-01' + CAST(" + value + " AS INTEGER))"
	})
}

func timeSequence(c *callSite) string {
	if c.args[0].typ.Precision > 6 {
		return c.a.refuse(c.node, "sequence of timestamps with more than 6 digits of a second").sql
	}
	c.share()
	if c.args[2].typ.Kind == MonthIntervalKind {
		return c.months(c.args[0].typ)
	}
	return c.sequence(c.expand("epoch_us($1)"), c.expand("epoch_us($2)"), intervalMicros(c.args[2].sql), func(value string) string {
		return "make_timestamp(" + value + ")"
	})
}
