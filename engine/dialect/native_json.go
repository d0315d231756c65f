package dialect

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// jsonNatives are the natives on JSON: json_parse and its like, casts, and what
// the functions of SQL/JSON are made of.
var jsonNatives = slices.Concat(jsonTextNatives, jsonCastNatives, jsonPathNatives)

// jsonTextNatives read JSON token by token.
var jsonTextNatives = []Native{
	{Name: "vpcq_json_parse", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return jsonParse(args[0].(string)) }},
	{Name: "vpcq_json_is_scalar", Parameters: []string{"VARCHAR"}, Result: "BOOLEAN", Call: func(args []any) (any, error) { return jsonIsScalar(args[0].(string)) }},
	{Name: "vpcq_json_extract", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "VARCHAR", Call: extracting(jsonCopy)},
	{Name: "vpcq_json_extract_scalar", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "VARCHAR", Call: extracting(jsonScalarText)},
	{Name: "vpcq_json_size", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "BIGINT", Call: extracting(jsonSize)},
	{Name: "vpcq_json_array_length", Parameters: []string{"VARCHAR"}, Result: "BIGINT", Call: func(args []any) (any, error) { return jsonArrayLength(args[0].(string)), nil }},
	{Name: "vpcq_json_array_get", Parameters: []string{"VARCHAR", "BIGINT"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return jsonArrayGet(args[0].(string), args[1].(int64)), nil }},
	{Name: "vpcq_json_array_contains_boolean", Parameters: []string{"VARCHAR", "BOOLEAN"}, Result: "BOOLEAN", Call: func(args []any) (any, error) {
		return jsonArrayContains(args[0].(string), hasBoolean(args[1].(bool))), nil
	}},
	{Name: "vpcq_json_array_contains_bigint", Parameters: []string{"VARCHAR", "BIGINT"}, Result: "BOOLEAN", Call: func(args []any) (any, error) {
		return jsonArrayContains(args[0].(string), hasInteger(args[1].(int64))), nil
	}},
	{Name: "vpcq_json_array_contains_double", Parameters: []string{"VARCHAR", "DOUBLE"}, Result: "BOOLEAN", Call: func(args []any) (any, error) {
		return jsonArrayContainsDouble(args[0].(string), args[1].(float64)), nil
	}},
	{Name: "vpcq_json_array_contains_varchar", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "BOOLEAN", Call: func(args []any) (any, error) {
		return jsonArrayContains(args[0].(string), hasText(args[1].(string))), nil
	}},
}

// jsonParse is json_parse: the text in Trino's form, with the members of objects in order.
func jsonParse(text string) (any, error) {
	v, err := parseJSON(text)
	if err != nil || v == nil {
		return nil, fmt.Errorf("%s: Cannot convert value to JSON: '%s'", functionArgument, text)
	}
	v.sortMembers()
	return string(appendJSON(nil, v)), nil
}

// jsonIsScalar is is_json_scalar.
func jsonIsScalar(text string) (any, error) {
	s := &jsonScanner{text: text}
	err := s.next()
	scalar := s.token != jsonArrayStart && s.token != jsonObjectStart
	if err == nil && s.token != jsonEnd {
		if err = s.skip(); err == nil {
			err = s.next()
		}
		if err == nil && s.token == jsonEnd {
			return scalar, nil
		}
	}
	return nil, fmt.Errorf("%s: Invalid JSON value: %s", functionArgument, text)
}

// extracting is the native of a function that reads what stands at a path, of
// which it is given the first token. What is malformed or is not there is NULL.
func extracting(read func(s *jsonScanner) (any, error)) func(args []any) (any, error) {
	return func(args []any) (any, error) {
		path, err := extractPaths.get(args[1].(string))
		if err != nil {
			return nil, err
		}
		s := &jsonScanner{text: args[0].(string)}
		if found, err := s.seek(path); err != nil || !found {
			return nil, nil
		}
		value, err := read(s)
		if err != nil {
			return nil, nil
		}
		return value, nil
	}
}

// jsonScalarText gives the text of a scalar, of numbers as written.
func jsonScalarText(s *jsonScanner) (any, error) {
	if s.token < jsonString || s.token == jsonNull {
		return nil, nil
	}
	return s.value, nil
}

// jsonCopy gives a value without its white space and otherwise as it stands.
func jsonCopy(s *jsonScanner) (any, error) {
	var dst []byte
	depth, comma := len(s.open), false
	for first := true; ; first = false {
		if !first {
			if err := s.next(); err != nil {
				return nil, err
			}
		} else if s.token == jsonArrayStart || s.token == jsonObjectStart {
			depth--
		}
		closes := s.token == jsonArrayEnd || s.token == jsonObjectEnd
		if comma && !closes {
			dst = append(dst, ',')
		}
		comma = true
		switch s.token {
		case jsonArrayStart, jsonObjectStart:
			dst, comma = append(dst, s.open[len(s.open)-1]), false
		case jsonArrayEnd, jsonObjectEnd:
			dst = append(dst, s.text[s.at-1])
		case jsonName:
			dst, comma = append(appendQuotedJSON(dst, s.value), ':'), false
		default:
			dst = appendScalarJSON(dst, s.token, s.value)
		}
		if len(s.open) == depth {
			return string(dst), nil
		}
	}
}

// jsonSize gives the number of elements or members, 0 of a scalar.
func jsonSize(s *jsonScanner) (any, error) {
	size := int64(0)
	if s.token != jsonArrayStart && s.token != jsonObjectStart {
		return size, nil
	}
	for {
		if err := s.next(); err != nil {
			return nil, err
		}
		switch s.token {
		case jsonArrayEnd, jsonObjectEnd:
			return size, nil
		case jsonName:
			continue
		}
		size++
		if err := s.skip(); err != nil {
			return nil, err
		}
	}
}

// eachElement calls use with the scanner at the first token of each element of
// an array, until it returns false; it reports whether the text is an array that far.
func eachElement(text string, use func(s *jsonScanner) (bool, error)) bool {
	s := &jsonScanner{text: text}
	if s.next() != nil || s.token != jsonArrayStart {
		return false
	}
	for {
		if s.next() != nil {
			return false
		}
		if s.token == jsonArrayEnd {
			return true
		}
		if more, err := use(s); err != nil || !more {
			return err == nil
		}
	}
}

// jsonArrayLength is json_array_length: NULL of what is no array.
func jsonArrayLength(text string) any {
	n := int64(0)
	if !eachElement(text, func(s *jsonScanner) (bool, error) { n++; return true, s.skip() }) {
		return nil
	}
	return n
}

// jsonArrayGet is json_array_get: an element of an array, counted from 0 or
// from the end. A string comes without its quotes, a number as written.
func jsonArrayGet(text string, index int64) any {
	var kept []any
	count, at := int64(0), int64(-1)
	ok := eachElement(text, func(s *jsonScanner) (bool, error) {
		element, err := elementText(s)
		if count == index {
			at = int64(len(kept))
		}
		if index < 0 || count == index {
			kept = append(kept, element)
		}
		count++
		return at < 0, err
	})
	if index < 0 {
		at = int64(len(kept)) + index
	}
	if !ok || at < 0 || at >= int64(len(kept)) {
		return nil
	}
	return kept[at]
}

func elementText(s *jsonScanner) (any, error) {
	if s.token != jsonArrayStart && s.token != jsonObjectStart {
		return jsonScalarText(s)
	}
	v, err := s.tree()
	if err != nil {
		return nil, err
	}
	return string(appendJSON(nil, v)), nil
}

// jsonArrayContains is json_array_contains for an element that is tells.
func jsonArrayContains(text string, is func(s *jsonScanner) bool) any {
	found := false
	ok := eachElement(text, func(s *jsonScanner) (bool, error) {
		err := s.skip()
		found = err == nil && is(s)
		return !found, err
	})
	if !ok {
		return nil
	}
	return found
}

func jsonArrayContainsDouble(text string, f float64) any {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return false
	}
	return jsonArrayContains(text, func(s *jsonScanner) bool {
		if s.token != jsonFloat {
			return false
		}
		element, err := strconv.ParseFloat(s.value, 64)
		return err == nil && element == f
	})
}

func hasBoolean(b bool) func(s *jsonScanner) bool {
	return func(s *jsonScanner) bool { return b && s.token == jsonTrue || !b && s.token == jsonFalse }
}

func hasInteger(n int64) func(s *jsonScanner) bool {
	return func(s *jsonScanner) bool {
		element, err := strconv.ParseInt(s.value, 10, 64)
		return s.token == jsonInteger && err == nil && element == n
	}
}

func hasText(text string) func(s *jsonScanner) bool {
	return func(s *jsonScanner) bool { return s.token == jsonString && s.value == text }
}
