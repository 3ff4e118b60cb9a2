package front

import "crypto/tls"

// Certificates are what a [Service] shows: a healthy one, and one for each fault of a
// certificate.
type Certificates struct {
	faults []string // of those that are on, the last counts
	shown  map[string]tls.Certificate
}

// NewCertificates asks once for the healthy certificate, under the empty name, and for
// that of each fault.
func NewCertificates(certificate func(fault string) (tls.Certificate, error), faults []string) (Certificates, error) {
	c := Certificates{faults: faults, shown: map[string]tls.Certificate{}}
	for _, name := range append([]string{""}, faults...) {
		shown, err := certificate(name)
		if err != nil {
			return Certificates{}, err
		}
		c.shown[name] = shown
	}
	return c, nil
}

// TLS is what TLS is like while some faults are on: of certificates, and the one under
// which nothing newer than TLS 1.1 is spoken.
func (c Certificates) TLS(on func(fault string) bool, tooOld string) *tls.Config {
	config := &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{c.shown[""]}}
	for _, fault := range c.faults {
		if on(fault) {
			config.Certificates = []tls.Certificate{c.shown[fault]}
		}
	}
	if on(tooOld) {
		config.MinVersion, config.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	}
	return config
}
