package lab

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
)

// The two older forms of Autodiscover, for which a visitor signs in: plain XML
// ("POX"), and SOAP. They know what leads to EWS, and nothing for Outlook.
const (
	poxRequestNS  = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"
	poxNS         = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
	poxOutlookNS  = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
	soapDiscover  = "http://schemas.microsoft.com/exchange/2010/Autodiscover"
	addressingNS  = "http://www.w3.org/2005/08/addressing"
	xmlInstanceNS = "http://www.w3.org/2001/XMLSchema-instance"
)

// autodiscoverXML answers a question that came as XML.
func (v *visit) autodiscoverXML(answer func(w *world, question *element) *node) {
	v.set("X-SOAP-Enabled", "True")
	v.set("X-WSSecurity-Enabled", "False")
	v.set("X-OAuth-Enabled", "False")
	if !v.signIn() || !v.readBody() {
		return
	}
	question, err := readXML(bytes.NewReader(v.body))
	if err != nil {
		question = &element{} // which asks for nobody
	}
	v.signBackEnd(http.StatusOK)
	v.set("Cache-Control", "private")
	v.send(http.StatusOK, "text/xml; charset=utf-8", string(document(answer(v.world, question))))
}

// pox answers in the schema of 2006.
func (w *world) pox(question *element) *node {
	m := w.mailbox(question.child(poxRequestNS, "Request").value(poxRequestNS, "EMailAddress"))
	root := el("Autodiscover").with("xmlns", poxNS)
	switch {
	case m == nil:
		return root.add(el("Response", el("Error",
			txt("ErrorCode", "500"), txt("Message", "The email address can't be found."), txt("DebugData", "")).
			with("Time", w.now().UTC().Format("15:04:05.0000000")).with("Id", "1954321")))
	case m.inCloud:
		return root.add(el("Response", el("Account", txt("AccountType", "email"), txt("Action", "redirectAddr"),
			txt("RedirectAddr", m.inTheCloud()))).with("xmlns", poxOutlookNS))
	}
	account := el("Account", txt("AccountType", "email"), txt("Action", "settings"))
	for _, kind := range []string{"EXCH", "EXPR"} {
		account.add(el("Protocol", txt("Type", kind), txt("Server", mailHost), txt("ASUrl", w.ewsURL), txt("EwsUrl", w.ewsURL)))
	}
	return root.add(el("Response",
		el("User", txt("DisplayName", m.name), txt("AutoDiscoverSMTPAddress", m.primary)), account).
		with("xmlns", poxOutlookNS))
}

// discoverSOAP answers GetUserSettings.
func (w *world) discoverSOAP(question *element) *node {
	request := question.child(soapNS, "Body").child(soapDiscover, "GetUserSettingsRequestMessage").child(soapDiscover, "Request")
	users := el("UserResponses")
	for _, user := range request.child(soapDiscover, "Users").all() {
		users.add(w.userSettings(user.value(soapDiscover, "Mailbox"), request.child(soapDiscover, "RequestedSettings").all()))
	}
	version := el("h:ServerVersionInfo",
		txt("h:MajorVersion", strconv.Itoa(w.backEnd.major)), txt("h:MinorVersion", strconv.Itoa(w.backEnd.minor)),
		txt("h:MajorBuildNumber", strconv.Itoa(w.backEnd.build)), txt("h:MinorBuildNumber", strconv.Itoa(w.backEnd.revision)),
		txt("h:Version", "Exchange2015")).with("xmlns:h", soapDiscover)
	header := el("s:Header",
		txt("a:Action", soapDiscover+"/Autodiscover/GetUserSettingsResponse").with("s:mustUnderstand", "1"), version)
	code, text := "NoError", ""
	if len(users.children) == 0 {
		code, text = "InvalidRequest", "The request doesn't specify a user."
	}
	return el("s:Envelope", header, el("s:Body",
		el("GetUserSettingsResponseMessage",
			el("Response", txt("ErrorCode", code), txt("ErrorMessage", text), users).with("xmlns:i", xmlInstanceNS)).
			with("xmlns", soapDiscover))).
		with("xmlns:s", soapNS).with("xmlns:a", addressingNS)
}

func (w *world) userSettings(address string, wanted []*element) *node {
	m := w.mailbox(address)
	code, text, target := "NoError", "No error.", el("RedirectTarget").with("i:nil", "true")
	switch {
	case m == nil:
		code, text = "InvalidUser", "The user '"+address+"' was not found."
	case m.inCloud:
		code, text = "RedirectAddress", "Redirection address."
		target = txt("RedirectTarget", m.inTheCloud())
	}
	failed, settings := el("UserSettingErrors"), el("UserSettings")
	for _, setting := range wanted {
		if code != "NoError" {
			break
		}
		name := strings.TrimSpace(setting.text)
		value, known := w.settings(m)[name]
		if !known {
			failed.add(el("UserSettingError", txt("ErrorCode", "SettingIsNotAvailable"),
				txt("ErrorMessage", "The setting is not available."), txt("SettingName", name)))
			continue
		}
		settings.add(el("UserSetting", txt("Name", name), txt("Value", value)).with("i:type", "StringSetting"))
	}
	return el("UserResponse", txt("ErrorCode", code), txt("ErrorMessage", text), target, failed, settings)
}

// settings are those of a mailbox that Autodiscover tells.
func (w *world) settings(m *mailbox) map[string]string {
	return map[string]string{
		"InternalEwsUrl": w.ewsURL, "ExternalEwsUrl": w.ewsURL, "UserDisplayName": m.name,
		"AutoDiscoverSMTPAddress": m.primary, "CasVersion": w.frontEnds[0].build.String(),
	}
}

// inTheCloud is the address of a mailbox that has moved to Exchange Online.
func (m *mailbox) inTheCloud() string {
	name, _, _ := strings.Cut(m.primary, "@")
	return name + "@contoso.mail.onmicrosoft.com"
}
