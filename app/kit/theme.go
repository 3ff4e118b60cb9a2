package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours of the window. Those that Fyne has a name for use its name, so
// that its own widgets fit in.
const (
	Ground    = theme.ColorNameBackground
	Surface   = theme.ColorNameInputBackground // fields, cards, the bar at the bottom
	Rail      = theme.ColorNameHeaderBackground
	Ink       = theme.ColorNameForeground
	Accent    = theme.ColorNamePrimary
	OnAccent  = theme.ColorNameForegroundOnPrimary
	Works     = theme.ColorNameSuccess
	Warns     = theme.ColorNameWarning
	Fails     = theme.ColorNameError
	Line      = theme.ColorNameSeparator   // around cards and between rows
	FieldLine = theme.ColorNameInputBorder // around what can be typed into or ticked

	Muted   fyne.ThemeColorName = "muted"
	Ring    fyne.ThemeColorName = "focusRing"
	Skipped fyne.ThemeColorName = "skipped"
	Shade   fyne.ThemeColorName = "shade"      // laid over the window behind a dialog
	AccentH fyne.ThemeColorName = "accentOver" // the accent under the mouse
)

// SizeMono is the size of code inside running text: its letters are wider.
const SizeMono fyne.ThemeSizeName = "mono"

// palette is one variant of the theme.
type palette map[fyne.ThemeColorName]color.NRGBA

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func rgba(hex uint32, alpha uint8) color.NRGBA {
	c := rgb(hex)
	c.A = alpha
	return c
}

func lightPalette() palette {
	return palette{
		Ground: rgb(0xFAFBFC), Surface: rgb(0xFFFFFF), Rail: rgb(0xEEF2F5), Ink: rgb(0x17212B), Muted: rgb(0x52606D),
		Accent: rgb(0x0B5C7A), AccentH: rgb(0x0A4F69), OnAccent: rgb(0xFFFFFF), Ring: rgb(0x1B7FA6),
		Works: rgb(0x1A7C49), Warns: rgb(0x8A5200), Fails: rgb(0xB3261E), Skipped: rgb(0x5F6B77),
		Line: rgb(0xD9E0E6), FieldLine: rgb(0x7C8996), Shade: rgba(0x17212B, 0x66),
		theme.ColorNameShadow: rgba(0x17212B, 0x18),
	}
}

func darkPalette() palette {
	return palette{
		Ground: rgb(0x12181E), Surface: rgb(0x1A222A), Rail: rgb(0x161E25), Ink: rgb(0xE8EEF3), Muted: rgb(0xA7B4C0),
		Accent: rgb(0x5BB8DA), AccentH: rgb(0x74C6E4), OnAccent: rgb(0x0B1A22), Ring: rgb(0x7CCBE8),
		Works: rgb(0x5CC98F), Warns: rgb(0xF0B355), Fails: rgb(0xFF8A80), Skipped: rgb(0x93A1AD),
		Line: rgb(0x2B3640), FieldLine: rgb(0x6B7A87), Shade: rgba(0x05080B, 0x99),
		theme.ColorNameShadow: rgba(0x000000, 0x55),
	}
}

// derived gives Fyne's other names the colours that stand for them here.
func derived() map[fyne.ThemeColorName]fyne.ThemeColorName {
	return map[fyne.ThemeColorName]fyne.ThemeColorName{
		theme.ColorNameButton: Surface, theme.ColorNameDisabledButton: Rail, theme.ColorNameDisabled: Muted,
		theme.ColorNameFocus: Line, theme.ColorNameHover: Rail, theme.ColorNamePressed: Line,
		theme.ColorNameHyperlink: Accent, theme.ColorNamePlaceHolder: Muted, theme.ColorNameSelection: Line,
		theme.ColorNameMenuBackground: Surface, theme.ColorNameOverlayBackground: Surface,
		theme.ColorNameScrollBar: FieldLine, theme.ColorNameForegroundOnError: OnAccent,
		theme.ColorNameForegroundOnSuccess: OnAccent, theme.ColorNameForegroundOnWarning: OnAccent,
	}
}

// Theme is the look of the window, in two variants.
type Theme struct {
	variant     *fyne.ThemeVariant // nil follows the system
	light, dark palette
	derived     map[fyne.ThemeColorName]fyne.ThemeColorName
	sizes       map[fyne.ThemeSizeName]float32
}

// NewTheme returns the theme that follows the system's choice of variant.
func NewTheme() *Theme {
	return &Theme{light: lightPalette(), dark: darkPalette(), derived: derived(), sizes: map[fyne.ThemeSizeName]float32{
		theme.SizeNameText: 14, theme.SizeNameCaptionText: 12, theme.SizeNameHeadingText: 20,
		theme.SizeNameSubHeadingText: 14, theme.SizeNamePadding: 4, theme.SizeNameInnerPadding: 8,
		theme.SizeNameLineSpacing: 4, theme.SizeNameInputBorder: 1, theme.SizeNameInputRadius: radius,
		theme.SizeNameButtonRadius: radius, theme.SizeNameSelectionRadius: radius, theme.SizeNameMenuRadius: radius,
		theme.SizeNamePopupRadius: radius, theme.SizeNameSeparatorThickness: 1, theme.SizeNameScrollBar: 12,
		SizeMono: 13, theme.SizeNameScrollBarSmall: 4, theme.SizeNameInlineIcon: 16,
	}}
}

// Fixed returns the theme in one variant, whatever the system says.
func (t *Theme) Fixed(v fyne.ThemeVariant) *Theme {
	fixed := *t
	fixed.variant = &v
	return &fixed
}

// Color returns the colour of a name in a variant.
func (t *Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if t.variant != nil {
		v = *t.variant
	}
	p := t.light
	if v == theme.VariantDark {
		p = t.dark
	}
	if stands, ok := t.derived[name]; ok {
		name = stands
	}
	if c, ok := p[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, v)
}

// Size returns the size of a name.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := t.sizes[name]; ok {
		return size
	}
	return theme.DefaultTheme().Size(name)
}

// Font returns the bundled fonts.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(style) }

// Icon returns Fyne's icons; the window's own are in icons.go.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// sized is a theme with other sizes.
type sized struct {
	fyne.Theme
	sizes map[fyne.ThemeSizeName]float32
}

func (s sized) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := s.sizes[name]; ok {
		return size
	}
	return s.Theme.Size(name)
}

// tight is the current theme without padding around text.
func tight() fyne.Theme {
	return sized{theme.Current(), map[fyne.ThemeSizeName]float32{theme.SizeNameInnerPadding: 0}}
}
