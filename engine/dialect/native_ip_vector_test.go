package dialect

import (
	"encoding/binary"
	"net/netip"
	"testing"
)

func FuzzFourOfText(f *testing.F) {
	for _, s := range []string{"", ".", "1.2.3.4", "0.0.0.0", "255.255.255.255", "256.1.1.1", "01.2.3.4", "00.0.0.0", "1.2.3", "1.2.3.", "1.2.3.4.", "1.2.3.4.5", "1..2.3", "-", "1.2.3.4 ", "::1", "1.2.3.999999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		four, ok := fourOfText([]byte(s))
		want, err := netip.ParseAddr(s)
		if isFour := err == nil && want.Is4(); ok != isFour || ok && binary.BigEndian.Uint32(want.AsSlice()) != four {
			t.Errorf("fourOfText(%q) = %v, %v, want %v, %v", s, four, ok, want, err)
		}
	})
}

// A vector gives what the calls of its rows give, passes over NULLs, and fails where a call fails.
func TestVectorsOfAddresses(t *testing.T) {
	texts := []string{"10.1.2.3", "2001:db8::1", "", "::ffff:10.1.2.3", "192.168.0.255"}
	nulls := []bool{2: true, 4: false}
	arg := Vector{Nulls: nulls}
	for _, s := range texts {
		arg.Texts = append(arg.Texts, []byte(s))
	}
	out := Vector{Nulls: append([]bool(nil), nulls...), Texts: make([][]byte, len(texts))}
	if err := addressesOfTexts([]Vector{arg}, &out, len(texts)); err != nil {
		t.Fatal(err)
	}
	cidrs := Vector{Texts: [][]byte{[]byte("10.0.0.0/8"), []byte("2001:db8::/32"), nil, []byte("2001:db8::/32"), []byte("0.0.0.0/0")}}
	in := Vector{Nulls: append([]bool(nil), nulls...), Bools: make([]bool, len(texts))}
	if err := cidrsContain([]Vector{cidrs, out}, &in, len(texts)); err != nil {
		t.Fatal(err)
	}
	for row, s := range texts {
		if nulls[row] {
			continue
		}
		want, _ := addressOfText(s)
		if string(out.Texts[row]) != string(want.([]byte)) {
			t.Errorf("address of %q: got %x", s, out.Texts[row])
		}
		if want, _ := cidrContains(string(cidrs.Texts[row]), out.Texts[row]); in.Bools[row] != want {
			t.Errorf("%s contains %s: got %v", cidrs.Texts[row], s, in.Bools[row])
		}
	}
	bad := Vector{Texts: [][]byte{[]byte("-")}}
	if err := addressesOfTexts([]Vector{bad}, &Vector{Nulls: make([]bool, 1), Texts: make([][]byte, 1)}, 1); err == nil {
		t.Error("- is an address")
	}
	if err := cidrsContain([]Vector{bad, bad}, &Vector{Nulls: make([]bool, 1), Bools: make([]bool, 1)}, 1); err == nil {
		t.Error("- is a network")
	}
}

func FuzzAddressRange(f *testing.F) {
	f.Add([]byte("0123456789abcdef"), []byte("0123456789abcdez"), 127)
	f.Add([]byte("\x0a\x01\x02\x03"), []byte("\x0a\x01\x02\x04"), 29)
	f.Add(make([]byte, 16), []byte("\x0a\x01\x02\x04"), 0)
	f.Fuzz(func(t *testing.T, in, of []byte, length int) {
		first, ok := netip.AddrFromSlice(of)
		address, known := netip.AddrFromSlice(in)
		if !ok || !known {
			t.Skip()
		}
		prefix, err := first.Unmap().Prefix(length)
		if err != nil {
			t.Skip()
		}
		b, n := address.As16(), newAddressRange(prefix)
		if got, want := n.contains(b[:]), networkContains(prefix, b[:]); got != want {
			t.Errorf("%v contains %v: got %v, want %v", prefix, address, got, want)
		}
	})
}
