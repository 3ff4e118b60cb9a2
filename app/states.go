package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/connectors"
	"fairlead/wizard/page"
)

// look is how a state is shown: its shape and its colour. The words stand
// beside it.
type look struct {
	shape  kit.Shape
	colour fyne.ThemeColorName
}

func lookOfState(s connectors.State) look {
	switch s {
	case connectors.Works:
		return look{kit.ShapePass, kit.Works}
	case connectors.Warns:
		return look{kit.ShapeWarn, kit.Warns}
	case connectors.Fails:
		return look{kit.ShapeFail, kit.Fails}
	}
	return look{kit.ShapeTodo, kit.Skipped}
}

func lookOfVerdict(v check.Verdict) look {
	switch v {
	case check.Pass:
		return look{kit.ShapePass, kit.Works}
	case check.Warn:
		return look{kit.ShapeWarn, kit.Warns}
	case check.Fail:
		return look{kit.ShapeFail, kit.Fails}
	}
	return look{kit.ShapeSkip, kit.Skipped}
}

// lookOfStep takes whether the journey is over: then where it ended is done.
func lookOfStep(s page.Step, over bool) look {
	switch {
	case s.State == page.Now && over:
		return look{kit.ShapePass, kit.Works}
	case s.Failed:
		return look{kit.ShapeFail, kit.Fails}
	case s.State == page.Now:
		return look{kit.ShapeNow, kit.Accent}
	case s.State == page.Done:
		return look{kit.ShapePass, kit.Works}
	case s.State == page.Attention:
		return look{kit.ShapeAttention, kit.Warns}
	case s.State == page.Unneeded:
		return look{kit.ShapeSkip, kit.Skipped}
	}
	return look{kit.ShapeTodo, kit.Skipped}
}

func lookOfTone(t page.Tone) look {
	switch t {
	case page.Good:
		return look{kit.ShapePass, kit.Works}
	case page.Heed:
		return look{kit.ShapeWarn, kit.Warns}
	case page.Later:
		return look{kit.ShapeLater, kit.Muted}
	}
	return look{kit.ShapeInfo, kit.Muted}
}
