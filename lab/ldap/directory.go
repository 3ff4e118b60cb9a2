package ldap

// rootDSE says what the server is (RFC 4512, section 5.1), with the attributes
// that Active Directory adds.
func rootDSE() entry {
	return entry{"", map[string][]string{
		"objectclass":              {"top"},
		"namingcontexts":           {Base, "CN=Configuration," + Base, "CN=Schema,CN=Configuration," + Base},
		"defaultnamingcontext":     {Base},
		"dnshostname":              {Host},
		"supportedldapversion":     {"3", "2"},
		"supportedextension":       {startTLS},
		"supportedcapabilities":    {"1.2.840.113556.1.4.800"}, // Active Directory
		"domaincontrollerfunction": {"7"},
	}}
}

// directory is all that there is, parents first.
func directory() []entry {
	object := func(dn string, classes ...string) entry {
		return entry{dn, map[string][]string{"objectclass": append([]string{"top"}, classes...)}}
	}
	person := func(name, mail string) entry {
		e := object("CN="+name+",OU=People,"+Base, "person", "organizationalPerson", "user")
		e.values["cn"], e.values["mail"], e.values["userprincipalname"] = []string{name}, []string{mail}, []string{mail}
		return e
	}
	account := object(Account, "person", "organizationalPerson", "user")
	account.values["cn"], account.values["userprincipalname"] = []string{"svc-directory"}, []string{Name}
	group := object("CN=Crew,OU=Groups,"+Base, "group")
	group.values["cn"], group.values["mail"] = []string{"Crew"}, []string{"crew@contoso.example"}
	return []entry{
		object(Base, "domain", "domainDNS"),
		object("OU=Services,"+Base, "organizationalUnit"), account,
		object("OU=People,"+Base, "organizationalUnit"),
		person("Anna Berg", "anna@contoso.example"), person("Boris Falk", "boris@contoso.example"), person("Cleo Marin", "cleo@contoso.example"),
		object("OU=Groups,"+Base, "organizationalUnit"), group,
	}
}
