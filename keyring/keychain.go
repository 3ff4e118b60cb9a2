package keyring

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// keychain keeps items in macOS's Keychain by security(1), which comes with the
// system. The items' access lists trust that tool, so that nobody is asked
// again after an update of Fairlead, and any program of the same user can read
// them, as on the other systems.
type keychain struct {
	tool    string // path of security(1)
	service string
}

func keychainStore(tool, service string) store {
	k := keychain{tool, service}
	return store{name: "Keychain", items: k, probe: k.probe, kind: kindOfSecurity}
}

// encoded begins every value. Keychain's tool would print a value of several
// lines, or with other letters than ASCII's, in hexadecimal. The mark is that
// of github.com/zalando/go-keyring.
const encoded = "go-keyring-base64:"

func (k keychain) Get(key string) (string, error) {
	out, err := k.run("", "find-generic-password", "-s", k.service, "-a", key, "-w")
	if err != nil {
		return "", err
	}
	text, ours := strings.CutPrefix(strings.TrimSpace(out), encoded)
	if !ours {
		return "", fmt.Errorf("the item of %q in Keychain was not written by Fairlead", key)
	}
	value, err := base64.StdEncoding.DecodeString(text)
	return string(value), err
}

// longestCommand is how long a line may be for security(1), with its end.
const longestCommand = 4096

// Set hands the value to the tool on its standard input, where no other program
// sees it. The tool may end well although it kept nothing; whoever sets reads
// it back. Keys need no quotes, as checkSize sees to.
func (k keychain) Set(key, value string) error {
	line := fmt.Sprintf("add-generic-password -U -s %s -a %s -w %s\n", k.service, key,
		encoded+base64.StdEncoding.EncodeToString([]byte(value)))
	if len(line) > longestCommand {
		return ErrTooBig
	}
	_, err := k.run(line, "-i")
	return err
}

func (k keychain) Delete(key string) error {
	_, err := k.run("", "delete-generic-password", "-s", k.service, "-a", key)
	return err
}

// probe reads an item that does not exist, which asks nobody anything.
func (k keychain) probe(context.Context) error {
	_, err := k.Get("probe")
	if err == nil || errors.Is(kindOfSecurity(err), ErrNotFound) {
		return nil
	}
	return err
}

// run runs the tool and returns what it printed. Of what it complained about,
// nothing is kept: it might repeat the line that it did not like.
func (k keychain) run(input string, args ...string) (string, error) {
	c := exec.Command(k.tool, args...)
	c.Stdin = strings.NewReader(input)
	var out bytes.Buffer
	c.Stdout = &out
	err := c.Run()
	return out.String(), err
}

// kindOfSecurity says of which kind an error of the tool is.
func kindOfSecurity(err error) error {
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		return kindOfExit(e.ExitCode())
	}
	return ErrUnavailable
}

// kindOfExit says what the exit status of macOS's security(1) means. It is the
// low byte of the Security framework's result code, as listed by
// `security error` and in SecBase.h.
func kindOfExit(status int) error {
	switch status {
	case 44: // errSecItemNotFound, -25300
		return ErrNotFound
	case 36: // errSecInteractionNotAllowed, -25308: locked, and nobody to ask
		return ErrLocked
	case 51, // errSecAuthFailed, -25293
		52,  // errSecReadOnly, -25292
		128: // errSecUserCanceled, -128
		return ErrDenied
	}
	return ErrUnavailable // 50 errSecNoSuchKeychain, 37 errSecNoDefaultKeychain, 53 errSecNotAvailable …
}
