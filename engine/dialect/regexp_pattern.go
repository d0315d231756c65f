package dialect

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// pattern is a regular expression of Trino's, which are Joni's with Java's
// syntax, as Go's engine runs it. What that engine would answer differently is
// refused: for the pattern when it is read, for a text when it is matched.
type pattern struct {
	first *regexp.Regexp // finds from the start of a text
	// later finds from the second character on, in its group 1: what stands
	// before is seen by ^ and \b.
	later *regexp.Regexp

	asciiOnly bool // \w, \b, [:alpha:] and (?i) may know more letters in Joni than in Go
	noLastNL  bool // $ and ^ in (?m) take a line break at the end of a text otherwise
	context   bool // what stands before a match matters to it
}

// escapedClasses are the classes of one letter, and what is not of them, for Go
// to find within brackets. They are of ASCII: releases of Joni differ in what else
// belongs to \w, \d and \s. \s has the vertical tab, which Go's has not.
var escapedClasses = map[byte]string{
	'w': `0-9A-Za-z_`, 'W': `\x00-/:-@\[-\^\x60\{-\x7f`,
	'd': `0-9`, 'D': `\x00-/:-\x7f`,
	's': `\t-\r `, 'S': `\x00-\x08\x0e-\x1f!-\x7f`,
}

// mostPatterns is how many compiled patterns are kept.
const mostPatterns = 256

// patterns keeps the patterns that were compiled last.
var patterns struct {
	sync.RWMutex
	compiled map[string]*pattern
}

// compilePattern gives the pattern that a text stands for. The fault of one
// that Go's engine cannot run like Joni says so.
func compilePattern(text string) (*pattern, error) {
	patterns.RLock()
	p := patterns.compiled[text]
	patterns.RUnlock()
	if p != nil {
		return p, nil
	}
	p, err := newPattern(text)
	if err != nil {
		return nil, fmt.Errorf("%s: vpcq does not support the regular expression '%s': %w", notSupported, text, err)
	}
	patterns.Lock()
	defer patterns.Unlock()
	if len(patterns.compiled) >= mostPatterns || patterns.compiled == nil {
		patterns.compiled = map[string]*pattern{}
	}
	patterns.compiled[text] = p
	return p, nil
}

func newPattern(text string) (*pattern, error) {
	r := patternReader{text: text, pattern: &pattern{}}
	if err := r.read(); err != nil {
		return nil, err
	}
	p := r.pattern
	tree, err := syntax.Parse(r.out.String(), syntax.Perl)
	if err != nil {
		return nil, err
	}
	if hasDoubtfulLoop(tree) {
		return nil, fmt.Errorf("the repetition of an anchor, or of what may match nothing with a group within")
	}
	if p.first, err = regexp.Compile(r.out.String()); err != nil {
		return nil, err
	}
	p.later, err = regexp.Compile(`\A(?s:.)(?s:.*?)(` + r.out.String() + `)`)
	return p, err
}

// hasDoubtfulLoop reports whether a group is repeated that may match nothing,
// of which engines differ in what it holds at the end, or an anchor, which Joni
// does not take.
func hasDoubtfulLoop(r *syntax.Regexp) bool {
	switch r.Op {
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		if r.Op != syntax.OpQuest && r.MaxCap() > 0 && matchesNothing(r.Sub[0]) || isAnchor(r.Sub[0].Op) {
			return true
		}
	}
	for _, sub := range r.Sub {
		if hasDoubtfulLoop(sub) {
			return true
		}
	}
	return false
}

// isAnchor reports whether op matches places rather than characters.
func isAnchor(op syntax.Op) bool { return op >= syntax.OpBeginLine && op <= syntax.OpNoWordBoundary }

// matchesNothing reports whether an expression may match an empty text.
func matchesNothing(r *syntax.Regexp) bool {
	switch r.Op {
	case syntax.OpStar, syntax.OpQuest:
		return true
	case syntax.OpPlus, syntax.OpCapture:
		return matchesNothing(r.Sub[0])
	case syntax.OpRepeat:
		return r.Min == 0 || matchesNothing(r.Sub[0])
	case syntax.OpConcat:
		for _, sub := range r.Sub {
			if !matchesNothing(sub) {
				return false
			}
		}
		return true
	case syntax.OpAlternate:
		for _, sub := range r.Sub {
			if matchesNothing(sub) {
				return true
			}
		}
		return false
	case syntax.OpLiteral:
		return len(r.Rune) == 0
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL, syntax.OpNoMatch:
		return false
	}
	return true
}

// takes reports whether the pattern may be matched with a text.
func (p *pattern) takes(text string) error {
	if p.noLastNL && strings.HasSuffix(text, "\n") {
		return fmt.Errorf("%s: vpcq does not support $ or (?m) in a regular expression for a text that ends with a line break", notSupported)
	}
	if p.asciiOnly {
		for i := 0; i < len(text); i++ {
			if text[i] >= utf8.RuneSelf {
				return fmt.Errorf("%s: vpcq does not support \\b, (?i) or a class like \\w in a regular expression for a text with characters outside ASCII", notSupported)
			}
		}
	}
	return nil
}

// find returns where the first match from a place on begins and ends, and its
// groups, or nil.
func (p *pattern) find(text string, from int) []int {
	shift := from
	var at []int
	switch {
	case from > len(text):
		return nil
	case from == 0 || !p.context:
		at = p.first.FindStringSubmatchIndex(text[from:])
	default:
		_, width := utf8.DecodeLastRuneInString(text[:from])
		shift -= width
		if at = p.later.FindStringSubmatchIndex(text[shift:]); at != nil {
			at = at[2:]
		}
	}
	for i := range at {
		if at[i] >= 0 {
			at[i] += shift
		}
	}
	return at
}

// each calls f with the matches in a text, one after another, until f returns
// false. After an empty one the next begins a character later.
func (p *pattern) each(text string, from int, f func(at []int) bool) {
	for at := p.find(text, from); at != nil; at = p.find(text, from) {
		if !f(at) {
			return
		}
		from = at[1]
		if at[0] == at[1] {
			_, width := utf8.DecodeRuneInString(text[from:])
			from += max(width, 1)
		}
	}
}

// patternReader translates a pattern to Go's syntax.
type patternReader struct {
	text    string
	rest    string
	out     strings.Builder
	pattern *pattern
	folds   bool // (?i) occurs
	foreign bool // what is outside ASCII occurs, or may
	// open has for each group that is open, and for the whole, how many groups
	// more were opened for flags within it.
	open []int
}

func (r *patternReader) read() error {
	r.foreign = !isASCII(r.text)
	r.open = []int{0}
	for r.rest = r.text; r.rest != ""; {
		var err error
		switch r.rest[0] {
		case '\\':
			err = r.escape(false)
		case '[':
			err = r.class()
		case '(':
			err = r.group()
		case ')':
			r.close()
		case '$':
			r.pattern.noLastNL = true
			r.copy(1)
		case '^':
			r.pattern.context = true
			r.copy(1)
		case '{':
			if strings.HasPrefix(r.rest, "{,") {
				return fmt.Errorf("the repetition %s", r.rest)
			}
			r.copy(1)
		default:
			r.copy(1)
		}
		if err != nil {
			return err
		}
	}
	if r.folds && r.foreign {
		return fmt.Errorf("(?i) with letters outside ASCII")
	}
	r.out.WriteString(strings.Repeat(")", r.open[0]))
	return nil
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// copy takes n bytes over as they are.
func (r *patternReader) copy(n int) {
	r.out.WriteString(r.rest[:n])
	r.rest = r.rest[n:]
}

// replace writes what stands for the next n bytes.
func (r *patternReader) replace(n int, with string) {
	r.out.WriteString(with)
	r.rest = r.rest[n:]
}

// groupStart is the beginning of a group: a name, flags, or nothing special.
var groupStart = regexp.MustCompile(`^\((\?(<[A-Za-z_][A-Za-z0-9_]*>|[ims]*(-[ims]+)?[:)]))?`)

// group reads the beginning of a group. Flags alone, (?i), hold to the end of the
// group around them, as if all that follows stood in (?i:…), alternatives too.
func (r *patternReader) group() error {
	start := groupStart.FindString(r.rest)
	if start == "(" && strings.HasPrefix(r.rest, "(?") {
		return fmt.Errorf("look-around, an atomic group or an unknown flag at %s", r.rest)
	}
	if strings.HasPrefix(start, "(?<") {
		r.replace(len(start), "(?P"+start[2:])
		r.open = append(r.open, 0)
		return nil
	}
	if on, _, _ := strings.Cut(start, "-"); len(start) > 1 {
		if strings.Contains(on, "i") {
			r.folds, r.pattern.asciiOnly = true, true
		}
		if strings.Contains(start, "m") {
			r.pattern.noLastNL, r.pattern.context = true, true
		}
	}
	if flags, alone := strings.CutSuffix(start, ")"); alone {
		r.replace(len(start), flags+":")
		r.open[len(r.open)-1]++
		return nil
	}
	r.copy(len(start))
	r.open = append(r.open, 0)
	return nil
}

// close reads the end of a group.
func (r *patternReader) close() {
	if last := len(r.open) - 1; last > 0 {
		r.out.WriteString(strings.Repeat(")", r.open[last]))
		r.open = r.open[:last]
	}
	r.copy(1)
}

// escape translates what begins with a backslash.
func (r *patternReader) escape(inClass bool) error {
	if len(r.rest) < 2 {
		return fmt.Errorf("a backslash at the end")
	}
	letter := r.rest[1]
	if letter >= utf8.RuneSelf {
		r.replace(1, "")
		return nil
	}
	if class, ok := escapedClasses[letter]; ok {
		if !inClass {
			class = "[" + class + "]"
		}
		r.pattern.asciiOnly = true
		r.replace(2, class)
		return nil
	}
	switch letter {
	case 'b', 'B':
		if inClass {
			return fmt.Errorf(`\%c in a class`, letter)
		}
		r.pattern.asciiOnly, r.pattern.context = true, true
		r.copy(2)
	case 'Z':
		r.pattern.noLastNL = true
		r.replace(2, `\z`)
	case 'A':
		r.pattern.context = true
		r.copy(2)
	case 'e':
		r.replace(2, `\x1b`)
	case 'u', 'x':
		return r.codePoint()
	case 'p', 'P':
		return r.property()
	case 'Q':
		return r.quoted(inClass)
	case '<', '>', '\'', '`', '0', 'C', 'h', 'E':
		return fmt.Errorf(`\%c`, letter)
	default:
		r.copy(2)
	}
	return nil
}

// writtenCode is \x41, \x{1f600} or \u0041.
var writtenCode = regexp.MustCompile(`^\\(?:x\{([0-9A-Fa-f]{1,8})\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))`)

// codePoint translates a character given by its number. One byte of several that
// make a character is refused.
func (r *patternReader) codePoint() error {
	m := writtenCode.FindStringSubmatch(r.rest)
	if m == nil {
		return fmt.Errorf("%s", r.rest)
	}
	code, _ := strconv.ParseUint(m[1]+m[2]+m[3], 16, 32)
	if m[2] != "" && code >= utf8.RuneSelf || code > utf8.MaxRune || !utf8.ValidRune(rune(code)) {
		return fmt.Errorf("%s", m[0])
	}
	r.foreign = r.foreign || code >= utf8.RuneSelf
	r.replace(len(m[0]), fmt.Sprintf(`\x{%x}`, code))
	return nil
}

// property takes \p{L} and \p{Greek} over; Go knows the same names or none.
func (r *patternReader) property() error {
	end := strings.IndexByte(r.rest, '}')
	if end < 0 || !strings.HasPrefix(r.rest[2:], "{") || strings.HasPrefix(r.rest[2:], "{^") {
		return fmt.Errorf("%s", r.rest)
	}
	r.foreign = true
	r.copy(end + 1)
	return nil
}

// quoted writes what stands between \Q and \E.
func (r *patternReader) quoted(inClass bool) error {
	if inClass {
		return fmt.Errorf(`\Q in a class`)
	}
	inside, _, _ := strings.Cut(r.rest[2:], `\E`)
	r.replace(min(len(r.rest), 2+len(inside)+2), regexp.QuoteMeta(inside))
	return nil
}

// posixClass is [:alpha:] and its like, inside brackets.
var posixClass = regexp.MustCompile(`^\[:\^?[a-z]+:\]`)

// classInside is a class within a class: \w, \p{L}, [:alpha:].
var classInside = regexp.MustCompile(`^(?:\\[wWdDsSpP]|\[:)`)

// class reads what stands in brackets.
func (r *patternReader) class() error {
	r.copy(1)
	if strings.HasPrefix(r.rest, "^") {
		r.copy(1)
	}
	if strings.HasPrefix(r.rest, "]") {
		return fmt.Errorf("] at the beginning of a class")
	}
	for first := r.out.Len(); r.rest != ""; {
		if r.rest[0] == ']' {
			r.copy(1)
			return nil
		}
		if !classInside.MatchString(r.rest) {
			if err := r.member(); err != nil {
				return err
			}
			continue
		}
		before := r.out.String()
		if len(before) > first+1 && strings.HasSuffix(before, "-") && !strings.HasSuffix(before, `\-`) {
			return fmt.Errorf("a class at the end of a range")
		}
		if err := r.member(); err != nil {
			return err
		}
		if strings.HasPrefix(r.rest, "-") && !strings.HasPrefix(r.rest, "-]") {
			return fmt.Errorf("a class at the start of a range")
		}
	}
	return fmt.Errorf("a class without its end")
}

// member reads one of the characters or classes in brackets.
func (r *patternReader) member() error {
	posix := posixClass.FindString(r.rest)
	switch {
	case r.rest[0] == '\\':
		return r.escape(true)
	case strings.Contains(posix, "punct"), strings.Contains(posix, "print"): // Joni has fewer and more of ASCII
		return fmt.Errorf("%s", posix)
	case posix != "":
		r.pattern.asciiOnly = true
		r.copy(len(posix))
	case r.rest[0] == '[' || strings.HasPrefix(r.rest, "&&"):
		return fmt.Errorf("a class within a class")
	default:
		r.copy(1)
	}
	return nil
}
