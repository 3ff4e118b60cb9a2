package form

import "io"

// input is the console itself: there the library cancels a read by the console's own
// means.
func input(in io.Reader) (r io.Reader, end, wait func(), err error) {
	return in, func() {}, func() {}, nil
}
