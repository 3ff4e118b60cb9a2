package lab

import (
	"net/http"
	"slices"
)

// balancerFaults are those of the load balancer and of servers that differ.
func balancerFaults() []fault {
	return []fault{{
		Fault: Fault{
			"builds-differ", "The servers run different builds",
			"EX02 is one security update behind EX01.",
		},
		change: func(w *world) { w.frontEnds[1].build = exchangeSEDec25 },
	}, {
		Fault: Fault{
			"front-end-changes", "Each connection meets another server",
			"The load balancer sends every new connection to the next front end, whatever the address.",
		},
		change: func(w *world) { w.balance = func(a *arrival, _ int) int { return int(a.number) } },
	}, {
		Fault: Fault{
			"front-end-changes-on-connection", "Each request meets another server",
			"The load balancer spreads the requests of one connection over the front ends.",
		},
		change: func(w *world) { w.balance = func(_ *arrival, request int) int { return request } },
	}, {
		Fault: Fault{
			"some-connections-fail", "Some connections get no answer",
			"Of every eight connections through a front end's door, the second is led to a server that takes the call and closes " +
				"without an answer.",
		},
		change: func(w *world) {
			w.before = append(w.before, func(v *visit) bool {
				if v.arrival.turn%8 == 1 {
					panic(http.ErrAbortHandler)
				}
				return false
			})
		},
	}, {
		Fault: Fault{
			"front-end-hidden", "A proxy hides which server answers",
			"The headers X-FEServer and X-OWA-Version are taken off every answer. The NTLM challenge still names the server.",
		},
		change: func(w *world) {
			w.before = append(w.before, func(v *visit) bool {
				v.unset("X-FEServer", "X-OWA-Version")
				return false
			})
		},
	}}
}

// without returns the lines that the function does not pick.
func without(lines []string, pick func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(lines), pick)
}
