package zone

func brokenDKIM() []Domain {
	key := Selector + "._domainkey"
	return []Domain{
		broken("dkim-missing", "There is no key", without(key+" TXT")),
		broken("dkim-key-short", "The key has 512 bits", dkim("v=DKIM1; k=rsa; p="+key512)),
		broken("dkim-key-weak", "The key has 1024 bits", dkim("v=DKIM1; k=rsa; p="+key1024)),
		broken("dkim-syntax", "The record lacks its key", dkim("v=DKIM1; k=rsa")),
		another("dkim-version", "dkim-syntax", "The record is of another version", dkim("v=DKIM2; k=rsa; p="+key2048)),
		broken("dkim-key-unreadable", "The key was cut off", dkim("v=DKIM1; k=rsa; p="+key2048[:240])),
		another("dkim-key-escaped", "dkim-key-unreadable", "The key has backslashes", set(key+" TXT", `"v=DKIM1\\; k=rsa\\; p=`+key1024+`"`)),
		broken("dkim-key-type", "The kind of the key is unknown", dkim("v=DKIM1; k=dsa; p="+key2048)),
		broken("dkim-revoked", "The key was withdrawn", dkim("v=DKIM1; k=rsa; p=")),
		broken("dkim-alias-broken", "The alias leads nowhere", without(key+" TXT"), set(key+" CNAME", "selector1._domainkey.gone.example.")),
		another("dkim-alias-loop", "dkim-alias-broken", "The aliases lead in a circle", without(key+" TXT"),
			set(key+" CNAME", "one.dkim-alias-loop.example."), set("one CNAME", "two.dkim-alias-loop.example."), set("two CNAME", "one.dkim-alias-loop.example.")),
		broken("dkim-testing", "The key is said to be for tests", dkim("v=DKIM1; k=rsa; t=y; p="+key2048)),
		broken("dkim-two-records", "There are two keys under one name", dkim("v=DKIM1; p="+key2048, "v=DKIM1; p="+key1024)),
		broken("dkim-sha1-only", "The key is for SHA-1 alone", dkim("v=DKIM1; h=sha1; p="+key2048)),
		broken("dkim-not-for-mail", "The key is not for mail", dkim("v=DKIM1; s=other; p="+key2048)),
		broken("dkim-lookup-failed", "The servers fail", behaves(fails, key+" TXT")),
	}
}

func brokenDMARC() []Domain {
	to := func(code string) string { return "; rua=mailto:dmarc@" + NameOf(code) }
	return []Domain{
		broken("dmarc-missing", "There is no DMARC record", without("_dmarc TXT")),
		broken("dmarc-two-records", "There are two DMARC records", dmarc("v=DMARC1; p=reject"+to("dmarc-two-records"), "v=DMARC1; p=none"+to("dmarc-two-records"))),
		broken("dmarc-syntax", "The policy is mistyped", dmarc("v=DMARC1; p=rejct")),
		another("dmarc-without-policy", "dmarc-syntax", "There is neither a policy nor an address", dmarc("v=DMARC1; adkim=s")),
		another("dmarc-separator", "dmarc-syntax", "A comma stands for a semicolon", dmarc("v=DMARC1, p=reject")),
		broken("dmarc-misplaced", "The record is at the domain itself", without("_dmarc TXT"),
			set("@ TXT", quote("v=spf1 include:{spf} -all"), quote(Token), quote("v=DMARC1; p=reject"))),
		broken("dmarc-none", "Nothing is done", dmarc("v=DMARC1; p=none"+to("dmarc-none"))),
		broken("dmarc-removed-tags", "Tags that are gone", dmarc("v=DMARC1; p=reject; pct=50; rf=afrf; ri=3600"+to("dmarc-removed-tags"))),
		broken("dmarc-testing", "Receivers are asked to do less", dmarc("v=DMARC1; p=reject; t=y"+to("dmarc-testing"))),
		broken("dmarc-no-reports", "Nobody gets reports", dmarc("v=DMARC1; p=reject")),
		broken("dmarc-reports-not-authorised", "The other domain does not agree", dmarc("v=DMARC1; p=reject; rua=mailto:x@reports.example")),
		broken("dmarc-report-address", "The address is none", dmarc("v=DMARC1; p=reject; rua=dmarc@dmarc.example")),
		broken("dmarc-size-limit", "The address has a size", dmarc("v=DMARC1; p=reject"+to("dmarc-size-limit")+"!10m")),
		broken("dmarc-subdomains-weaker", "Domains below are protected less", dmarc("v=DMARC1; p=reject; sp=none"+to("dmarc-subdomains-weaker"))),
		broken("dmarc-nonexistent-weaker", "Domains that do not exist are protected less", dmarc("v=DMARC1; p=reject; np=none"+to("dmarc-nonexistent-weaker"))),
		broken("dmarc-public-suffix", "The domain says that it is a public suffix", dmarc("v=DMARC1; p=reject; psd=y"+to("dmarc-public-suffix"))),
		broken("dmarc-unknown-value", "A tag has a value that is unknown", dmarc("v=DMARC1; p=reject; adkim=x"+to("dmarc-unknown-value"))),
		broken("dmarc-lookup-failed", "The servers fail", behaves(fails, "_dmarc TXT")),
	}
}
