package exchange

import (
	"encoding/xml"
	"fmt"
	"strings"

	"fairlead/providers/exchange/ews"
)

// soapQuestion asks by GetUserSettings (MS-OXWSADISC, section 3.1.4.3).
func soapQuestion(address string) string {
	return `<?xml version="1.0" encoding="utf-8"?>` +
		`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://www.w3.org/2005/08/addressing" ` +
		`xmlns:d="http://schemas.microsoft.com/exchange/2010/Autodiscover"><s:Header>` +
		`<d:RequestedServerVersion>Exchange2013</d:RequestedServerVersion>` +
		`<a:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings</a:Action>` +
		`<a:To>http://www.w3.org/2005/08/addressing/anonymous</a:To></s:Header><s:Body>` +
		`<d:GetUserSettingsRequestMessage><d:Request>` +
		`<d:Users><d:User><d:Mailbox>` + ews.Escape(address) + `</d:Mailbox></d:User></d:Users>` +
		`<d:RequestedSettings><d:Setting>ExternalEwsUrl</d:Setting><d:Setting>InternalEwsUrl</d:Setting></d:RequestedSettings>` +
		`</d:Request></d:GetUserSettingsRequestMessage></s:Body></s:Envelope>`
}

// soapAnswer is what is read of the answer. An error may stand at two levels.
type soapAnswer struct {
	XMLName  xml.Name `xml:"http://schemas.xmlsoap.org/soap/envelope/ Envelope"`
	Response *struct {
		ErrorCode string
		User      []struct {
			ErrorCode, RedirectTarget string
			Settings                  []struct{ Name, Value string } `xml:"UserSettings>UserSetting"`
		} `xml:"UserResponses>UserResponse"`
	} `xml:"Body>GetUserSettingsResponseMessage>Response"`
}

// readSOAP reads it. The address for clients from outside comes first.
func readSOAP(body []byte) (told, error) {
	var answer soapAnswer
	if err := xml.Unmarshal(body, &answer); err != nil || answer.Response == nil {
		return told{}, errStranger
	}
	if code := answer.Response.ErrorCode; code != "" && code != "NoError" {
		return told{}, fmt.Errorf("it answers %s", code)
	}
	if len(answer.Response.User) == 0 {
		return named("")
	}
	user := answer.Response.User[0]
	switch user.ErrorCode {
	case "", "NoError":
	case "RedirectUrl":
		return told{next: strings.TrimSpace(user.RedirectTarget)}, nil
	case "RedirectAddress":
		return elsewhere(user.RedirectTarget)
	default:
		return told{}, fmt.Errorf("it answers %s", user.ErrorCode)
	}
	for _, name := range []string{"ExternalEwsUrl", "InternalEwsUrl"} {
		for _, setting := range user.Settings {
			if setting.Name == name && setting.Value != "" {
				return named(setting.Value)
			}
		}
	}
	return named("")
}
