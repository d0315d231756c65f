package dialect

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// jsonElements returns the elements of an array of JSON as written; ok is false of anything else.
func jsonElements(s string) (elements []json.RawMessage, ok bool) {
	trimmed := strings.TrimSpace(s)
	if !strings.HasPrefix(trimmed, "[") || json.Unmarshal([]byte(trimmed), &elements) != nil {
		return nil, false
	}
	return elements, true
}

// jsonKind names what JSON is: array, object or scalar.
func jsonKind(s string) (any, error) {
	trimmed := strings.TrimSpace(s)
	if !json.Valid([]byte(trimmed)) {
		return nil, fmt.Errorf("%s: Invalid JSON value: %s", functionArgument, s)
	}
	switch trimmed[0] {
	case '[':
		return "array", nil
	case '{':
		return "object", nil
	}
	return "scalar", nil
}

// jsonArrayGet returns an element of an array, counted from 0 or from the end;
// the text of a string comes without its quotes, as Trino has it.
func jsonArrayGet(s string, i int64) any {
	elements, ok := jsonElements(s)
	if i < 0 {
		i += int64(len(elements))
	}
	if !ok || i < 0 || i >= int64(len(elements)) {
		return nil
	}
	element := elements[i]
	var text string
	if json.Unmarshal(element, &text) == nil && element[0] == '"' {
		return text
	}
	if string(element) == "null" {
		return nil
	}
	var compact bytes.Buffer
	if json.Compact(&compact, element) != nil {
		return nil
	}
	return compact.String()
}

// jsonArrayContains looks for a bool, an int64, a float64 or a string in an array.
func jsonArrayContains(s string, value any) any {
	elements, ok := jsonElements(s)
	if !ok {
		return nil
	}
	for _, element := range elements {
		var found bool
		switch v := value.(type) {
		case bool:
			found = string(element) == strconv.FormatBool(v)
		case int64:
			n, err := strconv.ParseInt(string(element), 10, 64)
			found = err == nil && n == v
		case float64:
			f, err := strconv.ParseFloat(string(element), 64)
			found = err == nil && f == v && strings.ContainsAny(string(element), ".eE")
		case string:
			var text string
			found = element[0] == '"' && json.Unmarshal(element, &text) == nil && text == v
		}
		if found {
			return true
		}
	}
	return false
}
