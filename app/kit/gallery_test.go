package kit

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// shot draws an object in both themes; with FAIRLEAD_SHOTS set it writes the
// pictures there, for looking at.
func shot(t *testing.T, name string, size fyne.Size, build func() fyne.CanvasObject) {
	t.Helper()
	dir := os.Getenv("FAIRLEAD_SHOTS")
	if dir == "" {
		return
	}
	for theme, variant := range variants() {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(NewTheme().Fixed(variant))
		w := test.NewTempWindow(t, build())
		w.SetPadded(false)
		w.Resize(size)
		f, err := os.Create(filepath.Join(dir, name+"-"+theme+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, w.Canvas().Capture()); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
}

func TestGallery(t *testing.T) {
	shot(t, "kit", fyne.NewSize(700, 900), func() fyne.CanvasObject {
		e := NewEntry()
		e.SetText("svc-mail@contoso.com")
		f1 := NewField("Mail address", "", "", AtMost(FieldWidth, e))
		e2 := NewEntry()
		e2.SetText("svc-mail@contoso.local")
		f2 := NewField("Sign-in name", "if it differs from the address", "Some hint", AtMost(FieldWidth, e2))
		f2.Say("", "This name ends in .local. Services outside your network cannot use it. Give the account a sign-in name in a mail domain.")
		p := NewPassword()
		p.SetText("secretsecret")
		p.FocusGained()
		f3 := NewField("Password", "", "Kept in Secret Service. Never written to a file.", AtMost(FieldWidth, p))
		c1 := NewChoice(Radio, ChoiceText{Label: "Strict", Note: "The certificate must be valid."})
		c1.Choose(true)
		c2 := NewChoice(Radio, ChoiceText{Label: "Relaxed", Note: "A self-signed certificate is accepted."})
		c2.FocusGained()
		c3 := NewChoice(Box, ChoiceText{Label: "Box", Note: "note", Barred: "needs Microsoft 365, which this version cannot connect yet"})
		c4 := NewChoice(Box, ChoiceText{Label: "Box", Note: "note"})
		c4.Choose(true)
		b := NewButton("Find the server", Primary, nil)
		b.FocusGained()
		return NewBody(Inset(24, 24, 24, 24, Column(Gap4,
			Column(Gap1, Title("Which account may read the mailboxes?"), AtMost(TextWidth, Quiet("The master mailbox: the account that the services use to reach other mailboxes. It needs the ApplicationImpersonation role; the test checks that."))),
			f1.Box, f2.Box, f3.Box,
			Choices(c1, c2, c3, c4),
			Row(Middle, Gap2, []float32{-1, -1, -1, -1}, NewButton("Save and quit", Subtle, nil), NewButton("Back", Secondary, nil), b, NewButton("Delete", Danger, nil)),
			Note(ShapeWarn, Warns, "Cannot be seen from this computer", "- The services reach EWS from their own network\n- A `load` balancer sends **all** of a service's connections to one server"),
			Edge(Fails, Inset(Gap2, Gap3, Gap2, Gap4, Markdown("**Turn on Basic for EWS, on every Exchange server.** It is off after a default installation. In the Exchange Management Shell:\n\n```powershell\nGet-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -BasicAuthentication $true\n```\n\nThen recycle the application pool."))),
			Row(Top, Gap2, []float32{180, 180, 180},
				NewStep(StepLook{Text: "Services", Shape: ShapePass, Mark: Works}, func() {}),
				NewStep(StepLook{Text: "Account", Shape: ShapeNow, Mark: Ink, Current: true}, nil),
				NewStep(StepLook{Text: "Consent (not needed)", Shape: ShapeSkip, Mark: Skipped, Unneeded: true}, nil)),
		)))
	})
}
