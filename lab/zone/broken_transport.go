package zone

import "net/http"

const policyHead = "version: STSv1\nmode: enforce\nmx: {mx1}\nmx: {mx2}\n"

func brokenTransport() []Domain {
	return []Domain{
		broken("mta-sts-two-records", "There are two MTA-STS records", texts("_mta-sts TXT", "v=STSv1; id=1", "v=STSv1; id=2")),
		broken("mta-sts-syntax", "The record lacks its id", texts("_mta-sts TXT", "v=STSv1;")),
		broken("mta-sts-host-unknown", "The policy's host does not exist", without("mta-sts A")),
		broken("mta-sts-policy-missing", "There is no policy", policy(Policy{Status: http.StatusNotFound, Text: "not found"})),
		broken("mta-sts-policy-redirected", "The policy is elsewhere", policy(Policy{Status: http.StatusFound, Location: "https://www.contoso.example/"})),
		broken("mta-sts-policy-type", "The policy is no plain text", policy(Policy{Type: "text/html", Text: policyHead + "max_age: 604800\n"})),
		broken("mta-sts-policy-syntax", "The policy lacks its mode", policy(Policy{Text: "version: STSv1\nmx: {mx1}\nmx: {mx2}\nmax_age: 604800\n"})),
		broken("mta-sts-mx-not-covered", "The policy leaves a host out", policy(Policy{Text: "version: STSv1\nmode: enforce\nmx: {mx1}\nmax_age: 604800\n"})),
		broken("mta-sts-short", "The policy holds for an hour", policy(Policy{Text: policyHead + "max_age: 3600\n"})),
		broken("mta-sts-certificate", "The certificate is for another name"),
		broken("mta-sts-unreachable", "Nothing listens at the policy's host", set("mta-sts A", "203.0.113.41")),
		broken("mta-sts-without-record", "There is a policy and no record", without("_mta-sts TXT")),
		broken("mta-sts-lookup-failed", "The servers fail", behaves(fails, "_mta-sts TXT")),
		broken("tls-rpt-missing", "Nobody gets reports on TLS", without("_smtp._tls TXT")),
		broken("tls-rpt-two-records", "There are two TLS-RPT records",
			texts("_smtp._tls TXT", "v=TLSRPTv1; rua=mailto:a@contoso.example", "v=TLSRPTv1; rua=mailto:b@contoso.example")),
		broken("tls-rpt-syntax", "The record lacks its address", texts("_smtp._tls TXT", "v=TLSRPTv1")),
		broken("tls-rpt-address", "The address is none", texts("_smtp._tls TXT", "v=TLSRPTv1; rua=tls@contoso.example")),
		broken("tls-rpt-lookup-failed", "The servers fail", behaves(fails, "_smtp._tls TXT")),
	}
}
