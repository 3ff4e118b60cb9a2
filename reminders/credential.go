package reminders

import (
	"cmp"
	"time"

	"fairlead/connectors"
)

// password reminds of the day on which a password ends, where a test could read
// it, or else of its age.
func (p Policy) password(c connectors.Connector) []Reminder {
	if ends, known := fact(c, "password-expires"); known {
		return []Reminder{{
			ID: string(PasswordExpires), Kind: PasswordExpires, When: ends,
			What:   "The password of the account that the connector signs in with ends. Then the connector fails.",
			Do:     "Change the password and rotate it here, or exempt the account from the ageing policy.",
			Source: tested(c),
		}}
	}
	if c.Credential.Key == "" || c.Credential.Since.IsZero() {
		return nil
	}
	r := Reminder{
		ID: string(PasswordAge), Kind: PasswordAge,
		When:   c.Credential.Since.Add(cmp.Or(p.PasswordAge, MaxPasswordAge)),
		What:   "The password is old. A policy that ages passwords ends it without a warning.",
		Do:     "Change the password and rotate it here, or exempt the account from the ageing policy. A test in depth may read the day on which it ends.",
		Source: "The password was last set here on " + c.Credential.Since.Format(time.DateOnly) + ".",
	}
	if c.Provider == "google" {
		r.What = "The service account's key is old. Google and most policies ask for a new one from time to time."
		r.Do = "Make a new key in the Google Cloud console, rotate it here, and delete the old one there."
		r.Source = "The key was last set here on " + c.Credential.Since.Format(time.DateOnly) + "."
	}
	return []Reminder{r}
}

// certificate reminds of the day on which the server's certificate ends.
func certificate(c connectors.Connector) []Reminder {
	ends, known := fact(c, "certificate-expires")
	if !known {
		return nil
	}
	return []Reminder{{
		ID: string(CertificateExpires), Kind: CertificateExpires, When: ends,
		What:   "The server's certificate ends. Then the services no longer connect.",
		Do:     "Renew the certificate on every server and on the load balancer, then test the connector.",
		Source: tested(c),
	}}
}

// fact is a day that the last test learnt.
func fact(c connectors.Connector, name string) (time.Time, bool) {
	if c.LastTest == nil {
		return time.Time{}, false
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, c.LastTest.Facts[name]); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func tested(c connectors.Connector) string {
	return "The connection test of " + c.LastTest.Started.Format(time.DateOnly) + " read it."
}
