// Package md4 is the digest of RFC 1320. It is broken, and NTLM is built on it;
// Go's library has none any more. Use it for nothing else.
package md4

import (
	"encoding/binary"
	"math/bits"
)

// Sum is the digest of a message.
func Sum(message []byte) (sum [16]byte) {
	padded := append([]byte{}, message...)
	padded = append(padded, 0x80)
	for len(padded)%64 != 56 {
		padded = append(padded, 0)
	}
	padded = binary.LittleEndian.AppendUint64(padded, uint64(len(message))*8)

	state := [4]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}
	for ; len(padded) > 0; padded = padded[64:] {
		var x [16]uint32
		for i := range x {
			x[i] = binary.LittleEndian.Uint32(padded[4*i:])
		}
		s := state
		for _, round := range rounds {
			for i, word := range round.order {
				// Each step changes one of a, d, c, b in turn.
				a, b, c, d := &s[(16-i)%4], s[(17-i)%4], s[(18-i)%4], s[(19-i)%4]
				*a = bits.RotateLeft32(*a+round.mix(b, c, d)+x[word]+round.constant, round.shifts[i%4])
			}
		}
		for i := range state {
			state[i] += s[i]
		}
	}
	for i, word := range state {
		binary.LittleEndian.PutUint32(sum[4*i:], word)
	}
	return sum
}

var rounds = [3]struct {
	mix      func(x, y, z uint32) uint32
	constant uint32
	shifts   [4]int
	order    [16]int
}{
	{
		func(x, y, z uint32) uint32 { return x&y | ^x&z }, 0,
		[4]int{3, 7, 11, 19},
		[16]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
	},
	{
		func(x, y, z uint32) uint32 { return x&y | x&z | y&z }, 0x5a827999,
		[4]int{3, 5, 9, 13},
		[16]int{0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
	},
	{
		func(x, y, z uint32) uint32 { return x ^ y ^ z }, 0x6ed9eba1,
		[4]int{3, 9, 11, 15},
		[16]int{0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15},
	},
}
