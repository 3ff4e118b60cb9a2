package answers

// Rest adds the answers of another file that this one does not give.
func (f *File) Rest(other *File) {
	for _, e := range other.entries {
		if f.find(e.key) == nil {
			f.entries = append(f.entries, e)
		}
	}
}
