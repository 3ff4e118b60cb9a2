package app

import (
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/providers"
)

// permissions are what was granted to the connector, in plain words.
func (s *detailsScreen) permissions() []fyne.CanvasObject {
	p, unknown := s.app.world.Permissions(s.connector)
	if len(p.List) == 0 && len(unknown) == 0 {
		return []fyne.CanvasObject{kit.Quiet("This version of Fairlead does not know what this platform grants.")}
	}
	table := kit.Column(kit.Gap1, detailLine("Granted to", p.Holder), detailLine("Reaches", p.Scope))
	if !p.Granted.IsZero() {
		table.Add(detailLine("Consent given", p.Granted.Format("2 January 2006")))
	}
	if r := s.connector.LastTest; r != nil {
		table.Add(detailLine("Looked at", dateTime(r.Started)))
	}
	objects := []fyne.CanvasObject{kit.Card(kit.Inset(kit.Gap3, kit.Gap4, kit.Gap3, kit.Gap4, table))}
	list := kit.Column(kit.Gap4)
	for i := range p.List {
		list.Add(permissionRow(&p.List[i]))
	}
	if len(p.List) > 0 {
		objects = append(objects, kit.Card(kit.Inset(kit.Gap3, kit.Gap4, kit.Gap3, kit.Gap4, list)))
	}
	for _, text := range unknown {
		objects = append(objects, kit.Note(kit.ShapeWarn, kit.Warns, "", kit.Plain(text)))
	}
	how := kit.Column(kit.Gap2, kit.Small("Where they are granted: "+p.Where))
	if p.Command != "" {
		how.Add(kit.Code(p.Command))
	}
	if p.Link != "" {
		how.Add(s.app.newLink("Open it in the browser", p.Link, s.body).box)
	}
	return append(objects, how)
}

// permissionRow is one permission: what it is, whether it is there, what for.
func permissionRow(p *providers.Permission) fyne.CanvasObject {
	l := lookOfPermission(p.State)
	column := kit.Column(kit.Gap1, kit.NewText(kit.Span{Text: p.Title, Bold: true},
		kit.Span{Text: "   " + string(p.State), Colour: l.colour}))
	for line := range strings.Lines(p.Reason) {
		column.Add(kit.Plain(strings.TrimSuffix(line, "\n")))
	}
	name := kit.Sentence(p.Kind)
	if p.Name != p.Title {
		name = p.Name + ", " + p.Kind
	}
	column.Add(kit.Small(name + ". " + p.Seen))
	return kit.Row(kit.Top, kit.Gap2, []float32{16, 0}, kit.Icon(l.shape, l.colour), column)
}

func lookOfPermission(state providers.PermissionState) look {
	switch state {
	case providers.Granted:
		return look{kit.ShapePass, kit.Works}
	case providers.Missing:
		return look{kit.ShapeFail, kit.Fails}
	case providers.Beyond:
		return look{kit.ShapeWarn, kit.Warns}
	}
	return look{kit.ShapeTodo, kit.Skipped}
}
