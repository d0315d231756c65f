package dialect

import (
	"bytes"
	"encoding/hex"
	"math"
	"math/big"
	"testing"
)

func TestHashes(t *testing.T) {
	tests := []struct{ name, of, want string }{
		{"vpcq_xxhash64", "", "ef46db3751d8e999"},
		{"vpcq_xxhash64", "abc", "44bc2cf5ad770999"},
		{"vpcq_xxhash64", "Nobody inspects the spammish repetition", "fbcea83c8a378bf1"},
		{"vpcq_murmur3", "", "00000000000000000000000000000000"},
		{"vpcq_murmur3", "hashme", "93192fe805be23041c8318f67ec4f2bc"},
		{"vpcq_spooky_hash_v2_32", "", "6bf50919"},
		{"vpcq_spooky_hash_v2_32", "hello", "d382e6ca"},
		{"vpcq_spooky_hash_v2_64", "", "232706fc6bf50919"},
		{"vpcq_spooky_hash_v2_64", "hello", "3768826ad382e6ca"},
		{"vpcq_md5", "", "d41d8cd98f00b204e9800998ecf8427e"},
	}
	for _, test := range tests {
		got, err := callNative(t, test.name, []byte(test.of))
		if b, _ := got.([]byte); err != nil || hex.EncodeToString(b) != test.want {
			t.Errorf("%s(%q) = %x, %v, want %s", test.name, test.of, got, err, test.want)
		}
	}
}

// TestHashesTellBytesApart changes every byte of texts of all lengths around the blocks.
func TestHashesTellBytesApart(t *testing.T) {
	seen := map[string]map[string]bool{}
	for _, n := range []int{1, 7, 8, 15, 16, 31, 32, 33, 95, 96, 191, 192, 193, 287, 288, 300} {
		for i := range n {
			b := bytes.Repeat([]byte{'x'}, n)
			b[i] = 'y'
			for _, name := range []string{"vpcq_xxhash64", "vpcq_murmur3", "vpcq_spooky_hash_v2_64"} {
				hash, err := callNative(t, name, b)
				if err != nil {
					t.Fatal(err)
				}
				if seen[name] == nil {
					seen[name] = map[string]bool{}
				}
				if seen[name][string(hash.([]byte))] {
					t.Errorf("%s gives the same of two texts of %d bytes", name, n)
				}
				seen[name][string(hash.([]byte))] = true
			}
		}
	}
}

// A row of a hash h adds h times the first prime, and 0 hashes as -0 does.
func TestChecksumOfHashes(t *testing.T) {
	sum := new(big.Int).Add(big.NewInt(hashOfWord(2)), new(big.Int).Lsh(big.NewInt(1), 64))
	if got := outcome(checksumOfHashes(sum)); got != "[208 247 12 235 209 49 236 97]" { // Trino's test of correlated aggregations
		t.Errorf("checksum of 2: %s", got)
	}
	zero, _ := hashOfDouble(0)
	if negative, _ := hashOfDouble(math.Copysign(0, -1)); negative != zero {
		t.Errorf("-0 hashes to %v, 0 to %v", negative, zero)
	}
}
