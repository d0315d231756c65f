package dialect

// JSONInput is an expression with an optional FORMAT JSON [ENCODING …].
type JSONInput struct {
	Pos
	Expr   Expression
	Format *JSONFormat // nil without FORMAT
}

// JSONFormat is FORMAT JSON [ENCODING UTF8].
type JSONFormat struct {
	Pos
	Encoding string // UTF8, UTF16 or UTF32; empty without ENCODING
}

// JSONPath is the common beginning of JSON_EXISTS, JSON_VALUE and JSON_QUERY:
// the input, the path and its variables.
type JSONPath struct {
	Pos
	Input   *JSONInput
	Path    *StringLiteral
	Name    *Identifier // AS name, nil without
	Passing []*JSONArgument
}

// JSONArgument is one variable of a path: value AS name.
type JSONArgument struct {
	Pos
	Value *JSONInput
	Name  *Identifier
}

// JSONBehavior is what ON EMPTY and ON ERROR give.
type JSONBehavior struct {
	Pos
	Kind    string     // ERROR, NULL, DEFAULT, EMPTY ARRAY, EMPTY OBJECT; TRUE, FALSE, UNKNOWN for JSON_EXISTS
	Default Expression // for DEFAULT, else nil
}

// JSONExists is JSON_EXISTS(…).
type JSONExists struct {
	Pos
	Path    *JSONPath
	OnError *JSONBehavior // nil without ON ERROR
}

// JSONValue is JSON_VALUE(…).
type JSONValue struct {
	Pos
	Path      *JSONPath
	Returning TypeName      // nil without RETURNING
	OnEmpty   *JSONBehavior // nil without ON EMPTY
	OnError   *JSONBehavior // nil without ON ERROR
}

// JSONReturning is RETURNING type [FORMAT JSON].
type JSONReturning struct {
	Pos
	Type   TypeName
	Format *JSONFormat // nil without FORMAT
}

// JSONQuery is JSON_QUERY(…).
type JSONQuery struct {
	Pos
	Path         *JSONPath
	Returning    *JSONReturning // nil without RETURNING
	Wrapper      string         // WITHOUT, CONDITIONAL or UNCONDITIONAL; empty without WRAPPER
	Quotes       string         // KEEP or OMIT; empty without QUOTES
	ScalarString bool           // … QUOTES ON SCALAR STRING
	OnEmpty      *JSONBehavior  // nil without ON EMPTY
	OnError      *JSONBehavior  // nil without ON ERROR
}

// NullBehavior is what a JSON constructor does with NULLs.
type NullBehavior string

// The behaviours. Without one JSON_OBJECT has NULL, JSON_ARRAY has ABSENT.
const (
	NullBehaviorNone NullBehavior = ""
	NullOnNull       NullBehavior = "NULL ON NULL"
	AbsentOnNull     NullBehavior = "ABSENT ON NULL"
)

// JSONObject is JSON_OBJECT(key : value, …).
type JSONObject struct {
	Pos
	Members    []*JSONMember
	Nulls      NullBehavior
	UniqueKeys *bool          // WITH (true) or WITHOUT (false) UNIQUE KEYS, nil without either
	Returning  *JSONReturning // nil without RETURNING
}

// JSONMember is key : value, or KEY key VALUE value.
type JSONMember struct {
	Pos
	Key   Expression
	Value *JSONInput
}

// JSONArray is JSON_ARRAY(value, …).
type JSONArray struct {
	Pos
	Elements  []*JSONInput
	Nulls     NullBehavior
	Returning *JSONReturning // nil without RETURNING
}

func (*JSONExists) expression() {}
func (*JSONValue) expression()  {}
func (*JSONQuery) expression()  {}
func (*JSONObject) expression() {}
func (*JSONArray) expression()  {}
