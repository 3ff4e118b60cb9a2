package transfer

import (
	"bytes"
	"io"
)

// input reads a file up to a size and knows which line an offset is in. Lines
// are asked for in ascending order, so that only those not yet passed are kept.
type input struct {
	from   io.Reader
	most   int64 // bytes
	size   int64
	passed int     // line feeds before those in breaks
	breaks []int64 // offsets of line feeds
}

func (in *input) Read(p []byte) (int, error) {
	n, err := in.from.Read(p)
	for at, rest := in.size, p[:n]; ; {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			break
		}
		in.breaks = append(in.breaks, at+int64(i))
		at, rest = at+int64(i)+1, rest[i+1:]
	}
	if in.size += int64(n); in.size > in.most {
		return 0, wrong(0, "the file is larger than %d MiB. Export a part of the connectors at a time.", in.most>>20)
	}
	return n, err
}

// line is the line of an offset, from 1 on.
func (in *input) line(offset int64) int {
	i := 0
	for i < len(in.breaks) && in.breaks[i] < offset {
		i++
	}
	in.breaks = in.breaks[i:]
	in.passed += i
	return in.passed + 1
}
