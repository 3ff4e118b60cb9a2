package screen

// style is a way to set text, as the number of an ANSI escape sequence. Only
// the terminal's own palette is used, so that both dark and light grounds work.
type style string

const (
	bold  style = "1"
	muted style = "2"
	red   style = "31"
	green style = "32"
	amber style = "33"
	blue  style = "36"
)

func (s *Screen) paint(how style, text string) string {
	if !s.colour || how == "" || text == "" {
		return text
	}
	return "\x1b[" + string(how) + "m" + text + "\x1b[0m"
}
