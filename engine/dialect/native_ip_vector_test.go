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

// The texts of addresses are read as the addresses are.
func TestVectorsOfAddressTexts(t *testing.T) {
	cidrs := []string{"10.0.0.0/8", "10.0.0.0/8", "::/0", "2001:db8::1/32", "::ffff:10.0.0.0/104", ""}
	texts := []string{"10.1.2.3", "2001:db8::1", "10.1.2.3", "2001:db8:ff::", "10.255.0.1", ""}
	args, out := make([]Vector, 2), Vector{Nulls: []bool{5: true}, Bools: make([]bool, len(texts))}
	for row, text := range texts {
		args[0].Texts, args[1].Texts = append(args[0].Texts, []byte(cidrs[row])), append(args[1].Texts, []byte(text))
	}
	if err := cidrsContainTexts(args, &out, len(texts)); err != nil {
		t.Fatal(err)
	}
	for row, want := range []bool{true, false, true, true, true, false} {
		if out.Bools[row] != want {
			t.Errorf("%s contains %s: got %v", cidrs[row], texts[row], out.Bools[row])
		}
	}
	for _, bad := range [][]string{{"10.0.0.0/8", "-"}, {"-", "10.0.0.1"}} {
		args := []Vector{{Texts: [][]byte{[]byte(bad[0])}}, {Texts: [][]byte{[]byte(bad[1])}}}
		if err := cidrsContainTexts(args, &Vector{Nulls: make([]bool, 1), Bools: make([]bool, 1)}, 1); err == nil {
			t.Errorf("%s contains %s gives an answer", bad[0], bad[1])
		}
	}
}

func FuzzAddressRange(f *testing.F) {
	f.Add([]byte("0123456789abcdef"), []byte("0123456789abcdez"), 127)
	f.Add([]byte("\x0a\x01\x02\x03"), []byte("\x0a\x01\x02\x04"), 125)
	f.Add(make([]byte, 16), []byte("\x0a\x01\x02\x04"), 0)
	f.Fuzz(func(t *testing.T, in, of []byte, length int) {
		first, ok := netip.AddrFromSlice(of)
		address, known := netip.AddrFromSlice(in)
		if !ok || !known || length < 0 || length > 128 {
			t.Skip()
		}
		b, n := address.As16(), newAddressRange(first.As16(), length)
		want := true
		for i := range length {
			bit := byte(0x80 >> (i % 8))
			want = want && b[i/8]&bit == first.As16()[i/8]&bit
		}
		if got := n.contains(b[:]); got != want {
			t.Errorf("%v/%d contains %v: got %v, want %v", first, length, address, got, want)
		}
	})
}
