package kit

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func TestContrast(t *testing.T) {
	grounds := []fyne.ThemeColorName{Ground, Surface, Rail}
	texts := []fyne.ThemeColorName{Ink, Muted, Accent, Works, Warns, Fails, Skipped, theme.ColorNameHyperlink}
	for name, variant := range variants() {
		t.Run(name, func(t *testing.T) {
			th := NewTheme().Fixed(variant)
			for _, ground := range grounds {
				for _, text := range texts {
					atLeast(t, th, text, ground, 4.5)
				}
				for _, mark := range []fyne.ThemeColorName{Ring, FieldLine} {
					atLeast(t, th, mark, ground, 3)
				}
			}
			atLeast(t, th, OnAccent, Accent, 4.5)
			atLeast(t, th, OnAccent, AccentH, 4.5)
			atLeast(t, th, OnAccent, Fails, 4.5) // a button that takes something away
		})
	}
}

func TestEveryNameHasAColour(t *testing.T) {
	test.NewTempApp(t)
	for name, variant := range variants() {
		test.AssertAllColorNamesDefined(t, NewTheme().Fixed(variant), name)
	}
}

func TestFollowsTheSystem(t *testing.T) {
	th := NewTheme()
	if th.Color(Ground, theme.VariantLight) == th.Color(Ground, theme.VariantDark) {
		t.Error("the theme ignores the variant")
	}
	dark := th.Fixed(theme.VariantDark)
	if dark.Color(Ground, theme.VariantLight) != th.Color(Ground, theme.VariantDark) {
		t.Error("a fixed theme follows the system")
	}
}

func variants() map[string]fyne.ThemeVariant {
	return map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark}
}

func atLeast(t *testing.T, th fyne.Theme, front, back fyne.ThemeColorName, least float64) {
	t.Helper()
	a := luminance(th.Color(front, theme.VariantLight))
	b := luminance(th.Color(back, theme.VariantLight))
	if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < least {
		t.Errorf("%s on %s has a contrast of %.2f, want at least %.1f", front, back, ratio, least)
	}
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
