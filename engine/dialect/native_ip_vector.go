package dialect

import (
	"bytes"
	"encoding/binary"
	"net/netip"
)

// addressesOfTexts is addressOfText for many rows.
func addressesOfTexts(args []Vector, out *Vector, rows int) error {
	room := out.Room(16 * rows)
	nulls, addresses := out.Nulls[:rows], out.Texts[:rows]
	for row, text := range args[0].Texts[:rows] {
		if nulls[row] {
			continue
		}
		address := (*[16]byte)(room[16*row:])
		addresses[row] = address[:]
		if four, ok := fourOfText(text); ok {
			binary.BigEndian.PutUint64(address[:], 0)
			binary.BigEndian.PutUint64(address[8:], mappedFour|uint64(four))
			continue
		}
		value, err := addressOfText(string(text))
		if err != nil {
			return err
		}
		*address = [16]byte(value.([]byte))
	}
	return nil
}

// mappedFour, and 8 zero bytes before it, make an IPv4 address one of IPv6.
const mappedFour = 0xffff_0000_0000

// fourOfText reads an IPv4 address; ok is false of anything else.
func fourOfText(text []byte) (four uint32, ok bool) {
	at := 0
	for part := range 4 {
		if part > 0 {
			if at >= len(text) || text[at] != '.' {
				return 0, false
			}
			at++
		}
		from, value := at, uint32(0)
		for at < len(text) && text[at]-'0' < 10 { // bytes wrap around
			value = value*10 + uint32(text[at]-'0')
			at++
		}
		if n := at - from; n == 0 || n > 3 || value > 255 || n > 1 && text[from] == '0' {
			return 0, false
		}
		four = four<<8 | value
	}
	return four, at == len(text)
}

// cidrsContain is cidrContains for many rows, most of which name the same network.
func cidrsContain(args []Vector, out *Vector, rows int) error {
	var n addressRange
	var cidr []byte // of n
	nulls, contains, addresses := out.Nulls[:rows], out.Bools[:rows], args[1].Texts[:rows]
	for row, text := range args[0].Texts[:rows] {
		if nulls[row] {
			continue
		}
		if cidr == nil || !bytes.Equal(text, cidr) {
			prefix, err := networkOfCIDR(string(text))
			if err != nil {
				return err
			}
			n, cidr = newAddressRange(prefix), text
		}
		contains[row] = n.contains(addresses[row])
	}
	return nil
}

// addressRange is a network of addresses of 16 bytes, of which two words hold the
// first address and the bits that all have in common.
type addressRange struct {
	high, low         uint64
	highMask, lowMask uint64
	isFour            bool
}

func newAddressRange(p netip.Prefix) addressRange {
	bits := p.Bits()
	if p.Addr().Is4() {
		bits += 96
	}
	first := p.Addr().As16()
	return addressRange{
		high: binary.BigEndian.Uint64(first[:]), low: binary.BigEndian.Uint64(first[8:]),
		highMask: ^uint64(0) << (64 - min(bits, 64)), lowMask: ^uint64(0) << (128 - max(bits, 64)),
		isFour: p.Addr().Is4(),
	}
}

// contains reports whether an address is in the network. An IPv4 address is in no network of IPv6.
func (n *addressRange) contains(address []byte) bool {
	if len(address) != 16 {
		return false
	}
	high, low := binary.BigEndian.Uint64(address), binary.BigEndian.Uint64(address[8:])
	isFour := high == 0 && low>>32 == 0xffff
	return high&n.highMask == n.high && low&n.lowMask == n.low && isFour == n.isFour
}
