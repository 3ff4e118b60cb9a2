package lab

import (
	"html"
	"net/http"
	"strings"
)

const htmlType = "text/html; charset=utf-8"

// route sends a request to the application that its path names.
func (v *visit) route() {
	switch {
	case v.path == strings.ToLower(ewsPath):
		v.ews()
	case v.path == "/ews/services.wsdl":
		v.send(http.StatusOK, "text/xml", servicesWSDL)
	case strings.HasPrefix(v.path, "/autodiscover/"):
		v.autodiscover()
	case v.path == "/":
		v.redirect("/owa/")
	case v.path == "/owa" || v.path == "/owa/":
		v.redirect("/owa/auth/logon.aspx?url=https%3a%2f%2f" + mailHost + "%2fowa%2f&reason=0")
	case v.path == "/owa/auth/logon.aspx":
		v.send(http.StatusOK, htmlType, logonPage)
	default:
		v.unset("X-FEServer", "X-OWA-Version")
		v.send(http.StatusNotFound, "text/html", notFoundPage)
	}
}

// redirect answers as ASP.NET does.
func (v *visit) redirect(to string) {
	v.set("Location", to)
	v.send(http.StatusFound, htmlType, "<html><head><title>Object moved</title></head><body>\r\n"+
		`<h2>Object moved to <a href="`+html.EscapeString(to)+`">here</a>.</h2>`+"\r\n</body></html>\r\n")
}

// fromHTTPSys sends a page of Windows' kernel driver, which answers when no
// application does.
func (v *visit) fromHTTPSys(status int, title, text string) {
	v.unset("X-Powered-By", "X-FEServer", "X-OWA-Version", "request-id")
	v.set("Server", "Microsoft-HTTPAPI/2.0")
	v.set("Connection", "close")
	v.send(status, "text/html; charset=us-ascii", httpSysPage(title, text))
}

func httpSysPage(title, text string) string {
	return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">` + "\r\n" +
		"<HTML><HEAD><TITLE>" + title + "</TITLE>\r\n" +
		`<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>` + "\r\n" +
		"<BODY><h2>" + title + "</h2>\r\n<hr><p>" + text + "</p>\r\n</BODY></HTML>\r\n"
}

// iisPage is a page of IIS' own errors.
func iisPage(title, text string) string {
	return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">` + "\r\n" +
		`<html xmlns="http://www.w3.org/1999/xhtml">` + "\r\n<head><title>" + title + "</title></head>\r\n" +
		`<body><div id="header"><h1>Server Error</h1></div><div id="content"><fieldset><h2>` + title +
		"</h2>\r\n<h3>" + text + "</h3></fieldset></div></body>\r\n</html>\r\n"
}

var (
	notFoundPage = iisPage("404 - File or directory not found.",
		"The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.")
	forbiddenPage = iisPage("403 - Forbidden: Access is denied.",
		"You do not have permission to view this directory or page using the credentials that you supplied.")
	tooLargePage = iisPage("413 - Request Entity Too Large.",
		"The page was not displayed because the request entity is too large.")
	methodPage = iisPage("405 - HTTP verb used to access this page is not allowed.",
		"The page you are looking for cannot be displayed because an invalid method (HTTP verb) was used to attempt access.")
)

// logonPage is the form of Outlook on the web.
const logonPage = `<!DOCTYPE HTML>
<html><head><title>Outlook</title></head><body>
<form action="/owa/auth.owa" method="POST" name="logonForm" enctype="application/x-www-form-urlencoded" autocomplete="off">
<label for="username">Domain\user name:</label> <input id="username" name="username" type="text">
<label for="password">Password:</label> <input id="password" name="password" type="password">
<input type="submit" value="sign in">
</form></body></html>
`

// servicePage is what the EWS address shows to a browser that has signed in.
const servicePage = `<HTML><HEAD><TITLE>Service</TITLE></HEAD><BODY><DIV id="content">
<P class="heading1">Service</P><P class="intro">You have created a service.<P class='intro'>To test this service, you will ` +
	`need to create a client and use it to call the service. You can do this using the svcutil.exe tool from the command ` +
	`line with the following syntax:</P>
<PRE>svcutil.exe <A HREF="https://` + mailHost + `/EWS/Services.wsdl">https://` + mailHost + `/EWS/Services.wsdl</A></PRE>
</DIV></BODY></HTML>
`

// servicesWSDL is a static file: that it can be read proves nothing about EWS.
const servicesWSDL = `<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" ` +
	`targetNamespace="http://schemas.microsoft.com/exchange/services/2006/messages">
  <wsdl:service name="ExchangeServices"><wsdl:port name="ExchangeServicePort" binding="ExchangeServiceBinding">` +
	`<soap:address location=""/></wsdl:port></wsdl:service>
</wsdl:definitions>
`
