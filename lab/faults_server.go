package lab

import (
	"net/http"
	"strings"
	"time"
)

// serverFaults are those of IIS, Exchange and what stands before them.
func serverFaults() []fault {
	return []fault{{
		Fault: Fault{
			"forms-login", "A sign-in page stands before EWS",
			"Requests for EWS are redirected to the sign-in page of Outlook on the web.",
		},
		change: beforeEWS(func(v *visit) {
			v.redirect("/owa/auth/logon.aspx?url=https%3a%2f%2f" + mailHost + "%2fEWS%2fExchange.asmx&reason=0")
		}),
	}, {
		Fault: Fault{
			"wrong-path", "There is no EWS at this path",
			"The path " + ewsPath + " is unknown, as when the address leads to another web site.",
		},
		change: beforeEWS(func(v *visit) {
			v.unset("X-FEServer", "X-OWA-Version")
			v.send(http.StatusNotFound, "text/html", notFoundPage)
		}),
	}, {
		Fault: Fault{
			"https-required", "IIS sees plain HTTP",
			"A load balancer takes TLS off, and IIS, which demands it, answers 403.4.",
		},
		change: beforeEWS(func(v *visit) { v.send(http.StatusForbidden, "text/html", sslPage) }),
	}, {
		Fault: Fault{
			"service-unavailable", "The application pool has stopped",
			"Windows answers 503 in place of the EWS application.",
		},
		change: beforeEWS(func(v *visit) {
			v.fromHTTPSys(http.StatusServiceUnavailable, "Service Unavailable", "HTTP Error 503. The service is unavailable.")
		}),
	}, {
		Fault: Fault{
			"application-error", "The EWS application fails to start",
			"ASP.NET answers 500 with its yellow error page in place of the EWS application.",
		},
		change: beforeEWS(func(v *visit) { v.send(http.StatusInternalServerError, htmlType, yellowPage) }),
	}, {
		Fault: Fault{
			"request-too-large", "IIS reads no request body",
			"Every POST to EWS is answered 413, as when IIS negotiates client certificates and its read-ahead is too small.",
		},
		change: func(w *world) {
			w.before = append(w.before, func(v *visit) bool {
				if !v.isEWS() || v.Method != http.MethodPost {
					return false
				}
				v.send(http.StatusRequestEntityTooLarge, "text/html", tooLargePage)
				return true
			})
		},
	}, {
		Fault: Fault{
			"header-too-large", "Windows refuses long headers",
			"A request with credentials is answered 400: the header is too long, as with big Kerberos tickets.",
		},
		change: func(w *world) {
			w.before = append(w.before, func(v *visit) bool {
				if v.Header.Get("Authorization") == "" {
					return false
				}
				v.fromHTTPSys(http.StatusBadRequest, "Bad Request - Request Too Long",
					"HTTP Error 400. The size of the request headers is too long.")
				return true
			})
		},
	}, {
		Fault: Fault{
			"body-altered", "The answer is rewritten on its way",
			"A content filter puts a notice of its own, as HTML with status 200, in the place of every answer of EWS.",
		},
		change: afterSignIn(func(v *visit) {
			v.send(http.StatusOK, "text/html", "<html><body><p>This content was removed by the content filter.</p></body></html>\r\n")
		}),
	}, {
		Fault: Fault{
			"slow", "The server answers late",
			"Every answer of EWS to a signed-in client takes three seconds.",
		},
		change: func(w *world) {
			w.after = append(w.after, func(v *visit) bool {
				return v.wait(3*time.Second) != nil
			})
		},
	}, {
		Fault: Fault{
			"clock-skew", "The server's clock is wrong",
			"The servers' clocks are eleven minutes ahead. The Date header shows it.",
		},
		change: func(w *world) { w.skew = 11 * time.Minute },
	}, {
		Fault: Fault{
			"server-outdated", "The server is out of support",
			"The servers run Exchange 2016 CU23 without any update.",
		},
		change: func(w *world) { w.run(exchange2016CU23) },
	}, {
		Fault: Fault{
			"schema-version-unknown", "The server knows old versions of EWS alone",
			"The servers run Exchange 2010 SP2 and refuse requests for any later version with ErrorInvalidServerVersion.",
		},
		change: func(w *world) {
			w.run(exchange2010SP2)
			w.schemas = schemas[:5]
		},
	}, {
		Fault: Fault{
			"throttled", "The account is throttled",
			"EWS answers ErrorServerBusy and says for how long to stay away.",
		},
		change: func(w *world) {
			w.refuse = &soapFault{
				code: "ErrorServerBusy", text: "The server cannot service this request right now. Try again later.",
				values: []string{"BackOffMilliseconds", "297749"},
			}
		},
	}, {
		Fault: Fault{
			"directory-unavailable", "Active Directory does not answer",
			"EWS answers ErrorADUnavailable to every signed-in caller.",
		},
		change: func(w *world) {
			w.refuse = &soapFault{code: "ErrorADUnavailable", text: "Active Directory is unavailable. Try again later."}
		},
	}, {
		Fault: Fault{
			"exchange-online-ews-off", "The mailboxes are in Exchange Online, where EWS is off",
			"Autodiscover leads to " + cloudHost + ", which answers 403.",
		},
		change: inCloud(func(v *visit) { v.send(http.StatusForbidden, "text/html", forbiddenPage) }),
	}, {
		Fault: Fault{
			"exchange-online-basic-gone", "The mailboxes are in Exchange Online, where passwords are not accepted",
			"Autodiscover leads to " + cloudHost + ", which offers OAuth alone.",
		},
		change: inCloud(func(v *visit) {
			if v.Header.Get("Authorization") != "" {
				v.world.lab.failed.Add(1)
			}
			v.set("WWW-Authenticate", bearer)
			v.end(http.StatusUnauthorized)
		}),
	}}
}

const cloudHost = "outlook.office365.com"

// beforeEWS answers in place of the EWS application, before anyone signs in.
func beforeEWS(answer func(*visit)) func(*world) {
	return func(w *world) {
		w.before = append(w.before, func(v *visit) bool {
			if v.isEWS() {
				answer(v)
			}
			return v.isEWS()
		})
	}
}

// afterSignIn answers in place of the EWS application, once the visitor has
// signed in.
func afterSignIn(answer func(*visit)) func(*world) {
	return func(w *world) {
		w.after = append(w.after, func(v *visit) bool {
			answer(v)
			return true
		})
	}
}

// inCloud makes the world lead to Exchange Online, which answers like this.
func inCloud(answer func(*visit)) func(*world) {
	return func(w *world) {
		w.zone[cloudHost] = w.zone[domain]
		w.certificate.names = append(w.certificate.names, cloudHost)
		w.ewsURL = "https://" + cloudHost + ewsPath
		w.before = append(w.before, func(v *visit) bool {
			host := strings.EqualFold(v.Host, cloudHost)
			if host {
				answer(v)
			}
			return host
		})
	}
}

// run makes every server run one build.
func (w *world) run(b build) {
	w.backEnd = b
	for i := range w.frontEnds {
		w.frontEnds[i].build = b
	}
}

var sslPage = iisPage("403.4 - Forbidden: SSL is required to view this resource.",
	"The page you are trying to access is secured with Secure Sockets Layer (SSL).")

// yellowPage is ASP.NET's page for an application that cannot run.
const yellowPage = `<!DOCTYPE html>
<html><head><title>Runtime Error</title></head>
<body bgcolor="white"><span><H1>Server Error in '/EWS' Application.<hr width=100% size=1 color=silver></H1>
<h2><i>Runtime Error</i></h2></span>
<b>Description: </b>An application error occurred on the server. The current custom error settings for this application ` +
	`prevent the details of the application error from being viewed remotely.
</body></html>
`
