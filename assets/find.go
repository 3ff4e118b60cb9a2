package assets

import "slices"

// find returns the first entry of a list that fits.
func find[T any](list []T, fits func(T) bool) (T, bool) {
	i := slices.IndexFunc(list, fits)
	if i < 0 {
		var none T
		return none, false
	}
	return list[i], true
}
