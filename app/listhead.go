package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
)

// listHead names the columns of the list, and sorts by them.
type listHead struct {
	row     *fyne.Container
	box     *fyne.Container // over the boxes of what is picked
	headers map[connectors.Sort]*kit.Header
}

// newListHead returns a head that says by which column to sort.
func newListHead(onSort func(connectors.Sort)) *listHead {
	h := &listHead{box: kit.Column(0), headers: map[connectors.Sort]*kit.Header{}}
	header := func(text string, by connectors.Sort) fyne.CanvasObject {
		h.headers[by] = kit.NewHeader(text, func() { onSort(by) })
		return h.headers[by]
	}
	narrow := func(objects ...fyne.CanvasObject) fyne.CanvasObject {
		widths := []float32{-1, -1, 0}
		return kit.Row(kit.Middle, kit.Gap1, widths[3-len(objects)-1:], append(objects, kit.Column(0))...)
	}
	text := kit.Wider(kit.Middle, kit.Gap2, listColumns(), listGrow(),
		narrow(header("Name", connectors.ByName)), narrow(header("Tenant", connectors.ByTenant)),
		narrow(header("State", connectors.ByState)),
		narrow(header("Tested", connectors.ByTested), header("Expires", connectors.ByExpiry)))
	h.row = kit.Inset(kit.Gap2, kit.Gap2, kit.Gap2, kit.Gap3, inFrame(h.box, kit.Column(0), text, kit.Column(0)))
	h.box.Hide()
	return h
}

// show shows by what the rows are sorted, and whether they have boxes.
func (h *listHead) show(f listFilter, picking bool) {
	for by, header := range h.headers {
		order := kit.Unsorted
		switch {
		case by == f.sort && f.desc:
			order = kit.Descending
		case by == f.sort:
			order = kit.Ascending
		}
		header.SetOrder(order)
	}
	h.box.Hidden = !picking
	h.row.Refresh()
}
