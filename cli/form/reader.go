package form

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"fairlead/cli/screen"
)

// Page is what stands above a question. Of [screen.Screen] it is the part that a
// question needs.
type Page interface {
	Passage() screen.Passage
	Seen()
	Height() int
}

// read shows what stands above a question on a screen of its own, where more was
// written since the last question than fits above this one. Again shows all of the
// page, wherever it fits.
func (a Asker) read(ctx context.Context, asked int, again bool) (Outcome, error) {
	if a.Page == nil {
		return Answered, nil
	}
	passage, height := a.Page.Passage(), a.Page.Height()
	lines := lipgloss.Height(strings.TrimRight(a.fold(passage.Text[passage.Read:]), "\n"))
	if passage.Head != "" && passage.Read == 0 {
		lines += screen.HeadLines
	}
	if height < minHeight || !again && lines+asked <= height {
		return Answered, nil
	}
	m := newReader(a, passage.Head, passage.Text, height)
	if !again {
		m.view.SetYOffset(strings.Count(strings.TrimLeft(a.fill(passage.Text[:passage.Read]), "\n"), "\n"))
	}
	in, end, wait, err := input(a.In)
	if err != nil {
		return Leave, fmt.Errorf("show a text in the terminal: %w", err)
	}
	defer wait()
	final, err := tea.NewProgram(m, tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithInput(in), tea.WithOutput(a.Out),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			if _, over := msg.(tea.QuitMsg); over {
				end()
			}
			return msg
		})).Run()
	switch {
	case ctx.Err() != nil || errors.Is(err, tea.ErrInterrupted):
		return Leave, nil
	case err != nil:
		return Leave, fmt.Errorf("show a text in the terminal: %w", err)
	}
	if m, ok := final.(reader); ok && m.left {
		return Leave, nil
	}
	return Answered, nil
}

// minHeight is the lowest terminal that a text is paged on.
const minHeight = 8

// fold breaks what is wider than the terminal as the terminal does: addresses and
// commands, which keep their lines where they are to be copied.
func (a Asker) fold(text string) string { return ansi.Hardwrap(text, a.Width, true) }

// fill breaks at spaces what is wider than the terminal, for reading. The library would
// break at hyphens too, and so in the middle of commands.
func (a Asker) fill(text string) string {
	const unbroken = "\u2011"
	return strings.ReplaceAll(ansi.Wrap(strings.ReplaceAll(text, "-", unbroken), a.Width, ""), unbroken, "-")
}

// reader is a text on a screen of its own, with what it belongs to above it and the
// keys below. Enter alone leads through all of it.
type reader struct {
	head          string
	view          viewport.Model
	width, height int
	colour        bool
	left          bool // by Ctrl-C
}

func newReader(a Asker, head, text string, height int) reader {
	m := reader{head: head, width: a.Width, height: height, colour: a.Colour, view: viewport.New()}
	m.view.SetContent(strings.Trim(a.fill(text), "\n"))
	m.resize(a.Width, height)
	return m
}

// Init implements [tea.Model].
func (m reader) Init() tea.Cmd { return nil }

func (m *reader) resize(width, height int) {
	m.width, m.height = width, height
	m.view.SetWidth(width)
	m.view.SetHeight(max(height-lipgloss.Height(m.top())-lipgloss.Height(m.bottom()), 1))
}

// Update implements [tea.Model].
func (m reader) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.resize(min(msg.Width, m.width), msg.Height)
	case tea.KeyPressMsg:
		switch key := msg.String(); {
		case key == "ctrl+c":
			m.left = true
			return m, tea.Quit
		case key == "esc" || key == "q":
			return m, tea.Quit
		case slices.Contains([]string{"enter", "ctrl+j", "space"}, key):
			if m.view.AtBottom() {
				return m, tea.Quit
			}
			m.view.PageDown()
		case key == "home" || key == "g":
			m.view.GotoTop()
		case key == "end" || key == "G":
			m.view.GotoBottom()
		default:
			var cmd tea.Cmd
			m.view, cmd = m.view.Update(msg)
			return m, cmd
		}
	}
	return m, nil
}

// View implements [tea.Model].
func (m reader) View() tea.View {
	v := tea.NewView(strings.Join(slices.DeleteFunc([]string{m.top(), m.view.View(), m.bottom()}, func(s string) bool { return s == "" }), "\n"))
	v.AltScreen = true
	return v
}

func (m reader) top() string {
	if m.head == "" {
		return ""
	}
	return m.head + "\n" + m.rule()
}

// bottom says which lines these are, and which keys there are.
func (m reader) bottom() string {
	on := "enter more"
	if m.view.AtBottom() {
		on = "enter go on"
	}
	first := m.view.YOffset() + 1
	last := min(m.view.YOffset()+m.view.Height(), m.view.TotalLineCount())
	return m.rule() + "\n" + m.faint(fmt.Sprintf("%s • ↑/↓ pgup/pgdn scroll • esc to the question • %d–%d of %d", on, first, last, m.view.TotalLineCount()))
}

func (m reader) rule() string { return m.faint(strings.Repeat("─", m.width)) }

func (m reader) faint(text string) string {
	if !m.colour {
		return text
	}
	return lipgloss.NewStyle().Faint(true).Render(text)
}
