package page

// Deeper runs the test of the current page in depth. What it finds takes the
// place of what the usual test found. Where there is no report of the usual test
// that still fits the answers, or no test in depth, nothing happens.
func (j *Journey) Deeper() Move {
	p := j.page()
	if !j.canDeepen(&p) {
		return Move{}
	}
	return Move{Task: j.task(p, p.Action.Deeper)}
}

func (j *Journey) canDeepen(p *Page) bool {
	return p.Action != nil && p.Action.Deeper != nil && j.answers.Report(p.ID) != nil
}
