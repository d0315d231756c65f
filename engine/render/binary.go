package render

import (
	"net/netip"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/vpcq/vpcq/engine/dialect"
)

// bytesOf gives the values of a binary column.
func bytesOf(t dialect.Type, a arrow.Array) (func(row int) []byte, error) {
	switch a := a.(type) {
	case *array.Binary:
		return a.Value, nil
	case *array.LargeBinary:
		return a.Value, nil
	case *array.BinaryView:
		return a.Value, nil
	case *array.FixedSizeBinary:
		return a.Value, nil
	}
	return nil, mismatch(t, a)
}

// varbinary is pairs of hexadecimal digits with a space between the bytes.
func varbinary(t dialect.Type, a arrow.Array) (appendFunc, error) {
	value, err := bytesOf(t, a)
	return func(dst []byte, i int) []byte {
		const digits = "0123456789abcdef"
		for j, b := range value(i) {
			if j > 0 {
				dst = append(dst, ' ')
			}
			dst = append(dst, digits[b>>4], digits[b&15])
		}
		return dst
	}, err
}

func ipAddress(t dialect.Type, a arrow.Array) (appendFunc, error) {
	value, err := sized(t, a, 16)
	return func(dst []byte, i int) []byte { return address(value(i)).AppendTo(dst) }, err
}

func ipPrefix(t dialect.Type, a arrow.Array) (appendFunc, error) {
	value, err := sized(t, a, 17)
	return func(dst []byte, i int) []byte {
		v := value(i)
		dst = append(address(v[:16]).AppendTo(dst), '/')
		return strconv.AppendUint(dst, uint64(v[16]), 10)
	}, err
}

// address reads 16 bytes, in which IPv4 addresses are mapped into IPv6.
func address(b []byte) netip.Addr { return netip.AddrFrom16([16]byte(b)).Unmap() }

// sized is bytesOf for types all of whose values have n bytes.
func sized(t dialect.Type, a arrow.Array, n int) (func(row int) []byte, error) {
	value, err := bytesOf(t, a)
	if err != nil {
		return nil, err
	}
	for i := range a.Len() {
		if a.IsValid(i) && len(value(i)) != n {
			return nil, mismatch(t, a)
		}
	}
	return value, nil
}
