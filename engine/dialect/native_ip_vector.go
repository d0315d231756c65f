package dialect

import (
	"bytes"
	"net/netip"
)

// addressesOfTexts is addressOfText for many rows.
func addressesOfTexts(args []Vector, out *Vector, rows int) error {
	texts := args[0].Texts[:rows]
	for row, text := range texts {
		if out.Nulls[row] {
			continue
		}
		address := out.Room(16)
		out.Texts[row] = address
		if four, ok := fourOfText(text); ok {
			copy(address, mappedFour)
			copy(address[12:], four[:])
			continue
		}
		value, err := addressOfText(string(text))
		if err != nil {
			return err
		}
		copy(address, value.([]byte))
	}
	return nil
}

// mappedFour begins an IPv4 address mapped into IPv6.
var mappedFour = []byte{10: 0xff, 11: 0xff}

// fourOfText reads an IPv4 address; ok is false of anything else.
func fourOfText(text []byte) (four [4]byte, ok bool) {
	part, digits, value := 0, 0, 0
	for _, c := range text {
		switch {
		case '0' <= c && c <= '9':
			value = value*10 + int(c-'0')
			digits++
			if value > 255 || digits > 1 && value < 10 { // a zero may not lead
				return four, false
			}
		case c == '.' && digits > 0 && part < 3:
			four[part] = byte(value)
			part, digits, value = part+1, 0, 0
		default:
			return four, false
		}
	}
	four[part] = byte(value)
	return four, part == 3 && digits > 0
}

// cidrsContain is cidrContains for many rows, most of which name the same network.
func cidrsContain(args []Vector, out *Vector, rows int) error {
	var network netip.Prefix
	var cidr []byte // of network
	for row := range rows {
		if out.Nulls[row] {
			continue
		}
		if text := args[0].Texts[row]; cidr == nil || !bytes.Equal(text, cidr) {
			var err error
			if network, err = networkOfCIDR(string(text)); err != nil {
				return err
			}
			cidr = text
		}
		out.Bools[row] = networkContains(network, args[1].Texts[row])
	}
	return nil
}
