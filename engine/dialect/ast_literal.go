package dialect

// NullLiteral is NULL.
type NullLiteral struct{ Pos }

// BooleanLiteral is TRUE or FALSE.
type BooleanLiteral struct {
	Pos
	Value bool
}

// StringLiteral is 'text' or U&'text'.
type StringLiteral struct {
	Pos
	Value string // decoded
}

// BinaryLiteral is X'65 68'.
type BinaryLiteral struct {
	Pos
	Value []byte
}

// IntegerLiteral is a whole number: 1_000, 0xFF, 0o17, 0b11; a minus directly
// before it belongs to it. It is an INTEGER where it fits in 32 bits, else a
// BIGINT.
type IntegerLiteral struct {
	Pos
	Value int64
	Text  string // as written, without a minus
}

// DecimalLiteral is a number with a point and no exponent, of type DECIMAL.
type DecimalLiteral struct {
	Pos
	Text string // as written without underscores, with its minus: -1.50, .5, 1.
}

// DoubleLiteral is a number with an exponent, of type DOUBLE.
type DoubleLiteral struct {
	Pos
	Value float64
	Text  string // as written, with its minus
}

// GenericLiteral is type 'text': DATE '2024-01-01', TIMESTAMP '…',
// DECIMAL '1.5', IPADDRESS '10.0.0.1', JSON '[]'. DOUBLE PRECISION '1' has
// the type DOUBLE.
type GenericLiteral struct {
	Pos
	Type  *Identifier
	Value string
}

// IntervalLiteral is INTERVAL '1' DAY.
type IntervalLiteral struct {
	Pos
	Negative bool // INTERVAL -'1' DAY
	Value    string
	From     IntervalField
	To       IntervalField // empty without TO
}

// Parameter is a question mark.
type Parameter struct {
	Pos
	Index int // from 0, in the order of the text
}

func (*NullLiteral) expression()     {}
func (*BooleanLiteral) expression()  {}
func (*StringLiteral) expression()   {}
func (*BinaryLiteral) expression()   {}
func (*IntegerLiteral) expression()  {}
func (*DecimalLiteral) expression()  {}
func (*DoubleLiteral) expression()   {}
func (*GenericLiteral) expression()  {}
func (*IntervalLiteral) expression() {}
func (*Parameter) expression()       {}
