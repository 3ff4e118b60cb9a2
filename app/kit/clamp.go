package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Clamp shows a text on at most two lines; what does not fit ends in an
// ellipsis. Fyne's text either wraps or is cut after one line.
type Clamp struct {
	widget.BaseWidget
	text   string
	colour fyne.ThemeColorName
	lines  int
}

// NewClamp returns a clamp without a text.
func NewClamp() *Clamp {
	c := &Clamp{colour: Ink}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes the text.
func (c *Clamp) Set(text string, name fyne.ThemeColorName) {
	c.text, c.colour = text, name
	c.Refresh()
}

// Lines are how many lines were drawn the last time.
func (c *Clamp) Lines() int { return c.lines }

func (c *Clamp) measure(text string) fyne.Size {
	return fyne.MeasureText(text, theme.SizeForWidget(theme.SizeNameText, c), fyne.TextStyle{})
}

func (c *Clamp) heightAt(width float32) float32 {
	return c.measure("x").Height * float32(len(clampLines(c.text, width, c.fits(width))))
}

func (c *Clamp) fits(width float32) func(string) bool {
	return func(line string) bool { return c.measure(line).Width <= width }
}

// clampLines breaks a text between words into one or two lines that fit.
func clampLines(text string, width float32, fits func(string) bool) []string {
	if fits(text) || width <= 0 {
		return []string{text}
	}
	words := strings.Fields(text)
	n := len(words)
	for n > 1 && !fits(strings.Join(words[:n], " ")) {
		n--
	}
	lines := []string{strings.Join(words[:max(n, 1)], " ")}
	if n < len(words) {
		lines = append(lines, strings.Join(words[n:], " "))
	}
	for i := range lines {
		lines[i] = elide(lines[i], fits)
	}
	return lines
}

// elide cuts a line until it fits with an ellipsis.
func elide(line string, fits func(string) bool) string {
	if fits(line) {
		return line
	}
	runes := []rune(line)
	for len(runes) > 0 && !fits(string(runes)+"…") {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}

// CreateRenderer draws the lines.
func (c *Clamp) CreateRenderer() fyne.WidgetRenderer {
	lines := []*canvas.Text{canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)}
	f := &face{objects: []fyne.CanvasObject{lines[0], lines[1]}}
	f.min = func() fyne.Size { return fyne.NewSize(0, c.measure("x").Height) }
	f.layout = func(size fyne.Size) {
		texts := clampLines(c.text, size.Width, c.fits(size.Width))
		c.lines = len(texts)
		for i, line := range lines {
			line.Text = ""
			if i < len(texts) {
				line.Text = texts[i]
			}
			line.Move(fyne.NewPos(0, float32(i)*c.measure("x").Height))
			line.Resize(line.MinSize())
		}
	}
	f.refresh = func() {
		f.layout(c.Size())
		for _, line := range lines {
			line.Color = colour(c, c.colour)
			line.TextSize = theme.SizeForWidget(theme.SizeNameText, c)
			line.Refresh()
		}
	}
	f.refresh()
	return f
}
