package screen

import (
	"os"
	"runtime"
)

// Pass and Fail are the marks that fonts differ in. The console of Windows takes
// its signs from one font alone, and those that come with it have the signs of the
// Windows Glyph List 4; the Windows Terminal, which says that it is there, looks
// through all fonts.
var Pass, Fail = marks(runtime.GOOS == "windows" && os.Getenv("WT_SESSION") == "")

func marks(oneFont bool) (pass, fail string) {
	if oneFont {
		return "√", "×"
	}
	return "✓", "✕"
}
