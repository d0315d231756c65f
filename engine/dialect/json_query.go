package dialect

import (
	"fmt"
	"strings"
)

// invalidPath is the code of a path that Trino refuses.
const invalidPath = "INVALID_PATH"

// jsonFunction analyses a function of SQL/JSON.
func (a *analyzer) jsonFunction(e Expression, s *scope) term {
	switch e := e.(type) {
	case *JSONExists:
		return a.jsonExists(e, s)
	case *JSONValue:
		return a.jsonValue(e, s)
	case *JSONQuery:
		return a.jsonQuery(e, s)
	case *JSONObject:
		return a.jsonObject(e, s)
	case *JSONArray:
		return a.jsonArray(e, s)
	}
	return a.refuse(e, "%s", describe(e))
}

// jsonCall is the arguments of a native of SQL/JSON, each an SQL text.
type jsonCall []string

// fix adds words that the statement fixes.
func (c *jsonCall) fix(words ...string) {
	for _, w := range words {
		*c = append(*c, duckString(w))
	}
}

// sql writes the call.
func (c jsonCall) sql(name string) string {
	return nativeName(name) + "(" + strings.Join(c, ", ") + ")"
}

// passed is the values that a native is given with their types.
type passed struct {
	types []string // of the fields of the row type
	sql   []string // a text each
}

func (p *passed) add(name string, value term) {
	field := value.typ.String()
	if name != "" {
		field = duckName(name) + " " + field
	}
	p.types, p.sql = append(p.types, field), append(p.sql, value.sql)
}

// row is the row type of the values, or nothing without any.
func (p *passed) row() string {
	if len(p.types) == 0 {
		return ""
	}
	return "row(" + strings.Join(p.types, ", ") + ")"
}

// jsonPathCall begins the call of a native with the input and the path, and
// gives what is passed to the path.
func (a *analyzer) jsonPathCall(n Node, p *JSONPath, function string, s *scope) (jsonCall, passed) {
	input := a.jsonText(p.Input, s)
	call := jsonCall{input.sql}
	call.fix(p.Path.Value)
	var given passed
	names := map[string]bool{}
	for _, arg := range p.Passing {
		name := arg.Name.Value
		if !arg.Name.Delimited {
			name = strings.ToUpper(name)
		}
		if names[name] {
			a.fail(n, "DUPLICATE_PARAMETER_NAME", "%s JSON path parameter is specified more than once", name)
		}
		names[name] = true
		given.add(name, a.jsonArgument(arg.Value, "Unsupported type of JSON path parameter: %s", s))
	}
	if p.Name != nil {
		a.fail(p.Name, invalidPath, "JSON path name is not allowed in %s function", function)
	}
	a.checkPath(p.Path, names)
	return call, given
}

// checkPath reads a path and refuses what Trino does before it runs.
func (a *analyzer) checkPath(path *StringLiteral, names map[string]bool) {
	if a.err != nil {
		return
	}
	compiledPath, err := jsonPaths.get(path.Value)
	if err != nil {
		a.err = pathSyntaxError(path, err)
		return
	}
	if compiledPath.unsupported != "" {
		a.fail(path, notSupported, "%s", compiledPath.unsupported)
	}
	if _, err := compiledPath.root.staticType(names); err != nil {
		a.fail(path, invalidPath, "%s", err)
	}
}

// pathSyntaxError places a fault of the path in the statement.
func pathSyntaxError(path *StringLiteral, err error) error {
	fault, ok := err.(*pathFault)
	if !ok {
		return err
	}
	before := path.Value[:fault.at]
	e := &Error{Code: SyntaxError, Message: fault.message, Line: path.Line, Column: path.Column + 1 + len([]rune(before))}
	if line := strings.LastIndexByte(before, '\n'); line >= 0 {
		e.Line += strings.Count(before, "\n")
		e.Column = len([]rune(before[line+1:])) + 1
	}
	return e
}

// returnsJSON reports whether an expression is a function whose result is JSON
// without saying so.
func returnsJSON(e Expression) bool {
	switch e.(type) {
	case *JSONQuery, *JSONObject, *JSONArray:
		return true
	}
	return false
}

// jsonText analyses JSON as text: the input of a function, or a value with FORMAT JSON.
func (a *analyzer) jsonText(in *JSONInput, s *scope) term {
	t := a.expression(in.Expr, s)
	format, encoding := formatName(in.Format)
	switch {
	case (t.typ.isText() || t.typ.Kind == UnknownKind) && encoding == "":
		return term{typ: jsonType, sql: a.convert(t, varcharType, false).sql}
	case t.typ.Kind == VarbinaryKind && encoding == "" || encoding == "UTF8" && t.typ.Kind == VarbinaryKind:
		return term{typ: jsonType, sql: nativeName("from_utf8") + "(" + t.sql + ")"}
	case t.typ.Kind == VarbinaryKind:
		return term{typ: jsonType, sql: nativeName("json_decode") + "(" + t.sql + ", " + duckString(encoding) + ")"}
	}
	return a.fail(in.Expr, typeMismatch, "Cannot read input of type %s as JSON using formatting %s", t.typ, format)
}

// formatName is FORMAT as Trino's messages have it, and its encoding.
func formatName(f *JSONFormat) (name, encoding string) {
	if f == nil || f.Encoding == "" {
		return "JSON", ""
	}
	return "JSON ENCODING " + f.Encoding, f.Encoding
}

// jsonArgument analyses a value that goes into JSON or a path, as a text with
// the type that says how to read it.
func (a *analyzer) jsonArgument(in *JSONInput, unsupported string, s *scope) term {
	if in.Format != nil || returnsJSON(in.Expr) {
		return a.jsonText(in, s)
	}
	t := a.expression(in.Expr, s)
	switch {
	case a.err != nil:
		return nullTerm
	case t.typ.Kind == TimestampTZKind:
		return a.refuse(in.Expr, "a timestamp with time zone as a value of JSON")
	case t.typ.Kind == BooleanKind || t.typ.isNumeric() || t.typ.isText() || t.typ.Kind == UnknownKind:
		return term{typ: t.typ, sql: duckCast(t.sql, varcharType)}
	case t.typ.Kind == DateKind || t.typ.Kind == TimeKind || t.typ.Kind == TimestampKind:
		return term{typ: t.typ, sql: a.convert(t, varcharType, false).sql}
	case !canCast(t.typ, varcharType):
		return a.fail(in.Expr, notSupported, unsupported, t.typ)
	}
	return term{typ: varcharType, sql: a.convert(t, varcharType, false).sql}
}

// behaviorOf is what ON EMPTY or ON ERROR says, or else what it is by default.
func behaviorOf(b *JSONBehavior, byDefault string) string {
	if b == nil {
		return byDefault
	}
	return b.Kind
}

func (a *analyzer) jsonExists(e *JSONExists, s *scope) term {
	call, given := a.jsonPathCall(e, e.Path, "JSON_EXISTS", s)
	call.fix(behaviorOf(e.OnError, "FALSE"), given.row())
	return term{typ: booleanType, sql: append(call, given.sql...).sql("json_exists")}
}

func (a *analyzer) jsonValue(e *JSONValue, s *scope) term {
	call, given := a.jsonPathCall(e, e.Path, "JSON_VALUE", s)
	to := varcharType
	if e.Returning != nil {
		to = a.resolveType(e.Returning, e)
	}
	text := to
	switch {
	case to.Kind == DateKind || to.Kind == TimeKind || to.Kind == TimestampKind || to.Kind == TimestampTZKind:
		text = varcharType
	case to.Kind != BooleanKind && !to.isNumeric() && !to.isText():
		return a.fail(e, typeMismatch, "Invalid return type of function JSON_VALUE: %s", to)
	}
	call.fix(text.String(), behaviorOf(e.OnEmpty, "NULL"), behaviorOf(e.OnError, "NULL"), given.row())
	result := append(call, given.sql...).sql("json_value")
	onEmpty, onError := a.jsonDefault(e.OnEmpty, "EMPTY", to, s), a.jsonDefault(e.OnError, "ERROR", to, s)
	if a.err != nil {
		return nullTerm
	}
	value := term{typ: text, sql: "substr(" + result + ", 2)"}
	switch {
	case !text.Equal(to):
		value = a.convert(value, to, true)
		failed := onError
		if behaviorOf(e.OnError, "NULL") == "ERROR" {
			failed = a.raise(jsonValueError, duckString("cannot extract SQL scalar from JSON: Cannot cast value of type varchar to declared return type of function JSON_VALUE: "+to.String()))
		}
		value.sql = fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN COALESCE(%s, %s) END", result, value.sql, failed)
	case !to.isText():
		value.sql = duckCast(value.sql, to)
	}
	value.typ = to
	if onEmpty != "NULL" || onError != "NULL" {
		value.sql = fmt.Sprintf("CASE left(%s, 1) WHEN 'E' THEN %s WHEN 'R' THEN %s ELSE %s END", result, onEmpty, onError, value.sql)
	}
	return value
}

// jsonDefault writes the value that DEFAULT gives, or NULL.
func (a *analyzer) jsonDefault(b *JSONBehavior, event string, to Type, s *scope) string {
	if b == nil || b.Default == nil {
		return "NULL"
	}
	t := a.expression(b.Default, s)
	if a.err == nil && !canCoerce(t.typ, to) {
		return a.fail(b.Default, typeMismatch, "Function JSON_VALUE default ON %s result must evaluate to a %s (actual: %s)", event, to, t.typ).sql
	}
	return duckCast(a.coerce(t, to).sql, to)
}

func (a *analyzer) jsonQuery(e *JSONQuery, s *scope) term {
	call, given := a.jsonPathCall(e, e.Path, "JSON_QUERY", s)
	wrapper := e.Wrapper
	if wrapper == "" {
		wrapper = "WITHOUT"
	}
	if e.Quotes != "" && wrapper != "WITHOUT" {
		return a.fail(e, functionArgument, "%s QUOTES behavior specified with WITH %s ARRAY WRAPPER behavior", e.Quotes, wrapper)
	}
	call.fix(wrapper, e.Quotes, behaviorOf(e.OnEmpty, "NULL"), behaviorOf(e.OnError, "NULL"), given.row())
	return a.jsonResult(e, e.Returning, append(call, given.sql...).sql("json_query"))
}

// jsonResult gives a text of JSON the type of RETURNING.
func (a *analyzer) jsonResult(n Node, r *JSONReturning, sql string) term {
	t := term{typ: varcharType, sql: sql}
	if r == nil {
		return t
	}
	to := a.resolveType(r.Type, n)
	format, encoding := formatName(r.Format)
	switch {
	case a.err != nil:
		return nullTerm
	case to.isText() && encoding == "":
		return a.convert(t, to, false)
	case to.Kind == VarbinaryKind && (encoding == "" || encoding == "UTF8"):
		return term{typ: to, sql: "encode(" + sql + ")"}
	case to.Kind == VarbinaryKind:
		return term{typ: to, sql: nativeName("json_encode") + "(" + sql + ", " + duckString(encoding) + ")"}
	}
	return a.fail(n, typeMismatch, "Cannot output JSON value as %s using formatting %s", to, format)
}

func (a *analyzer) jsonArray(e *JSONArray, s *scope) term {
	var given passed
	for _, element := range e.Elements {
		given.add("", a.jsonArgument(element, "Unsupported type of value passed to JSON_ARRAY function: %s", s))
	}
	var call jsonCall
	call.fix(nullsOf(e.Nulls, AbsentOnNull), given.row())
	return a.jsonResult(e, e.Returning, append(call, given.sql...).sql("json_array"))
}

func (a *analyzer) jsonObject(e *JSONObject, s *scope) term {
	var given passed
	var members []string
	unique := "WITHOUT"
	if e.UniqueKeys != nil && *e.UniqueKeys {
		unique = "WITH"
	}
	for _, m := range e.Members {
		key := a.expression(m.Key, s)
		if a.err == nil && !key.typ.isText() {
			return a.fail(m.Key, functionArgument, "Invalid type of JSON object key: %s", key.typ)
		}
		if unique == "WITH" && (m.Value.Format != nil || returnsJSON(m.Value.Expr)) {
			a.fail(e, notSupported, "WITH UNIQUE KEYS behavior is not supported for JSON_OBJECT function when input expression has FORMAT")
		}
		value := a.jsonArgument(m.Value, "Unsupported type of value passed to JSON_OBJECT function: %s", s)
		if a.err != nil {
			return nullTerm
		}
		given.add("", value)
		members = append(members, a.convert(key, varcharType, false).sql, value.sql)
	}
	var call jsonCall
	call.fix(nullsOf(e.Nulls, NullOnNull), unique, given.row())
	return a.jsonResult(e, e.Returning, append(call, members...).sql("json_object"))
}

// nullsOf is the first word of what a constructor does with NULLs.
func nullsOf(b, byDefault NullBehavior) string {
	if b == NullBehaviorNone {
		b = byDefault
	}
	word, _, _ := strings.Cut(string(b), " ")
	return word
}
