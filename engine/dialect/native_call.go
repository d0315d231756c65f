package dialect

// call1 is the Call of a native that computes f.
func call1[A any](f func(A) (any, error)) func([]any) (any, error) {
	return func(args []any) (any, error) { return f(args[0].(A)) }
}

// call2 is call1 for two arguments.
func call2[A, B any](f func(A, B) (any, error)) func([]any) (any, error) {
	return func(args []any) (any, error) { return f(args[0].(A), args[1].(B)) }
}

// call3 is call1 for three arguments.
func call3[A, B, C any](f func(A, B, C) (any, error)) func([]any) (any, error) {
	return func(args []any) (any, error) { return f(args[0].(A), args[1].(B), args[2].(C)) }
}
