package dialect

import (
	"fmt"
	"strings"
)

// signature is what a function takes and gives: the parsed form of a line such
// as "map_agg(K:comparable, V) map(K,V)". A capital letter stands for any type,
// the same wherever it recurs; "decimal(p,s)", "varchar(x)" and "timestamp(p)"
// stand for any type of their family, again the same wherever they recur.
// Three dots after the last parameter let it repeat, never to occur included.
type signature struct {
	name        string
	params      []Type
	variadic    bool
	result      Type
	constraints []string // such as "K:comparable", in order of appearance
}

// parseSignature reads a line of a Function's Signatures. A line that does not
// parse is a slip in this package's tables, so it panics.
func parseSignature(line string) *signature {
	s := &signature{}
	p := &signatureParser{line: line, rest: line, signature: s}
	s.name = p.word()
	p.expect("(")
	for !p.take(")") {
		s.params = append(s.params, p.parseType())
		s.variadic = p.take("...")
		p.take(",")
	}
	s.result = p.parseType()
	if p.rest != "" {
		p.fail()
	}
	return s
}

type signatureParser struct {
	line, rest string
	signature  *signature
}

func (p *signatureParser) fail() {
	panic(fmt.Sprintf("signature %q does not parse at %q", p.line, p.rest))
}

func (p *signatureParser) take(text string) bool {
	p.rest = strings.TrimLeft(p.rest, " ")
	rest, ok := strings.CutPrefix(p.rest, text)
	if ok {
		p.rest = strings.TrimLeft(rest, " ")
	}
	return ok
}

func (p *signatureParser) expect(text string) {
	if !p.take(text) {
		p.fail()
	}
}

func (p *signatureParser) word() string {
	p.rest = strings.TrimLeft(p.rest, " ")
	end := strings.IndexAny(p.rest, "(),: .")
	if end < 0 {
		end = len(p.rest)
	}
	word := p.rest[:end]
	p.rest = p.rest[end:]
	return word
}

// simpleTypes are the type names that stand alone in signatures.
var simpleTypes = map[string]Type{
	"unknown": unknownType, "boolean": booleanType, "tinyint": tinyintType, "smallint": smallintType, "integer": integerType,
	"bigint": bigintType, "real": realType, "double": doubleType, "varchar": varcharType, "varbinary": varbinaryType,
	"date": dateType, "json": jsonType, "ipaddress": ipAddressType, "ipprefix": ipPrefixType, "uuid": uuidType, "row": {Kind: anyRowKind},
}

func (p *signatureParser) parseType() Type {
	word := p.word()
	if len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' {
		if p.take(":") {
			p.signature.constraints = append(p.signature.constraints, word+":"+p.word())
		}
		return Type{variable: word}
	}
	if word == "interval" {
		return p.parseInterval()
	}
	if !p.take("(") {
		t, ok := simpleTypes[word]
		if !ok {
			p.fail()
		}
		return t
	}
	var t Type
	switch word {
	case "array", "map", "function":
		t.Kind = map[string]Kind{"array": ArrayKind, "map": MapKind, "function": lambdaKind}[word]
		for !p.take(")") {
			t.Args = append(t.Args, p.parseType())
			p.take(",")
		}
		return t
	}
	return p.parseFamily(word)
}

func (p *signatureParser) parseInterval() Type {
	for _, t := range []Type{dayIntervalType, monthIntervalType} {
		if p.take(strings.TrimPrefix(t.String(), "interval ")) {
			return t
		}
	}
	p.fail()
	return Type{}
}

// families are the kinds whose parameters a signature may leave open.
var families = map[string]Kind{
	"varchar": VarcharKind, "char": CharKind, "decimal": DecimalKind, "time": TimeKind, "timestamp": TimestampKind,
}

// parseFamily reads the parameters of a type: letters leave them open, digits fix them.
func (p *signatureParser) parseFamily(word string) Type {
	end := strings.IndexByte(p.rest, ')')
	kind, ok := families[word]
	if end < 0 || !ok {
		p.fail()
	}
	inside := p.rest[:end]
	p.rest = p.rest[end+1:]
	text := word + "(" + inside + ")"
	if kind == TimestampKind && p.take("with time zone") {
		kind, text = TimestampTZKind, text+" with time zone"
	}
	if inside[0] < '0' || inside[0] > '9' {
		return Type{Kind: kind, variable: text}
	}
	t := Type{Kind: kind}
	if kind == DecimalKind {
		fmt.Sscanf(inside, "%d,%d", &t.Precision, &t.Scale)
	} else if kind == VarcharKind || kind == CharKind {
		fmt.Sscanf(inside, "%d", &t.Length)
	} else {
		fmt.Sscanf(inside, "%d", &t.Precision)
	}
	return t
}

// String prints the signature as Trino lists it among the expected ones.
func (s *signature) String() string {
	params := make([]string, len(s.params))
	for i, p := range s.params {
		params[i] = p.String()
	}
	if s.variadic {
		params[len(params)-1] += "..."
	}
	return strings.TrimRight(s.name+"("+strings.Join(params, ", ")+") "+strings.Join(s.constraints, ", "), " ")
}

// param returns the type of parameter i, counting a repeated last one.
func (s *signature) param(i int) Type { return s.params[min(i, len(s.params)-1)] }

// takes reports whether n arguments may be given.
func (s *signature) takes(n int) bool {
	if s.variadic {
		return n >= len(s.params)-1
	}
	return n == len(s.params)
}

// isGeneric reports whether a type variable occurs among the parameters.
func (s *signature) isGeneric() bool {
	for _, p := range s.params {
		if p.variable != "" || p.hasVariables() {
			return true
		}
	}
	return false
}

func (t Type) hasVariables() bool {
	if t.variable != "" {
		return true
	}
	for _, arg := range t.Args {
		if arg.hasVariables() {
			return true
		}
	}
	return false
}

// binding is what the variables of a signature stand for in one call.
type binding map[string]Type

// bind fits arguments of the given types into the signature. Lambdas, given as
// types of lambdaKind without Args, fit their parameter; their types are bound
// later. Without coerce every argument must have its parameter's very type, or
// one of its kind.
func (s *signature) bind(args []Type, coerce bool) (binding, bool) {
	if !s.takes(len(args)) {
		return nil, false
	}
	b := binding{}
	for i, arg := range args {
		if !b.unify(s.param(i), arg, coerce) {
			return nil, false
		}
	}
	for i, arg := range args {
		param := s.param(i)
		if param.Kind == lambdaKind || param.Kind == anyRowKind {
			continue
		}
		if !b.accepts(param, arg, coerce) {
			return nil, false
		}
	}
	return b, s.constrained(b)
}

// accepts reports whether the bound parameter takes an argument of the type.
func (b binding) accepts(param, arg Type, coerce bool) bool {
	want := b.instantiate(param)
	if want.Equal(arg) || param.hasVariables() && arg.Kind == UnknownKind {
		return true
	}
	if !coerce && (arg.Kind == UnknownKind || arg.Kind != want.Kind) {
		return false
	}
	return canCoerce(arg, want)
}

// constrained reports whether the bound types have the equality or order that the signature asks for.
func (s *signature) constrained(b binding) bool {
	for _, c := range s.constraints {
		variable, property, _ := strings.Cut(c, ":")
		t := b[variable]
		if property == "orderable" && !t.isOrderable() || property == "comparable" && !t.isComparable() {
			return false
		}
	}
	return true
}

// unify makes the variables of param stand for the parts of arg.
func (b binding) unify(param, arg Type, coerce bool) bool {
	switch {
	case param.Kind == lambdaKind || arg.Kind == lambdaKind:
		return param.Kind == arg.Kind
	case param.Kind == anyRowKind:
		return arg.Kind == RowKind
	case param.variable != "":
		return b.unifyVariable(param, arg, coerce)
	case arg.Kind == UnknownKind:
		return coerce || param.hasVariables()
	case param.Kind != arg.Kind:
		return coerce && canCoerce(arg, param)
	}
	if len(param.Args) != len(arg.Args) {
		return false
	}
	for i := range param.Args {
		if !b.unify(param.Args[i], arg.Args[i], coerce) {
			return false
		}
	}
	return true
}

func (b binding) unifyVariable(param, arg Type, coerce bool) bool {
	if param.Kind != UnknownKind && arg.Kind != UnknownKind && arg.Kind != param.Kind {
		widened, ok := param.familyOf(arg)
		if !ok || !coerce {
			return false
		}
		arg = widened
	}
	if param.Kind != UnknownKind && arg.Kind == UnknownKind && !coerce {
		return false
	}
	old, ok := b[param.variable]
	if !ok {
		b[param.variable] = arg
		return true
	}
	common, ok := commonType(old, arg)
	if !ok || !coerce && !common.Equal(old) && old.Kind != arg.Kind {
		return false
	}
	b[param.variable] = common
	return true
}

// familyOf returns the type of the parameter's kind to which arg coerces.
func (t Type) familyOf(arg Type) (Type, bool) {
	target := Type{Kind: t.Kind}
	switch t.Kind {
	case DecimalKind:
		digits, ok := integerDigits[arg.Kind]
		return decimalType(digits, 0), ok
	case VarcharKind:
		return boundedVarchar(arg.Length), arg.Kind == CharKind
	case TimestampTZKind:
		target.Precision, target.Zone = arg.Precision, ""
	case TimestampKind:
		target.Precision = arg.Precision
	}
	common, ok := commonType(arg, target)
	return common, ok && common.Kind == t.Kind
}

// instantiate returns t with its variables replaced by what they stand for.
func (b binding) instantiate(t Type) Type {
	if t.variable != "" {
		bound := b[t.variable]
		if bound.Kind == UnknownKind && t.Kind != UnknownKind {
			length := Unbounded
			if t.Kind == CharKind {
				length = 0
			}
			return Type{Kind: t.Kind, Precision: 1, Length: length}.normalised()
		}
		return bound
	}
	if len(t.Args) == 0 {
		return t
	}
	out := t
	out.Args = make([]Type, len(t.Args))
	for i, arg := range t.Args {
		out.Args[i] = b.instantiate(arg)
	}
	return out
}

// normalised clears the parameters that t's kind does not have.
func (t Type) normalised() Type {
	if t.Kind != VarcharKind && t.Kind != CharKind {
		t.Length = 0
	}
	if t.Kind != DecimalKind && t.Kind != TimeKind && t.Kind != TimestampKind && t.Kind != TimestampTZKind {
		t.Precision, t.Scale = 0, 0
	}
	return t
}
