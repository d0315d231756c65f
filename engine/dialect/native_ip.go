package dialect

import (
	"bytes"
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

// addressText prints an ipaddress of 16 bytes as Trino does: IPv4 dotted, IPv6 compressed.
func addressText(b []byte) string {
	address, ok := netip.AddrFromSlice(b)
	if !ok {
		return ""
	}
	return address.Unmap().String()
}

// prefixText prints an ipprefix of 17 bytes: the address, a slash, the length.
func prefixText(b []byte) string {
	if len(b) != 17 {
		return ""
	}
	return addressText(b[:16]) + "/" + strconv.Itoa(int(b[16]))
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

// addressOfPrefix is the first address of a prefix.
func addressOfPrefix(prefix []byte) (any, error) {
	if len(prefix) != 17 {
		return nil, argumentFault("an ipprefix has 17 bytes, not %d", len(prefix))
	}
	return prefix[:16], nil
}

// prefixOfAddress is the prefix that has an address alone.
func prefixOfAddress(b []byte) (any, error) {
	address, ok := netip.AddrFromSlice(b)
	if !ok || len(b) != 16 {
		return nil, argumentFault("an ipaddress has 16 bytes, not %d", len(b))
	}
	return append(bytes.Clone(b), byte(address.Unmap().BitLen())), nil
}

// networkOfCIDR reads a network with the checks of Trino's
// IpAddressFunctions.contains: one of IPv4 must be written with its first
// address, one of IPv6 need not, and one of IPv6 may hold all of IPv4.
func networkOfCIDR(cidr string) (addressRange, error) {
	text, length, ok := strings.Cut(cidr, "/")
	if !ok {
		return addressRange{}, argumentFault("Invalid CIDR")
	}
	address, err := netip.ParseAddr(text)
	if err != nil || address.Zone() != "" {
		return addressRange{}, argumentFault("Invalid network IP address")
	}
	bits, err := strconv.ParseInt(length, 10, 32)
	switch {
	case err != nil:
		return addressRange{}, fmt.Errorf("%s: For input string: %q", internalError, length)
	case bits < 0:
		return addressRange{}, argumentFault("Invalid prefix length")
	case int(bits) > address.BitLen(), address.Is4() && netip.PrefixFrom(address, int(bits)).Masked().Addr() != address:
		return addressRange{}, argumentFault("Invalid CIDR")
	case address.Is4():
		bits += 96
	}
	return newAddressRange(address.As16(), int(bits)), nil
}

// cidrContains reports whether a network contains an address of 16 bytes.
func cidrContains(cidr string, b []byte) (any, error) {
	network, err := networkOfCIDR(cidr)
	if err != nil {
		return nil, err
	}
	return network.contains(b), nil
}

// cidrContainsText reports whether a network contains an address, given by its text.
func cidrContainsText(cidr, text string) (any, error) {
	address, err := addressOfText(text)
	if err != nil {
		return nil, err
	}
	return cidrContains(cidr, address.([]byte))
}

func uuidOfText(s string) (any, error) {
	digits := strings.ReplaceAll(s, "-", "")
	b, err := hex.DecodeString(digits)
	if err != nil || len(b) != 16 || len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return nil, fmt.Errorf("%s: Cannot cast value to UUID: %s", invalidCast, s)
	}
	return strings.ToLower(s), nil
}

func uuidOfBinary(b []byte) (any, error) {
	if len(b) != 16 {
		return nil, fmt.Errorf("%s: Invalid UUID binary length: %d", invalidCast, len(b))
	}
	text := hex.EncodeToString(b)
	return strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-"), nil
}
