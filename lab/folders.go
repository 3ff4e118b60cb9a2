package lab

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// folder is a folder that every mailbox has.
type folder struct {
	id       string // its distinguished name
	name     string
	parent   string
	element  string // its type in the answer
	class    string
	total    int
	children int
	unread   int
}

var folders = []folder{
	{"root", "", "", "t:Folder", "", 0, 4, 0},
	{"msgfolderroot", "Top of Information Store", "root", "t:Folder", "IPF.Note", 0, 8, 0},
	{"inbox", "Inbox", "msgfolderroot", "t:Folder", "IPF.Note", 12, 0, 3},
	{"drafts", "Drafts", "msgfolderroot", "t:Folder", "IPF.Note", 1, 0, 0},
	{"sentitems", "Sent Items", "msgfolderroot", "t:Folder", "IPF.Note", 9, 0, 0},
	{"deleteditems", "Deleted Items", "msgfolderroot", "t:Folder", "IPF.Note", 4, 0, 0},
	{"junkemail", "Junk Email", "msgfolderroot", "t:Folder", "IPF.Note", 0, 0, 0},
	{"calendar", "Calendar", "msgfolderroot", "t:CalendarFolder", "IPF.Appointment", 6, 0, 0},
	{"contacts", "Contacts", "msgfolderroot", "t:ContactsFolder", "IPF.Contact", 5, 0, 0},
	{"tasks", "Tasks", "msgfolderroot", "t:TasksFolder", "IPF.Task", 2, 0, 0},
}

func folderByID(id string) (folder, bool) {
	i := slices.IndexFunc(folders, func(f folder) bool { return f.id == id })
	if i < 0 {
		return folder{}, false
	}
	return folders[i], true
}

// folderID is the opaque id under which a client knows a mailbox's folder.
func folderID(m *mailbox, folder string) string {
	return base64.StdEncoding.EncodeToString([]byte("lab|" + m.primary + "|" + folder))
}

// parseID takes an id of [folderID] apart.
func parseID(id string) (address, folder string, ok bool) {
	plain, err := base64.StdEncoding.DecodeString(id)
	parts := strings.Split(string(plain), "|")
	if err != nil || len(parts) != 3 || parts[0] != "lab" {
		return "", "", false
	}
	return parts[1], parts[2], true
}

func idNode(name string, m *mailbox, folder string) *node {
	return el(name).with("Id", folderID(m, folder)).with("ChangeKey", "AQAAABYAAAB"+base64.StdEncoding.EncodeToString([]byte(folder)))
}

// openFolder finds the mailbox and the folder that a folder id names. A
// *problem is told in the answer's message, a *soapFault instead of an answer.
func (c *call) openFolder(id *element) (*mailbox, folder, error) {
	var m *mailbox
	var f folder
	var found bool
	switch {
	case id.is(typesNS, "DistinguishedFolderId"):
		if f, found = folderByID(id.attr("Id")); !found {
			return nil, f, id.violation("The 'Id' attribute is invalid - The value '%s' is not known.", id.attr("Id"))
		}
		var err error
		if m, err = c.named(id.child(typesNS, "Mailbox")); err != nil {
			return nil, f, err
		}
	case id.is(typesNS, "FolderId"):
		address, name, ok := parseID(id.attr("Id"))
		if !ok {
			return nil, f, &problem{code: "ErrorInvalidIdMalformed", text: "Id is malformed."}
		}
		m = c.world.mailbox(address)
		if f, found = folderByID(name); !found || m == nil || m != c.mailbox {
			return nil, f, &problem{code: "ErrorFolderNotFound", text: "The specified folder could not be found in the store."}
		}
	default:
		return nil, f, id.violation("The element 'FolderIds' has invalid child element '%s'.", id.name.Local)
	}
	if m.trouble != nil {
		return nil, f, m.trouble
	}
	return m, f, nil
}

// named is the mailbox that a distinguished folder names, or else the one that
// the caller acts as.
func (c *call) named(in *element) (*mailbox, error) {
	address := in.value(typesNS, "EmailAddress")
	m := c.mailbox
	if address != "" {
		m = c.world.mailbox(address)
	}
	switch {
	case m == nil && address == "":
		return nil, &problem{
			code: "ErrorMissingEmailAddress",
			text: "When making a request as an account that does not have a mailbox, you must specify the mailbox " +
				"primary SMTP address for any distinguished folder Ids.",
		}
	case m == nil || m.inCloud:
		return nil, &problem{code: "ErrorNonExistentMailbox", text: noMailbox}
	case address != "" && !strings.EqualFold(m.primary, address):
		return nil, &problem{code: "ErrorNonPrimarySmtpAddress", text: notPrimary, values: []string{"Primary", m.primary}}
	case m != c.mailbox:
		return nil, &problem{code: "ErrorAccessDenied", text: "Access is denied. Check credentials and try again."}
	}
	return m, nil
}

func getFolder(c *call) (*node, error) {
	shape := c.operation.child(messagesNS, "FolderShape")
	ids := c.operation.child(messagesNS, "FolderIds")
	if shape == nil || ids == nil || len(ids.children) == 0 {
		return nil, c.operation.violation("The element 'GetFolder' has incomplete content.")
	}
	wanted, err := folderProperties(shape)
	if err != nil {
		return nil, err
	}
	var messages []*node
	for _, id := range ids.children {
		m, f, err := c.openFolder(id)
		switch err := err.(type) {
		case nil:
			messages = append(messages, success("GetFolder", el("m:Folders", f.node(m, wanted))))
		case *problem:
			messages = append(messages, failure("GetFolder", err, el("m:Folders")))
		default:
			return nil, err
		}
	}
	return responses("GetFolder", messages...), nil
}

// folderProperties are the names of the properties that a shape asks for.
func folderProperties(shape *element) ([]string, error) {
	wanted := []string{"FolderId"}
	switch base := shape.value(typesNS, "BaseShape"); base {
	case "IdOnly":
	case "Default":
		wanted = append(wanted, "DisplayName", "TotalCount", "ChildFolderCount", "UnreadCount")
	case "AllProperties":
		wanted = append(wanted, folderOrder...)
	default:
		return nil, shape.violation("The 'BaseShape' element is invalid - The value '%s' is not known.", base)
	}
	if more := shape.child(typesNS, "AdditionalProperties"); more != nil {
		for _, p := range more.children {
			name, isFolder := strings.CutPrefix(p.attr("FieldURI"), "folder:")
			if p.is(typesNS, "FieldURI") && (!isFolder || !slices.Contains(folderFields, name)) {
				return nil, p.violation("The 'FieldURI' attribute is invalid - The value '%s' is not known.", p.attr("FieldURI"))
			}
			wanted = append(wanted, name)
		}
	}
	return wanted, nil
}

// folderOrder is the order of a folder's properties in Microsoft's types.xsd.
var folderOrder = []string{
	"FolderId", "ParentFolderId", "FolderClass", "DisplayName", "TotalCount", "ChildFolderCount", "EffectiveRights",
	"UnreadCount",
}

// folderFields are the properties that can be asked for in Microsoft's types.xsd.
// Those that the lab's folders do not have are left out of the answer.
var folderFields = append([]string{
	"SearchParameters", "ManagedFolderInformation", "PermissionSet", "SharingEffectiveRights", "DistinguishedFolderId",
	"PolicyTag", "ArchiveTag", "ReplicaList",
}, folderOrder...)

// node is the folder with the properties that are wanted.
func (f folder) node(m *mailbox, wanted []string) *node {
	n := el(f.element)
	for _, name := range folderOrder {
		if !slices.Contains(wanted, name) {
			continue
		}
		switch name {
		case "FolderId":
			n.add(idNode("t:FolderId", m, f.id))
		case "ParentFolderId":
			if f.parent != "" {
				n.add(idNode("t:ParentFolderId", m, f.parent))
			}
		case "FolderClass":
			n.add(txt("t:FolderClass", f.class))
		case "DisplayName":
			n.add(txt("t:DisplayName", f.name))
		case "TotalCount":
			n.add(txt("t:TotalCount", strconv.Itoa(f.total)))
		case "ChildFolderCount":
			n.add(txt("t:ChildFolderCount", strconv.Itoa(f.children)))
		case "EffectiveRights":
			n.add(rights())
		case "UnreadCount":
			if f.element == "t:Folder" || f.element == "t:TasksFolder" {
				n.add(txt("t:UnreadCount", strconv.Itoa(f.unread)))
			}
		}
	}
	return n
}

// rights are those of a mailbox's owner.
func rights() *node {
	n := el("t:EffectiveRights")
	for _, right := range []string{
		"CreateAssociated", "CreateContents", "CreateHierarchy", "Delete", "Modify", "Read", "ViewPrivateItems",
	} {
		n.add(txt("t:"+right, "true"))
	}
	return n
}
