package exchange

import (
	"encoding/xml"
	"fmt"
	"strings"

	"fairlead/providers/exchange/ews"
)

// poxQuestion asks in plain XML (MS-OXDSCLI, section 2.2.3).
func poxQuestion(address string) string {
	return `<?xml version="1.0" encoding="utf-8"?>` +
		`<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request>` +
		`<EMailAddress>` + ews.Escape(address) + `</EMailAddress>` +
		`<AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema>` +
		`</Request></Autodiscover>`
}

// poxAnswer is what is read of the answer (MS-OXDSCLI, section 2.2.4).
type poxAnswer struct {
	XMLName  xml.Name `xml:"Autodiscover"`
	Response struct {
		Error   *struct{ ErrorCode, Message string }
		Account struct {
			Action, RedirectAddr string
			RedirectURL          string `xml:"RedirectUrl"`
			Protocol             []struct {
				Type   string
				EwsURL string `xml:"EwsUrl"`
				ASURL  string `xml:"ASUrl"`
			}
		}
	}
}

// readPOX reads it. The address for clients from outside comes before that for
// those from inside, since the services call from outside.
func readPOX(body []byte) (told, error) {
	var answer poxAnswer
	if err := xml.Unmarshal(body, &answer); err != nil {
		return told{}, errStranger
	}
	account := answer.Response.Account
	switch action := strings.ToLower(account.Action); {
	case answer.Response.Error != nil:
		return told{}, fmt.Errorf("it answers error %s, %q", answer.Response.Error.ErrorCode, answer.Response.Error.Message)
	case action == "redirecturl":
		return told{next: strings.TrimSpace(account.RedirectURL)}, nil
	case action == "redirectaddr":
		return elsewhere(account.RedirectAddr)
	}
	for _, kind := range []string{"EXPR", "EXHTTP", "EXCH"} {
		for _, protocol := range account.Protocol {
			if protocol.Type != kind {
				continue
			}
			for _, address := range []string{protocol.EwsURL, protocol.ASURL} {
				if address != "" {
					return named(address)
				}
			}
		}
	}
	return named("")
}
