package workspace

import (
	"fairlead/assets"
	"fairlead/connectors"
	"fairlead/providers"
)

// Permissions are what was granted to a connector, beside what the catalogue says
// that its services ask for. The sentences say of which services that is not
// known in full.
func (w *Workspace) Permissions(c connectors.Connector) (p providers.Permissions, unknown []string) {
	permits, ok := w.Provider(c.Provider).(providers.Permits)
	if !ok {
		return p, nil
	}
	var asked []providers.Asked
	for _, id := range c.Services {
		service, known := w.Catalogue.Service(id)
		usage, uses := service.Usage(c.Provider)
		switch {
		case !known || !uses || usage.Known == assets.Nothing:
			unknown = append(unknown, "What "+w.Catalogue.Names([]string{id})[0]+" asks for is not known: what stands at the platform counts.")
		case usage.Known == assets.Something:
			unknown = append(unknown, "What "+service.Name+" asks for is known in part: the platform may list more.")
		}
		asked = append(asked, providers.Asked{Service: service.Name, Usage: usage})
	}
	return permits.Permissions(c.Settings, asked, c.LastTest), unknown
}
