package dialect

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/crc32"
	"math"
	"slices"
	"strings"
)

// binaryNatives work on bytes.
var binaryNatives = []Native{
	{Name: "vpcq_md5", Parameters: []string{"BLOB"}, Result: "BLOB", Call: digest(md5.New)},
	{Name: "vpcq_sha1", Parameters: []string{"BLOB"}, Result: "BLOB", Call: digest(sha1.New)},
	{Name: "vpcq_sha256", Parameters: []string{"BLOB"}, Result: "BLOB", Call: digest(sha256.New)},
	{Name: "vpcq_sha512", Parameters: []string{"BLOB"}, Result: "BLOB", Call: digest(sha512.New)},
	{Name: "vpcq_hmac_md5", Parameters: []string{"BLOB", "BLOB"}, Result: "BLOB", Call: keyedDigest(md5.New)},
	{Name: "vpcq_hmac_sha1", Parameters: []string{"BLOB", "BLOB"}, Result: "BLOB", Call: keyedDigest(sha1.New)},
	{Name: "vpcq_hmac_sha256", Parameters: []string{"BLOB", "BLOB"}, Result: "BLOB", Call: keyedDigest(sha256.New)},
	{Name: "vpcq_hmac_sha512", Parameters: []string{"BLOB", "BLOB"}, Result: "BLOB", Call: keyedDigest(sha512.New)},
	{Name: "vpcq_crc32", Parameters: []string{"BLOB"}, Result: "BIGINT", Call: call1(func(b []byte) (any, error) { return int64(crc32.ChecksumIEEE(b)), nil })},
	{Name: "vpcq_murmur3", Parameters: []string{"BLOB"}, Result: "BLOB", Call: call1(func(b []byte) (any, error) { return murmur3(b), nil })},
	{Name: "vpcq_hash_of_bigint", Parameters: []string{"BIGINT"}, Result: "BIGINT", Call: call1(func(n int64) (any, error) { return hashOfWord(uint64(n)), nil })},
	{Name: "vpcq_hash_of_double", Parameters: []string{"DOUBLE"}, Result: "BIGINT", Call: call1(hashOfDouble)},
	{Name: "vpcq_hash_of_binary", Parameters: []string{"BLOB"}, Result: "BIGINT", Call: call1(func(b []byte) (any, error) { return int64(xxHash64(b)), nil })},
	{Name: "vpcq_checksum", Parameters: []string{"HUGEINT"}, Result: "BLOB", Call: call1(checksumOfHashes)},
	{Name: "vpcq_xxhash64", Parameters: []string{"BLOB"}, Result: "BLOB", Call: call1(func(b []byte) (any, error) { return bigEndian64(xxHash64(b)), nil })},
	{Name: "vpcq_spooky_hash_v2_32", Parameters: []string{"BLOB"}, Result: "BLOB", Call: call1(func(b []byte) (any, error) { return bigEndian32(uint32(spookyHash64(b))), nil })},
	{Name: "vpcq_spooky_hash_v2_64", Parameters: []string{"BLOB"}, Result: "BLOB", Call: call1(func(b []byte) (any, error) { return bigEndian64(spookyHash64(b)), nil })},
	{Name: "vpcq_from_hex", Parameters: []string{"BLOB"}, Result: "BLOB", Call: call1(fromHex)},
	{Name: "vpcq_from_base32", Parameters: []string{"BLOB"}, Result: "BLOB", Call: call1(fromBase32)},
	{Name: "vpcq_to_base32", Parameters: []string{"BLOB"}, Result: "VARCHAR", Call: call1(func(b []byte) (any, error) { return base32.StdEncoding.EncodeToString(b), nil })},
	{Name: "vpcq_from_base64", Parameters: []string{"BLOB"}, Result: "BLOB", Call: call1(func(b []byte) (any, error) { return fromBase64(b, base64.StdEncoding) })},
	{Name: "vpcq_from_base64url", Parameters: []string{"BLOB"}, Result: "BLOB", Call: call1(func(b []byte) (any, error) { return fromBase64(b, base64.URLEncoding) })},
	{Name: "vpcq_to_base64url", Parameters: []string{"BLOB"}, Result: "VARCHAR", Call: call1(func(b []byte) (any, error) { return base64.URLEncoding.EncodeToString(b), nil })},
	{Name: "vpcq_to_big_endian_32", Parameters: []string{"INTEGER"}, Result: "BLOB", Call: call1(func(n int32) (any, error) { return bigEndian32(uint32(n)), nil })},
	{Name: "vpcq_to_big_endian_64", Parameters: []string{"BIGINT"}, Result: "BLOB", Call: call1(func(n int64) (any, error) { return bigEndian64(uint64(n)), nil })},
	{Name: "vpcq_from_big_endian_32", Parameters: []string{"BLOB"}, Result: "INTEGER", Call: exactly(4, "expected 4-byte input, but got instead: %d", func(b []byte) any { return int32(binary.BigEndian.Uint32(b)) })},
	{Name: "vpcq_from_big_endian_64", Parameters: []string{"BLOB"}, Result: "BIGINT", Call: exactly(8, "expected 8-byte input, but got instead: %d", func(b []byte) any { return int64(binary.BigEndian.Uint64(b)) })},
	{Name: "vpcq_to_ieee754_32", Parameters: []string{"FLOAT"}, Result: "BLOB", Call: call1(func(f float32) (any, error) { return bigEndian32(float32Bits(f)), nil })},
	{Name: "vpcq_to_ieee754_64", Parameters: []string{"DOUBLE"}, Result: "BLOB", Call: call1(func(f float64) (any, error) { return bigEndian64(float64Bits(f)), nil })},
	{Name: "vpcq_from_ieee754_32", Parameters: []string{"BLOB"}, Result: "FLOAT", Call: exactly(4, "Input floating-point value must be exactly 4 bytes long", func(b []byte) any { return math.Float32frombits(binary.BigEndian.Uint32(b)) })},
	{Name: "vpcq_from_ieee754_64", Parameters: []string{"BLOB"}, Result: "DOUBLE", Call: exactly(8, "Input floating-point value must be exactly 8 bytes long", func(b []byte) any { return math.Float64frombits(binary.BigEndian.Uint64(b)) })},
	{Name: "vpcq_binary_substr", Parameters: []string{"BLOB", "BIGINT", "BIGINT"}, Result: "BLOB", Call: call3(func(b []byte, start, length int64) (any, error) { return partOf(b, start, length), nil })},
	{Name: "vpcq_binary_lpad", Parameters: []string{"BLOB", "BIGINT", "BLOB"}, Result: "BLOB", Call: call3(func(b []byte, length int64, with []byte) (any, error) { return paddedBytes(b, length, with, true) })},
	{Name: "vpcq_binary_rpad", Parameters: []string{"BLOB", "BIGINT", "BLOB"}, Result: "BLOB", Call: call3(func(b []byte, length int64, with []byte) (any, error) { return paddedBytes(b, length, with, false) })},
	{Name: "vpcq_binary_reverse", Parameters: []string{"BLOB"}, Result: "BLOB", Call: call1(func(b []byte) (any, error) {
		slices.Reverse(b)
		return b, nil
	})},
}

// argumentFault is an error of an argument's value.
func argumentFault(format string, args ...any) error {
	return fmt.Errorf(functionArgument+": "+format, args...)
}

func digest(algorithm func() hash.Hash) func([]any) (any, error) {
	return call1(func(b []byte) (any, error) {
		h := algorithm()
		h.Write(b)
		return h.Sum(nil), nil
	})
}

// keyedDigest is HMAC. Trino cannot make an empty key, which Java's Mac refuses.
func keyedDigest(algorithm func() hash.Hash) func([]any) (any, error) {
	return call2(func(b, key []byte) (any, error) {
		if len(key) == 0 {
			return nil, argumentFault("Empty key")
		}
		h := hmac.New(algorithm, key)
		h.Write(b)
		return h.Sum(nil), nil
	})
}

func bigEndian32(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }
func bigEndian64(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// float32Bits gives NaN the one form that Java's floatToIntBits has.
func float32Bits(f float32) uint32 {
	if f != f {
		return 0x7fc00000
	}
	return math.Float32bits(f)
}

// float64Bits gives NaN the one form that Java's doubleToLongBits has.
func float64Bits(f float64) uint64 {
	if f != f {
		return 0x7ff8000000000000
	}
	return math.Float64bits(f)
}

// exactly decodes bytes of one length.
func exactly(size int, message string, decode func([]byte) any) func([]any) (any, error) {
	return call1(func(b []byte) (any, error) {
		if len(b) != size {
			if strings.Contains(message, "%d") {
				return nil, argumentFault(message, len(b))
			}
			return nil, argumentFault("%s", message)
		}
		return decode(b), nil
	})
}

func fromHex(text []byte) (any, error) {
	if len(text)%2 != 0 {
		return nil, argumentFault("invalid input length %d", len(text))
	}
	b := make([]byte, len(text)/2)
	if _, err := hex.Decode(b, text); err != nil {
		return nil, argumentFault("Invalid hex character")
	}
	return b, nil
}

// fromBase32 decodes as Guava's BaseEncoding does, which takes texts without their padding.
func fromBase32(text []byte) (any, error) {
	digits := bytes.TrimRight(text, "=")
	switch len(digits) % 8 {
	case 1, 3, 6:
		return nil, argumentFault("Invalid input length %d", len(digits))
	}
	for _, c := range digits {
		if (c < 'A' || c > 'Z') && (c < '2' || c > '7') {
			return nil, argumentFault("Unrecognized character: %s", shownCharacter(c))
		}
	}
	b, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(string(digits))
	if err != nil {
		return nil, argumentFault("%v", err)
	}
	return b, nil
}

func shownCharacter(c byte) string {
	if c > ' ' && c < 0x7f {
		return string(rune(c))
	}
	return fmt.Sprintf("0x%x", c)
}

// fromBase64 decodes as Java's Base64 does: padding may be left out as a whole,
// but not in part, and bits that are not needed may be anything. Go passes over
// line breaks, Java does not.
func fromBase64(text []byte, encoding *base64.Encoding) (any, error) {
	if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
		return nil, argumentFault("Illegal base64 character %x", text[i])
	}
	if !bytes.HasSuffix(text, []byte("=")) {
		encoding = encoding.WithPadding(base64.NoPadding)
	}
	b := make([]byte, encoding.DecodedLen(len(text)))
	n, err := encoding.Decode(b, text)
	if err != nil {
		return nil, argumentFault("Input byte array has wrong characters or wrong 4-byte ending unit")
	}
	return b[:n], nil
}

// partOf returns bytes or characters from a position, from 1 or, where negative, from the end.
func partOf[E byte | rune](all []E, start, length int64) []E {
	n := int64(len(all))
	if start < 0 {
		start += n + 1
	}
	if start < 1 || start > n || length <= 0 {
		return []E{}
	}
	return all[start-1 : start-1+min(length, n-start+1)]
}

func paddedBytes(b []byte, length int64, with []byte, left bool) (any, error) {
	switch {
	case length < 0 || length > math.MaxInt32:
		return nil, argumentFault("Target length must be in the range [0..2147483647]")
	case len(with) == 0:
		return nil, argumentFault("Padding bytes must not be empty")
	case int64(len(b)) >= length:
		return b[:length], nil
	case length > mostPadded:
		return nil, fmt.Errorf("%s: %s", notSupported, paddedTooFar)
	}
	missing := int(length) - len(b)
	pad := bytes.Repeat(with, missing/len(with)+1)[:missing]
	if left {
		return append(pad, b...), nil
	}
	return append(b, pad...), nil
}

// rangeFault is an error of a value that is too large.
func rangeFault(format string, args ...any) error {
	return fmt.Errorf(outOfRange+": "+format, args...)
}
