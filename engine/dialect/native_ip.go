package dialect

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// addressOfText reads an IPv4 or IPv6 address as 16 bytes, IPv4 mapped into
// IPv6, the form in which addresses compare by value.
func addressOfText(s string) (any, error) {
	address, err := netip.ParseAddr(s)
	if err != nil || address.Zone() != "" {
		return nil, fmt.Errorf("%s: Cannot cast value to IPADDRESS: %s", invalidCast, s)
	}
	b := address.As16()
	return b[:], nil
}

func addressOfBinary(b []byte) (any, error) {
	switch len(b) {
	case 4:
		four := netip.AddrFrom4([4]byte(b)).As16()
		return four[:], nil
	case 16:
		return b, nil
	}
	return nil, fmt.Errorf("%s: Invalid InetAddress binary length: %d", invalidCast, len(b))
}

// AddressText prints an ipaddress of 16 bytes as Trino does: IPv4 dotted, IPv6 compressed.
func AddressText(b []byte) string {
	address, ok := netip.AddrFromSlice(b)
	if !ok {
		return ""
	}
	return address.Unmap().String()
}

// PrefixText prints an ipprefix of 17 bytes: the address, a slash, the length.
func PrefixText(b []byte) string {
	if len(b) != 17 {
		return ""
	}
	return AddressText(b[:16]) + "/" + strconv.Itoa(int(b[16]))
}

func prefixOfText(s string) (any, error) {
	prefix, err := netip.ParsePrefix(s)
	if err != nil {
		return nil, fmt.Errorf("%s: Cannot cast value to IPPREFIX: %s", invalidCast, s)
	}
	prefix = prefix.Masked()
	b := prefix.Addr().As16()
	return append(b[:], byte(prefix.Bits())), nil
}

// networkOfCIDR reads a network, which must be written with its first address.
func networkOfCIDR(cidr string) (netip.Prefix, error) {
	text, length, _ := strings.Cut(cidr, "/")
	first, err := netip.ParseAddr(text)
	bits, lengthErr := strconv.Atoi(length)
	if err != nil || lengthErr != nil || first.Zone() != "" {
		return netip.Prefix{}, fmt.Errorf("%s: Invalid CIDR", functionArgument)
	}
	prefix := netip.PrefixFrom(first.Unmap(), bits)
	if !prefix.IsValid() {
		return netip.Prefix{}, fmt.Errorf("%s: Invalid prefix length", functionArgument)
	}
	if prefix.Masked() != prefix {
		return netip.Prefix{}, fmt.Errorf("%s: Invalid CIDR", functionArgument)
	}
	return prefix, nil
}

// cidrContains reports whether a network contains an address of 16 bytes.
func cidrContains(cidr string, b []byte) (any, error) {
	network, err := networkOfCIDR(cidr)
	if err != nil {
		return nil, err
	}
	return networkContains(network, b), nil
}

func networkContains(network netip.Prefix, b []byte) bool {
	return len(b) == 16 && network.Contains(netip.AddrFrom16([16]byte(b)).Unmap())
}

func uuidOfText(s string) (any, error) {
	digits := strings.ReplaceAll(s, "-", "")
	b, err := hex.DecodeString(digits)
	if err != nil || len(b) != 16 || len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return nil, fmt.Errorf("%s: Cannot cast value to UUID: %s", invalidCast, s)
	}
	return strings.ToLower(s), nil
}
