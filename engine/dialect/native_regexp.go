package dialect

import (
	"math"
	"strings"
	"unicode/utf8"
)

// regexpNatives match regular expressions.
var regexpNatives = []Native{
	{Name: "vpcq_regexp_like", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "BOOLEAN", Call: matching(func(p *pattern, s string, _ []any) (any, error) { return p.first.MatchString(s), nil })},
	{Name: "vpcq_regexp_count", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "BIGINT", Call: matching(regexpCount)},
	{Name: "vpcq_regexp_extract", Parameters: []string{"VARCHAR", "VARCHAR", "BIGINT"}, Result: "VARCHAR", Call: matching(regexpExtract)},
	{Name: "vpcq_regexp_extract_all", Parameters: []string{"VARCHAR", "VARCHAR", "BIGINT"}, Result: "VARCHAR[]", Call: matching(regexpExtractAll)},
	{Name: "vpcq_regexp_position", Parameters: []string{"VARCHAR", "VARCHAR", "BIGINT", "BIGINT"}, Result: "INTEGER", Call: matching(regexpPosition)},
	{Name: "vpcq_regexp_replace", Parameters: []string{"VARCHAR", "VARCHAR", "VARCHAR"}, Result: "VARCHAR", Call: matching(regexpReplace)},
	{Name: "vpcq_regexp_split", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "VARCHAR[]", Call: matching(regexpSplit)},
	{Name: "vpcq_regexp_groups", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "VARCHAR[][]", Call: matching(regexpGroups)},
	{Name: "vpcq_regexp_join", Parameters: []string{"VARCHAR[]", "VARCHAR[]"}, Result: "VARCHAR", Call: call2(regexpJoin)},
}

// matching is the Call of a native whose first arguments are a text and a pattern.
func matching(f func(p *pattern, text string, rest []any) (any, error)) func([]any) (any, error) {
	return func(args []any) (any, error) {
		text := args[0].(string)
		p, err := compilePattern(args[1].(string))
		if err == nil {
			err = p.takes(text)
		}
		if err != nil {
			return nil, err
		}
		return f(p, text, args[2:])
	}
}

func regexpCount(p *pattern, text string, _ []any) (any, error) {
	var n int64
	p.each(text, 0, func([]int) bool {
		n++
		return true
	})
	return n, nil
}

// group returns the group's number, checked as Trino does.
func (p *pattern) group(n int64) (int, error) {
	if n < 0 {
		return 0, argumentFault("Group cannot be negative")
	}
	if n > int64(p.first.NumSubexp()) {
		return 0, argumentFault("Pattern has %d groups. Cannot access group %d", p.first.NumSubexp(), n)
	}
	return int(n), nil
}

// captured returns the text of a group, nil where it takes no part in the match.
func captured(text string, at []int, group int) any {
	if at[2*group] < 0 {
		return nil
	}
	return text[at[2*group]:at[2*group+1]]
}

func regexpExtract(p *pattern, text string, rest []any) (any, error) {
	group, err := p.group(rest[0].(int64))
	if err != nil {
		return nil, err
	}
	at := p.find(text, 0)
	if at == nil {
		return nil, nil
	}
	return captured(text, at, group), nil
}

func regexpExtractAll(p *pattern, text string, rest []any) (any, error) {
	group, err := p.group(rest[0].(int64))
	if err != nil {
		return nil, err
	}
	all := []any{}
	p.each(text, 0, func(at []int) bool {
		all = append(all, captured(text, at, group))
		return true
	})
	return all, nil
}

// regexpPosition returns where the n-th match from a position begins, in characters from 1, or -1.
func regexpPosition(p *pattern, text string, rest []any) (any, error) {
	start, occurrence := rest[0].(int64), rest[1].(int64)
	if start < 1 {
		return nil, argumentFault("start position cannot be smaller than 1")
	}
	if occurrence < 1 {
		return nil, argumentFault("occurrence cannot be smaller than 1")
	}
	from := offsetOf(text, start)
	position := int32(-1)
	if from < 0 {
		return position, nil
	}
	p.each(text, from, func(at []int) bool {
		occurrence--
		if occurrence == 0 {
			position = int32(utf8.RuneCountInString(text[:at[0]]) + 1)
		}
		return occurrence > 0
	})
	return position, nil
}

// offsetOf returns the byte at which the n-th character begins, from 1, or -1.
func offsetOf(text string, n int64) int {
	if n > math.MaxInt32 {
		return -1
	}
	for i := range text {
		if n--; n == 0 {
			return i
		}
	}
	return -1
}

func regexpSplit(p *pattern, text string, _ []any) (any, error) {
	parts, last := []any{}, 0
	p.each(text, 0, func(at []int) bool {
		parts = append(parts, text[last:at[0]])
		last = at[1]
		return true
	})
	return append(parts, text[last:]), nil
}

// regexpGroups returns of each match its groups.
func regexpGroups(p *pattern, text string, _ []any) (any, error) {
	matches := []any{}
	p.each(text, 0, func(at []int) bool {
		groups := []any{}
		for i := 1; i < len(at)/2; i++ {
			groups = append(groups, captured(text, at, i))
		}
		matches = append(matches, groups)
		return true
	})
	return matches, nil
}

// regexpJoin puts what a lambda made of the matches between the parts around
// them; NULL where one is NULL.
func regexpJoin(parts, matches []any) (any, error) {
	var b strings.Builder
	for i, part := range parts {
		b.WriteString(part.(string))
		if i == len(matches) {
			break
		}
		match, ok := matches[i].(string)
		if !ok {
			return nil, nil
		}
		b.WriteString(match)
	}
	return b.String(), nil
}

func regexpReplace(p *pattern, text string, rest []any) (any, error) {
	replacement := rest[0].(string)
	var b strings.Builder
	var fault error
	last := 0
	p.each(text, 0, func(at []int) bool {
		b.WriteString(text[last:at[0]])
		last = at[1]
		fault = p.appendReplacement(&b, text, at, replacement)
		return fault == nil
	})
	if fault != nil {
		return nil, fault
	}
	b.WriteString(text[last:])
	return b.String(), nil
}

// appendReplacement writes a replacement in which $1 and ${name} are groups,
// and a backslash takes the next character as it is.
func (p *pattern) appendReplacement(b *strings.Builder, text string, at []int, replacement string) error {
	for i := 0; i < len(replacement); {
		c := replacement[i]
		i++
		if c != '\\' && c != '$' {
			b.WriteByte(c)
			continue
		}
		if i == len(replacement) {
			return argumentFault("Illegal replacement sequence: %s", replacement)
		}
		if c == '\\' {
			b.WriteByte(replacement[i])
			i++
			continue
		}
		group, length, err := p.reference(replacement, i)
		if err != nil {
			return err
		}
		i += length
		if s, ok := captured(text, at, group).(string); ok {
			b.WriteString(s)
		}
	}
	return nil
}

// reference reads the group after a $, and how long what names it is: as many
// digits as there is a group for.
func (p *pattern) reference(replacement string, i int) (group, length int, err error) {
	rest := replacement[i:]
	if rest[0] == '{' {
		name, _, closed := strings.Cut(rest[1:], "}")
		group = p.first.SubexpIndex(name)
		if group < 0 {
			return 0, 0, argumentFault("Illegal replacement sequence: unknown group { %s }", name)
		}
		length = 1 + len(name)
		if closed {
			length++
		}
		return group, length, nil
	}
	if rest[0] < '0' || rest[0] > '9' {
		return 0, 0, argumentFault("Illegal replacement sequence: %s", replacement)
	}
	if group = int(rest[0] - '0'); group > p.first.NumSubexp() {
		return 0, 0, argumentFault("Illegal replacement sequence: unknown group %d", group)
	}
	for length = 1; length < len(rest) && rest[length] >= '0' && rest[length] <= '9'; length++ {
		longer := group*10 + int(rest[length]-'0')
		if longer > p.first.NumSubexp() {
			break
		}
		group = longer
	}
	return group, length, nil
}
