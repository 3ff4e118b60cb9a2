package lab

import (
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// convertID needs no mailbox: it is what tests of the sign-in alone use. An id
// that Exchange has not made is malformed.
func convertID(c *call) (*node, error) {
	ids := c.operation.child(messagesNS, "SourceIds")
	format := c.operation.attr("DestinationFormat")
	formats := []string{"EwsLegacyId", "EwsId", "EntryId", "HexEntryId", "StoreId", "OwaId"}
	if !slices.Contains(formats, format) || ids == nil || len(ids.children) == 0 {
		return nil, c.operation.violation("The element 'ConvertId' has invalid or incomplete content.")
	}
	var messages []*node
	for _, id := range ids.children {
		if _, _, ok := parseID(id.attr("Id")); !ok {
			messages = append(messages, failure("ConvertId", &problem{code: "ErrorInvalidIdMalformed", text: "Id is malformed."}))
			continue
		}
		messages = append(messages, success("ConvertId", el("m:AlternateId").
			with("xsi:type", "t:AlternateIdType").with("Format", format).
			with("Id", id.attr("Id")).with("Mailbox", id.attr("Mailbox"))))
	}
	return responses("ConvertId", messages...), nil
}

func findItem(c *call) (*node, error) {
	ids := c.operation.child(messagesNS, "ParentFolderIds")
	if c.operation.child(messagesNS, "ItemShape") == nil || ids == nil || len(ids.children) == 0 {
		return nil, c.operation.violation("The element 'FindItem' has incomplete content.")
	}
	first, most, err := page(c.operation.child(messagesNS, "IndexedPageItemView"))
	if err != nil {
		return nil, err
	}
	var messages []*node
	for _, id := range ids.children {
		m, f, err := c.openFolder(id)
		switch err := err.(type) {
		case nil:
			messages = append(messages, success("FindItem", f.items(m, first, most)))
		case *problem:
			messages = append(messages, failure("FindItem", err))
		default:
			return nil, err
		}
	}
	return responses("FindItem", messages...), nil
}

// page reads which part of a list is wanted; without a view, all of it.
func page(view *element) (first, most int, err error) {
	most = math.MaxInt
	for name, value := range map[string]*int{"Offset": &first, "MaxEntriesReturned": &most} {
		given := view.attr(name)
		if given == "" {
			continue
		}
		if *value, err = strconv.Atoi(given); err != nil || *value < 0 || most < 1 {
			return 0, 0, view.violation("The '%s' attribute is invalid - The value '%s' is out of range.", name, given)
		}
	}
	return first, most, nil
}

// items lists the ids of some items of a folder.
func (f folder) items(m *mailbox, first, most int) *node {
	first = min(first, f.total)
	next := first + min(most, f.total-first)
	list := el("t:Items")
	for i := first; i < next; i++ {
		id := base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "lab|%s|%s|%d", m.primary, f.id, i))
		list.add(el("t:Message", el("t:ItemId").with("Id", id).with("ChangeKey", "CQAAABYAAAB")))
	}
	return el("m:RootFolder", list).
		with("IndexedPagingOffset", strconv.Itoa(next)).with("TotalItemsInView", strconv.Itoa(f.total)).
		with("IncludesLastItemInRange", strconv.FormatBool(next == f.total))
}

// resolveNames finds people by address or by the start of their name.
func resolveNames(c *call) (*node, error) {
	entry := c.operation.value(messagesNS, "UnresolvedEntry")
	if entry == "" {
		return nil, c.operation.violation("The element 'ResolveNames' has incomplete content.")
	}
	if c.mailbox == nil {
		return responses("ResolveNames", failure("ResolveNames", &problem{
			code: "ErrorNameResolutionNoMailbox", text: "The caller has no mailbox in which to resolve names.",
		})), nil
	}
	sought := strings.TrimPrefix(strings.ToLower(entry), "smtp:")
	set := el("m:ResolutionSet")
	for _, m := range c.world.mailboxes {
		if m.has(sought) || strings.HasPrefix(strings.ToLower(m.name), sought) {
			set.add(el("t:Resolution", m.node()))
		}
	}
	found := len(set.children)
	set.with("TotalItemsInView", strconv.Itoa(found)).with("IncludesLastItemInRange", "true")
	switch found {
	case 0:
		return responses("ResolveNames", failure("ResolveNames", &problem{
			code: "ErrorNameResolutionNoResults", text: "No results were found.",
		})), nil
	case 1:
		return responses("ResolveNames", success("ResolveNames", set)), nil
	default:
		return responses("ResolveNames", el("m:ResolveNamesResponseMessage",
			txt("m:MessageText", "Multiple results were found."), txt("m:ResponseCode", "ErrorNameResolutionMultipleResults"),
			txt("m:DescriptiveLinkKey", "0"), set).with("ResponseClass", "Warning")), nil
	}
}

// node is the mailbox as an entry of the address list. One that lives in the
// cloud is a mail user here, which EWS counts among the contacts.
func (m *mailbox) node() *node {
	kind := "Mailbox"
	if m.inCloud {
		kind = "Contact"
	}
	return el("t:Mailbox", txt("t:Name", m.name), txt("t:EmailAddress", m.primary),
		txt("t:RoutingType", "SMTP"), txt("t:MailboxType", kind))
}

var timeZones = []struct{ id, name string }{
	{"UTC", "(UTC) Coordinated Universal Time"},
	{"GMT Standard Time", "(UTC+00:00) Dublin, Edinburgh, Lisbon, London"},
	{"W. Europe Standard Time", "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"},
	{"Eastern Standard Time", "(UTC-05:00) Eastern Time (US & Canada)"},
}

func getServerTimeZones(c *call) (*node, error) {
	if err := c.atLeast("Exchange2010"); err != nil {
		return nil, err
	}
	var wanted []string
	if ids := c.operation.child(messagesNS, "Ids"); ids != nil {
		for _, id := range ids.children {
			wanted = append(wanted, strings.TrimSpace(id.text))
		}
	}
	list := el("m:TimeZoneDefinitions")
	for _, zone := range timeZones {
		if wanted == nil || slices.Contains(wanted, zone.id) {
			list.add(el("t:TimeZoneDefinition").with("Id", zone.id).with("Name", zone.name))
		}
	}
	return responses("GetServerTimeZones", success("GetServerTimeZones", list)), nil
}

// getPasswordExpirationDate answers without the usual list of messages. A
// password that never expires has the last moment that .NET knows.
func getPasswordExpirationDate(c *call) (*node, error) {
	if err := c.atLeast("Exchange2010_SP2"); err != nil {
		return nil, err
	}
	expires := time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	if address := c.operation.value(messagesNS, "MailboxSmtpAddress"); address == "" || strings.EqualFold(address, c.caller.address) {
		expires = c.caller.expires
	}
	return el("m:GetPasswordExpirationDateResponse",
		txt("m:ResponseCode", "NoError"),
		txt("m:PasswordExpirationDate", expires.UTC().Format("2006-01-02T15:04:05Z"))).
		with("ResponseClass", "Success"), nil
}
