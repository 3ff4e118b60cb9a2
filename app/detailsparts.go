package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/connectors"
)

// detailsPart is a part of the details of a connector.
type detailsPart int

// The parts, in the order of their tabs.
const (
	partOverview detailsPart = iota
	partPermissions
	partTests
	partTasks
	partTimeline
)

func detailsParts(c *connectors.Connector) []string {
	tasks := "Tasks"
	if n := len(c.Attachments); n > 0 {
		tasks = fmt.Sprintf("Tasks (%d)", n)
	}
	return []string{"Overview", "Permissions", "Tests", tasks, "Timeline"}
}

// detailsPast is a connector with what became of it so far.
type detailsPast struct {
	connector connectors.Connector
	successor connectors.Connector // of one that was replaced
	reports   []check.Report       // newest first
	events    []connectors.Event   // newest first
}

// mostEvents is how much of the trail the timeline shows.
const mostEvents = 200

// read reads the connector and its past.
func (s *detailsScreen) read(ctx context.Context) (p detailsPast, err error) {
	keeper := s.app.world.Keeper
	if p.connector, err = keeper.Get(ctx, s.id); err != nil {
		return p, err
	}
	if p.connector.Replaced {
		p.successor, err = keeper.Successor(ctx, p.connector)
		if err != nil && !errors.Is(err, connectors.ErrNotFound) {
			return p, err
		}
	}
	if p.reports, err = keeper.Registry.Reports(ctx, s.id); err != nil {
		return p, err
	}
	p.events, err = keeper.Registry.Events(ctx, s.id, "", mostEvents)
	return p, err
}

// show shows a part.
func (s *detailsScreen) show(p detailsPart) {
	if s.running != nil || s.connector.ID == "" {
		return
	}
	s.part = p
	s.draw()
	s.tabs.Focus(int(p))
	s.app.trace(fmt.Sprintf("details:part %d", p))
}

// partObjects is what stands below the tabs.
func (s *detailsScreen) partObjects() []fyne.CanvasObject {
	switch s.part {
	case partPermissions:
		return s.permissions()
	case partTests:
		return s.tests()
	case partTasks:
		return s.tasks()
	case partTimeline:
		return s.timeline()
	}
	return s.overview()
}

// menu offers what is done to a connector now and then.
func (s *detailsScreen) menu(at fyne.CanvasObject) {
	verb := "Change "
	if s.connector.Credential.Missing() {
		verb = "Enter "
	}
	var items []kit.MenuItem
	if !s.connector.Credential.None() {
		items = append(items, kit.MenuItem{
			Text: verb + strings.ToLower(s.app.world.SecretName(s.connector)) + " …", Action: func() { s.app.rotate(s.connector) },
		})
	}
	kit.ShowMenu(at, append(items,
		kit.MenuItem{Text: "Change something else …", Action: func() { s.app.replace(s.connector) }},
		kit.MenuItem{Text: commandWords + " …", Action: func() { s.app.showCommandsOf(s.connector) }},
		kit.MenuItem{Text: "Delete …", Action: s.delete},
	)...)
}

func (s *detailsScreen) delete() {
	s.app.deleteConnector(s.connector, func() { s.app.showCleanUp(s.id) })
}
