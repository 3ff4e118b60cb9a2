package lab

// DiscoveryFaults lists what can be missing of Autodiscover, by name. A test of
// the connection does not meet it, since that begins with the address of EWS.
func DiscoveryFaults() []Fault { return listed(discoveryFaults()) }

func discoveryFaults() []fault {
	without := func(path string) func(*world) { return func(w *world) { w.silentForms[path] = true } }
	return []fault{{
		Fault: Fault{
			"autodiscover-without-json", "Autodiscover has no JSON",
			"The second version of Autodiscover answers 404, as on Exchange 2013.",
		},
		change: without(jsonPath),
	}, {
		Fault: Fault{
			"autodiscover-without-pox", "Autodiscover has no plain XML",
			"The oldest form of Autodiscover answers 404, as behind a proxy that publishes other paths alone.",
		},
		change: without(poxPath),
	}, {
		Fault: Fault{
			"autodiscover-without-soap", "Autodiscover has no SOAP",
			"The SOAP form of Autodiscover answers 404, as behind a proxy that publishes other paths alone.",
		},
		change: without(soapPath),
	}, {
		Fault: Fault{
			"autodiscover-without-redirect", "Plain HTTP does not send on",
			"Port 80 of " + discoverHost + " answers 404 in place of a redirect.",
		},
		change: func(w *world) { w.sendsOn = "" },
	}, {
		Fault: Fault{
			"autodiscover-without-record", "The DNS has no record of Autodiscover",
			"There is no SRV record " + serviceName + ".",
		},
		change: func(w *world) { delete(w.services, serviceName) },
	}}
}
