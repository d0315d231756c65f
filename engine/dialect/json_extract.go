package dialect

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// compiled keeps what texts in statements, such as paths, are compiled to. The
// texts may come from columns, so it forgets all of them when there are many.
type compiled[T any] struct {
	compile func(text string) (T, error)
	mutex   sync.RWMutex
	known   map[string]T
}

// maxCompiled is how many texts are remembered.
const maxCompiled = 1000

func (c *compiled[T]) get(text string) (T, error) {
	c.mutex.RLock()
	value, ok := c.known[text]
	c.mutex.RUnlock()
	if ok {
		return value, nil
	}
	value, err := c.compile(text)
	if err != nil {
		return value, err
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.known == nil || len(c.known) >= maxCompiled {
		c.known = map[string]T{}
	}
	c.known[strings.Clone(text)] = value
	return value, nil
}

// extractPaths are the paths of json_extract and its like.
var extractPaths = &compiled[[]extractStep]{compile: parseExtractPath}

// extractStep is one step of such a path: into a member by its name, or into an
// array where the name is a number.
type extractStep struct {
	name  string
	index int // -1 where the name is no number
}

// parseExtractPath reads $.name, $[0], $["a name"] as Trino's JsonPathTokenizer does.
func parseExtractPath(path string) ([]extractStep, error) {
	var steps []extractStep
	rest, ok := strings.CutPrefix(path, "$")
	for ok && rest != "" {
		var name string
		switch {
		case rest[0] == '.':
			name, rest = plainStep(rest[1:], ":")
			ok = name != ""
		case strings.HasPrefix(rest, `["`):
			name, rest, ok = quotedStep(rest[2:])
		case rest[0] == '[':
			name, rest = plainStep(rest[1:], "")
			ok = name != "" && strings.HasPrefix(rest, "]")
			rest = strings.TrimPrefix(rest, "]")
		default:
			ok = false
		}
		index, err := strconv.ParseInt(name, 10, 32)
		if err != nil {
			index = -1
		}
		steps = append(steps, extractStep{name, int(index)})
	}
	if !ok {
		return nil, fmt.Errorf("%s: Invalid JSON path: '%s'", functionArgument, path)
	}
	return steps, nil
}

// plainStep cuts letters, digits, underscores and what else is given off the path.
func plainStep(rest, also string) (name, after string) {
	end := strings.IndexFunc(rest, func(c rune) bool {
		return c != '_' && (c > 0xFFFF || !unicode.IsLetter(c) && !unicode.IsDigit(c)) && !strings.ContainsRune(also, c)
	})
	if end < 0 {
		end = len(rest)
	}
	return rest[:end], rest[end:]
}

// quotedStep cuts a name with its closing quote and bracket off the path.
func quotedStep(rest string) (name, after string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(rest); i++ {
		switch {
		case rest[i] == '"':
			after, ok = strings.CutPrefix(rest[i+1:], "]")
			return b.String(), after, ok
		case rest[i] == '\\':
			i++
			if i == len(rest) || rest[i] != '"' && rest[i] != '\\' {
				return "", "", false
			}
		}
		b.WriteByte(rest[i])
	}
	return "", "", false
}

// seek reads up to the first token of what stands at a path, as far as it is there.
func (s *jsonScanner) seek(path []extractStep) (found bool, err error) {
	if err := s.next(); err != nil || s.token == jsonEnd {
		return false, err
	}
	for _, step := range path {
		switch s.token {
		case jsonObjectStart:
			found, err = s.seekMember(step.name)
		case jsonArrayStart:
			found, err = s.seekElement(step.index)
		default:
			return false, s.fault()
		}
		if err != nil || !found {
			return false, err
		}
	}
	return true, nil
}

func (s *jsonScanner) seekMember(name string) (bool, error) {
	for {
		if err := s.next(); err != nil || s.token == jsonObjectEnd {
			return false, err
		}
		found := s.value == name
		if err := s.next(); err != nil || found {
			return found, err
		}
		if err := s.skip(); err != nil {
			return false, err
		}
	}
}

func (s *jsonScanner) seekElement(index int) (bool, error) {
	for i := 0; ; i++ {
		if err := s.next(); err != nil || s.token == jsonArrayEnd {
			return false, err
		}
		if i == index {
			return true, nil
		}
		if err := s.skip(); err != nil {
			return false, err
		}
	}
}
