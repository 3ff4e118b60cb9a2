// Package page is the wizard engine: pages, fields, validation, navigation,
// long-running actions and drafts. It knows no mail and no toolkit.
//
// A wizard is a [Flow]: a title and its [Page] declarations. A [Journey] is one
// walk through it. Front ends (the window, the terminal, an answers file) draw
// what [Journey.View] and [Journey.Steps] say, hand in what was typed with
// [Journey.Set], and ask for [Journey.Next] or [Journey.Back]. They decide how
// things look and nothing else, so a page that is written once shows up in all
// of them.
//
// A Journey belongs to one goroutine. Only a [Task], which Next hands out when a
// page has something to do that takes time, runs elsewhere.
package page

import (
	"context"

	"fairlead/check"
)

// Flow is one wizard.
type Flow struct {
	ID    string // stable, kept in drafts: "new-connector"
	Title string // "New connector"
	// Pages returns every page in order, given the answers so far. Pages that a
	// choice makes unnecessary stay in the list and say so themselves.
	Pages func(a *Answers) []Page
	// Undrafted says that a walk that was not finished leaves nothing behind.
	Undrafted bool
	// Label names a draft of this flow in a list, given its answers.
	Label func(a *Answers) string
	// Say translates a text of a page; nil leaves everything in English. Texts
	// without a translation stay as they are.
	Say func(english string) string
	// After returns what may be done next, once the flow is over with these
	// answers; nil means nothing.
	After func(a *Answers) []Follow
}

// Follow is another walk through the same flow that is offered at its end, with
// some answers given.
type Follow struct {
	Label  string // "Same service, next tenant"
	Preset Changes
}

// Page is one step: one decision.
type Page struct {
	ID    string // stable: drafts and screenshots use it
	Step  string // short name in the rail: "Account"
	Title string // an instruction or a question: "Which account may read the mailboxes?"
	Why   string // one sentence or two under the title
	// NotNeeded returns why the page is not needed with these answers, or
	// nothing when it is. Nil means that it always is.
	NotNeeded func(a *Answers) string
	// Fields returns what stands on the page. It is called for every drawing, so
	// that fields may depend on answers; it must be quick and have no effects.
	Fields func(a *Answers) []Field
	// Dropped returns the answers that the name of a file comes to, which somebody
	// dropped on the page; nil where the page has no use for one.
	Dropped func(name string) Changes
	// Action is what Next does before it leaves the page, or nil.
	Action *Action
	// Next is the verb on the button; empty means "Next".
	Next string
	// Final marks the page after the commit: there is no way back from it.
	Final bool
}

// Kind is the kind of a field.
type Kind string

// The kinds of fields.
const (
	Text     Kind = "text"
	Secret   Kind = "secret"   // held as secret.Secret, never in a draft
	Choice   Kind = "choice"   // one of Options, or several with Many
	Address  Kind = "address"  // a mail address
	URL      Kind = "url"      // a web address
	Checkbox Kind = "checkbox" // yes or no
	Note     Kind = "note"     // says something, asks nothing
)

// Field is one question on a page, or one remark.
type Field struct {
	Key         string // stable, dotted: "account.address"; drafts and answers files use it
	Kind        Kind
	Label       string // above the field; for a note, its heading
	Aside       string // said after the label in a quieter voice: "if it differs from the address"
	Hint        string // under the field; for a note, its text, in Markdown
	Placeholder string
	Tone        Tone // of a note
	// Edit is the id of the page whose answers a note sums up, or with a tone, of
	// the page where something can be done about it; front ends offer to go there.
	Edit string
	// Copy is, on a note, a text to be copied as it stands: a message to send, a
	// command, a manifest. It is plain text and never a secret.
	Copy string
	// Link is, on a note, a web address to be opened in the system's browser or
	// copied, and LinkLabel what it leads to: "Open the admin centre".
	Link, LinkLabel string
	Optional        bool
	Options         []Option // of a choice
	Many            bool     // several options may be chosen
	// Long says that a secret may be a whole file, such as a key: of up to
	// [MaxLong] characters, with line breaks.
	Long bool
	// File says that a text is the name of a file, which may be picked.
	File bool
	// Suggest offers a value while the field was never touched. It may be empty.
	Suggest func(a *Answers) string
	// Confirm says that a suggestion is not enough: a person, or the answers
	// file, must state the value, since something secret will be sent to it.
	Confirm bool
	// Validate returns what is wrong with a value that is not empty. The text is
	// shown under the field: what is wrong and what to type instead.
	Validate func(value string) error
	// Advise returns a warning that does not hold anyone up. It is asked while
	// typing.
	Advise func(value string) string
}

// Tone says how a note is meant. It is shown by shape and word, never by
// colour alone.
type Tone string

// The tones of a note.
const (
	Plain Tone = ""
	Good  Tone = "good" // something was found or is in order
	Heed  Tone = "heed" // something to take care of
	Later Tone = "later"
)

// Option is one thing that can be chosen.
type Option struct {
	Value string // stable
	Label string
	Note  string // one line under the label
	// Barred says why it cannot be chosen now; empty when it can.
	Barred string
}

// Action is something that takes time and belongs to a page. Next runs it when
// its result is missing or stale. Exactly one of Run and Test is set.
type Action struct {
	// Busy says what is going on: "Looking for the server of contoso.com".
	Busy string
	// Inputs are the keys that the result depends on. When one of them changes,
	// the result is stale.
	Inputs []string
	// Run does something once and returns answers to set. It works on a copy of
	// the answers. An error stops Next and is shown on the page; the action of a
	// page may be tried again. A [*Waiting] is an error that nobody has made.
	// Each call of say takes the place of the one before.
	Run func(ctx context.Context, a *Answers, say func(Progress)) (Changes, error)
	// Test makes a connection test. Its verdicts stream onto the page, and Next
	// leaves the page only after a test in which nothing failed.
	Test func(a *Answers) *check.Suite
	// Deeper is the same test with slow and intrusive questions, which is offered
	// after Test and never runs by itself; or nil.
	Deeper func(a *Answers) *check.Suite
	// Commit says that Run cannot be taken back: after it, Back is off.
	Commit bool
	// Local says that Run looks at this computer as it is now, such as at its
	// keyring. A resumed draft does it anew, and so does a journey whose commit
	// failed with [LookAgain].
	Local bool
	// Memory says that what Run found is kept in memory only, such as a token. A
	// resumed draft stops at its page.
	Memory bool
	// Verb is the button's text until the action has been done: "Test
	// connection". Empty means the page's Next.
	Verb string
}

// Changes are answers that an action found, by key: string, bool, []string, or
// secret.Secret, which no draft holds.
type Changes map[string]any
