// Package clients proves that the lab speaks as Exchange does, with EWS clients
// that know nothing of it. Its tests install them, so they run only when asked
// for: go test -tags clients ./lab/clients/
package clients
