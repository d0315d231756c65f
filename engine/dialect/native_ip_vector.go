package dialect

import (
	"bytes"
	"encoding/binary"
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

// cidrsContain is cidrContains for many rows.
func cidrsContain(args []Vector, out *Vector, rows int) error {
	var n lastNetwork
	nulls, contains, addresses := out.Nulls[:rows], out.Bools[:rows], args[1].Texts[:rows]
	for row, cidr := range args[0].Texts[:rows] {
		if nulls[row] {
			continue
		}
		if err := n.read(cidr); err != nil {
			return err
		}
		contains[row] = n.contains(addresses[row])
	}
	return nil
}

// cidrsContainTexts is cidrContainsText for many rows. Addresses of IPv4, which
// most records have, are never made 16 bytes.
func cidrsContainTexts(args []Vector, out *Vector, rows int) error {
	var n lastNetwork
	nulls, contains, texts := out.Nulls[:rows], out.Bools[:rows], args[1].Texts[:rows]
	for row, cidr := range args[0].Texts[:rows] {
		if nulls[row] {
			continue
		}
		if err := n.read(cidr); err != nil {
			return err
		}
		if four, ok := fourOfText(texts[row]); ok {
			contains[row] = n.containsWords(0, mappedFour|uint64(four))
			continue
		}
		address, err := addressOfText(string(texts[row]))
		if err != nil {
			return err
		}
		contains[row] = n.contains(address.([]byte))
	}
	return nil
}

// lastNetwork is the network that was read last: most rows name the same.
type lastNetwork struct {
	addressRange
	cidr []byte // nil before the first
}

func (n *lastNetwork) read(cidr []byte) error {
	if n.cidr != nil && bytes.Equal(cidr, n.cidr) {
		return nil
	}
	r, err := networkOfCIDR(string(cidr))
	n.addressRange, n.cidr = r, cidr
	return err
}

// addressRange is a network of addresses of 16 bytes, of which two words hold the
// first address and the bits that all have in common.
type addressRange struct {
	high, low         uint64
	highMask, lowMask uint64
}

// newAddressRange is the network of the addresses that begin with so many bits of one.
func newAddressRange(address [16]byte, bits int) addressRange {
	r := addressRange{highMask: ^uint64(0) << (64 - min(bits, 64)), lowMask: ^uint64(0) << (128 - max(bits, 64))}
	r.high = binary.BigEndian.Uint64(address[:]) & r.highMask
	r.low = binary.BigEndian.Uint64(address[8:]) & r.lowMask
	return r
}

// contains reports whether an address is in the network.
func (n *addressRange) contains(address []byte) bool {
	return len(address) == 16 && n.containsWords(binary.BigEndian.Uint64(address), binary.BigEndian.Uint64(address[8:]))
}

func (n *addressRange) containsWords(high, low uint64) bool {
	return high&n.highMask == n.high && low&n.lowMask == n.low
}
