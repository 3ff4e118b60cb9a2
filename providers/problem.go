package providers

// Problem says what is wrong with something that was typed.
type Problem struct {
	What string // what is wrong
	Why  string // why that matters; may be empty
	Do   string // what to type instead
}

// Error puts it into one sentence.
func (p *Problem) Error() string {
	text := p.What
	if p.Why != "" {
		text += ": " + p.Why
	}
	return text + "; " + p.Do
}
