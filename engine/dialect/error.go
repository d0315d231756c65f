package dialect

import "github.com/vpcq/vpcq/engine/fault"

// SyntaxError is the code of every error that Parse gives.
const SyntaxError = "SYNTAX_ERROR"

// Error is a fault in a statement, with the code and the words Athena has for
// it.
type Error = fault.Error
