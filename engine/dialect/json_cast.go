package dialect

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// jsonCastNatives cast to and from JSON.
var jsonCastNatives = []Native{
	// The second argument of a cast is Trino's name of the type to cast to.
	{Name: "vpcq_json_cast", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return jsonCast(args[0].(string), args[1].(string)) }},
	{Name: "vpcq_json_string", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return string(appendQuotedJSON(nil, args[0].(string))), nil }},
	{Name: "vpcq_json_double", Parameters: []string{"DOUBLE"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return string(appendNumberJSON(nil, args[0].(float64), 64)), nil }},
	{Name: "vpcq_json_real", Parameters: []string{"FLOAT"}, Result: "VARCHAR", Call: func(args []any) (any, error) {
		return string(appendNumberJSON(nil, float64(args[0].(float32)), 32)), nil
	}},
	{Name: "vpcq_text_of_json_double", Parameters: []string{"DOUBLE"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return string(appendJavaFloat(nil, args[0].(float64), 64)), nil }},
	{Name: "vpcq_text_of_json_real", Parameters: []string{"FLOAT"}, Result: "VARCHAR", Call: func(args []any) (any, error) {
		return string(appendJavaFloat(nil, float64(args[0].(float32)), 32)), nil
	}},
	{Name: "vpcq_json_decimal", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) {
		d, err := parseExact(args[0].(string))
		return string(appendJavaDecimal(nil, d)), err
	}},
	{Name: "vpcq_json_sort", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return jsonSort(args[0].(string)) }},
}

// typeTexts are the types by Trino's names of them.
var typeTexts = &compiled[Type]{compile: parseTypeText}

// parseTypeText reads a type as Type.String prints it.
func parseTypeText(text string) (Type, error) {
	p := newParser(text)
	name := p.typeName()
	if p.failed || p.cur().kind != endOfInput {
		return unknownType, fmt.Errorf("read type %q: it is none", text)
	}
	a := &analyzer{zone: utcZone}
	t := a.resolveType(name, &Identifier{})
	return t, a.err
}

// errCast is a fault in the conversion of JSON for which Trino has no words.
var errCast = errors.New("")

// jsonCast casts JSON. Of a scalar the result is the text that DuckDB casts to
// the type; of an array, map or row it is JSON of the same shape, in which all
// scalars are strings and a row is an object of its fields.
func jsonCast(text, typeText string) (any, error) {
	to, err := typeTexts.get(typeText)
	if err != nil {
		return nil, err
	}
	s := &jsonScanner{text: text}
	if err := s.next(); err != nil || s.token == jsonEnd {
		return nil, castFault(to, text, errCast)
	}
	var out []byte
	isNull := s.token == jsonNull
	if len(to.Args) > 0 {
		out, err = s.appendCast(nil, to)
	} else {
		out, err = s.castScalar(to)
	}
	if err == nil && (s.next() != nil || s.token != jsonEnd) {
		err = errCast
	}
	if err != nil {
		return nil, castFault(to, text, err)
	}
	if isNull {
		return nil, nil
	}
	return string(out), nil
}

// castFault is the error of a cast, in Trino's words.
func castFault(to Type, text string, err error) error {
	switch {
	case len(to.Args) > 0 && err.Error() == "":
		return fmt.Errorf("%s: Cannot cast to %s.\n%s", invalidCast, to, text)
	case len(to.Args) > 0:
		return fmt.Errorf("%s: Cannot cast to %s. %w\n%s", invalidCast, to, err, text)
	case to.Kind == DecimalKind && err.Error() == "":
		return fmt.Errorf("%s: Cannot cast '%s' to DECIMAL(%d,%d)", invalidCast, text, to.Precision, to.Scale)
	case err.Error() == "":
		return fmt.Errorf("%s: Cannot cast '%s' to %s", invalidCast, text, kindNames[to.Kind])
	}
	return fmt.Errorf("%s: %w", invalidCast, err)
}

// castScalar gives the text of the scalar at hand for a type.
func (s *jsonScanner) castScalar(to Type) ([]byte, error) {
	text, err := castToken(s.token, s.value, to)
	return []byte(text), err
}

// castToken casts a scalar, or the name of a member. Trino's releases differ in
// what they make of a text that is too long: they let it pass, or refuse it as here.
func castToken(token jsonToken, value string, to Type) (string, error) {
	if to.Kind != VarcharKind {
		return castAny(token, value, to)
	}
	text, err := castAny(token, value, varcharType)
	if err == nil && fitText(text, to) != text {
		return "", worded("Cannot cast '%s' to %s", text, to)
	}
	return text, err
}

func castAny(token jsonToken, value string, to Type) (string, error) {
	switch token {
	case jsonNull:
		return "", nil
	case jsonTrue, jsonFalse:
		return castBoolean(token == jsonTrue, to)
	case jsonString, jsonName:
		if to.Kind == DecimalKind && strings.TrimSpace(value) != value {
			return "", errCast
		}
		text, err := castText(value, to)
		if err != nil && to.Kind == DecimalKind {
			return "", errCast
		}
		return text, err
	case jsonInteger, jsonFloat:
		return castNumber(token, value, to)
	}
	return "", errCast
}

func castNumber(token jsonToken, value string, to Type) (string, error) {
	number := jsonValue{kind: token, text: value}
	switch {
	case to.Kind == DecimalKind:
		d, err := parseExact(value)
		if err != nil {
			return "", errCast
		}
		return d.text(to)
	case to.Kind == RealKind || to.Kind == DoubleKind:
		return castFloat(number.float(floatBits[to.Kind]), floatBits[to.Kind], to)
	case token == jsonFloat:
		return castFloat(number.float(64), 64, to)
	case to.isText():
		return value, nil
	}
	n, ok := new(big.Int).SetString(value, 10)
	if !ok || !n.IsInt64() {
		return "", errCast
	}
	text, err := castExact(exactNumber{n, 0}, to)
	if err != nil {
		return "", errCast
	}
	return text, nil
}

// appendCast appends the value at hand in the form that jsonCast describes.
func (s *jsonScanner) appendCast(dst []byte, to Type) ([]byte, error) {
	if to.Kind == JSONKind {
		v, err := s.tree()
		if err != nil {
			return dst, errCast
		}
		return appendQuotedJSON(dst, string(appendJSON(nil, v))), nil
	}
	if s.token == jsonNull {
		return append(dst, "null"...), nil
	}
	switch to.Kind {
	case ArrayKind:
		return s.appendArray(dst, to)
	case MapKind:
		return s.appendMap(dst, to)
	case RowKind:
		return s.appendRow(dst, to)
	}
	text, err := castToken(s.token, s.value, to)
	if err == errCast && !(s.token >= jsonString) {
		err = worded("Unexpected token when cast to %s: %s", kindNames[to.Kind], s.tokenText())
	}
	return appendQuotedJSON(dst, text), err
}

// tokenText is the token at hand as Trino's messages show it.
func (s *jsonScanner) tokenText() string {
	switch s.token {
	case jsonArrayStart:
		return "["
	case jsonArrayEnd:
		return "]"
	case jsonObjectStart:
		return "{"
	case jsonObjectEnd:
		return "}"
	}
	return s.value
}

func (s *jsonScanner) appendArray(dst []byte, to Type) ([]byte, error) {
	if s.token != jsonArrayStart {
		return dst, worded("Expected a json array, but got %s", s.tokenText())
	}
	dst = append(dst, '[')
	for n := 0; ; n++ {
		if s.next() != nil {
			return dst, errCast
		}
		if s.token == jsonArrayEnd {
			return append(dst, ']'), nil
		}
		if n > 0 {
			dst = append(dst, ',')
		}
		var err error
		if dst, err = s.appendCast(dst, to.Args[0]); err != nil {
			return dst, err
		}
	}
}

func (s *jsonScanner) appendMap(dst []byte, to Type) ([]byte, error) {
	if s.token != jsonObjectStart {
		return dst, worded("Expected a json object, but got %s", s.tokenText())
	}
	dst = append(dst, '{')
	seen := map[string]bool{}
	for {
		if s.next() != nil {
			return dst, errCast
		}
		if s.token == jsonObjectEnd {
			break
		}
		key, err := castToken(jsonName, s.value, to.Args[0])
		if err != nil {
			return dst, err
		}
		if seen[key] {
			return dst, worded("Duplicate keys are not allowed")
		}
		if len(seen) > 0 {
			dst = append(dst, ',')
		}
		seen[key] = true
		dst = append(appendQuotedJSON(dst, key), ':')
		if s.next() != nil {
			return dst, errCast
		}
		if dst, err = s.appendCast(dst, to.Args[1]); err != nil {
			return dst, err
		}
	}
	return append(dst, '}'), nil
}

// appendRow takes a row's fields by place from an array, by name from an object.
func (s *jsonScanner) appendRow(dst []byte, to Type) ([]byte, error) {
	fields := make([][]byte, len(to.Args))
	var err error
	switch {
	case s.token == jsonArrayStart:
		err = s.rowOfArray(fields, to)
	case s.token != jsonObjectStart:
		err = worded("Expected a json array or object, but got %s", s.tokenText())
	case to.Names[0] == "":
		err = worded("Cannot cast a JSON object to anonymous row type. Input must be a JSON array.")
	default:
		err = s.rowOfObject(fields, to)
	}
	for i, field := range fields {
		separator := byte(',')
		if i == 0 {
			separator = '{'
		}
		if field == nil {
			field = []byte("null")
		}
		dst = append(appendQuotedJSON(append(dst, separator), to.FieldName(i)), ':')
		dst = append(dst, field...)
	}
	return append(dst, '}'), err
}

func (s *jsonScanner) rowOfArray(fields [][]byte, to Type) error {
	for i := range fields {
		if s.next() != nil {
			return errCast
		}
		var err error
		if fields[i], err = s.appendCast(nil, to.Args[i]); err != nil {
			return err
		}
	}
	if s.next() != nil {
		return errCast
	}
	if s.token != jsonArrayEnd {
		return worded("Expected json array ending, but got %s", s.tokenText())
	}
	return nil
}

func (s *jsonScanner) rowOfObject(fields [][]byte, to Type) error {
	for {
		if s.next() != nil {
			return errCast
		}
		if s.token == jsonObjectEnd {
			return nil
		}
		name := strings.ToLower(s.value)
		field := -1
		for i, n := range to.Names {
			if n == name {
				field = i // the last of those with one name
			}
		}
		if s.next() != nil {
			return errCast
		}
		if field < 0 {
			if s.skip() != nil {
				return errCast
			}
			continue
		}
		if fields[field] != nil {
			return worded("Duplicate field: %s", name)
		}
		var err error
		if fields[field], err = s.appendCast(nil, to.Args[field]); err != nil {
			return err
		}
	}
}

// jsonSort orders the members of an object, but not of those within it, and
// leaves all values as they are written.
func jsonSort(text string) (any, error) {
	s := &jsonScanner{text: text}
	v := &jsonValue{kind: jsonObjectStart}
	err := s.next()
	for err == nil {
		if err = s.next(); err != nil || s.token == jsonObjectEnd {
			break
		}
		v.members = append(v.members, s.value)
		start := s.at
		if err = s.next(); err == nil {
			err = s.skip()
		}
		v.items = append(v.items, &jsonValue{kind: jsonRaw, text: s.text[start:s.at]})
	}
	if err != nil {
		return nil, err
	}
	v.sortMembers()
	return string(appendJSON(nil, v)), nil
}
