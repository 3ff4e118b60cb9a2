package logfile

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/secret"
)

const hidden = "Pa55-hidden-w0rd"

func TestClean(t *testing.T) {
	for _, text := range []string{
		"Authorization: Basic " + hidden + "==", "authorization: bearer " + hidden,
		"https://ana:" + hidden + "@proxy.example:8080/", "postgres://ana:" + hidden + "@db/fairlead", "https://:" + hidden + "@x/",
		"password=" + hidden + "&x=1", `{"client_secret": "` + hidden + `"}`, `{"password":"a\"` + hidden + `"}`, "Password: " + hidden,
		"code=" + hidden + "&state=2", "refresh_token=" + hidden, "host=db password='" + hidden + "'", "code_verifier=" + hidden,
		"eyJhbGciOiJub25lIn0." + hidden + ".c2ln",
		"-----BEGIN PRIVATE KEY-----\n" + hidden + "\n-----END PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----\n" + hidden,
	} {
		got := Clean("before " + text + " after")
		if strings.Contains(got, hidden) || !strings.Contains(got, "before ") || !strings.Contains(got, secret.Redacted) {
			t.Errorf("%q became %q", text, got)
		}
	}
	for _, text := range []string{
		"", "the password was refused", "code 0x80090308", "https://mail.contoso.com:443/EWS/Exchange.asmx", "ana@contoso.com",
		"Basic sign-in is not offered", "a token for each scope",
	} {
		if got := Clean(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add(`"password":"`)
	f.Add("-----BEGIN PRIVATE KEY-----")
	f.Add("Basic code=")
	f.Fuzz(func(t *testing.T, before string) {
		if got := Clean(before + " password=" + hidden); strings.Contains(got, hidden) {
			t.Errorf("%q hides it", before)
		}
	})
}

func TestLog(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "log")
	log, file := Open(folder)
	log = log.With("setting", "password="+hidden).WithGroup("test")
	log.Info("sent Basic "+hidden, "error", errors.New("https://a:"+hidden+"@x/"), "secret", secret.New(hidden),
		slog.Group("more", "text", "pwd="+hidden), "count", 3)
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	files := Files(folder)
	if len(files) != 1 {
		t.Fatalf("files: %v", files)
	}
	info, err := os.Stat(files[0])
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has %v, %v", info.Mode(), err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), hidden) || !strings.Contains(string(text), "test.count=3") {
		t.Errorf("the log has %s", text)
	}
}

func TestLogIsBounded(t *testing.T) {
	folder := t.TempDir()
	log, file := Open(folder)
	for line := strings.Repeat("x", 1000); ; { // until the first file is full
		log.Info(line)
		if len(Files(folder)) > 1 {
			break
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range Files(folder) {
		if info, err := os.Stat(name); err != nil || info.Size() > maxMegabyte<<20 {
			t.Errorf("%s: %v, %v", name, info.Size(), err)
		}
	}
}

func TestLogWithoutAPlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	log, closer := Open(filepath.Join(file, "log"))
	log.Info("lost")
	_ = closer.Close()
	if err := CatchCrash(filepath.Join(file, "log")); err == nil {
		t.Error("a crash would be caught below a file")
	}
}

// TestCrash lets a process of this test crash, twice.
func TestCrash(t *testing.T) {
	if folder := os.Getenv("CRASH_IN"); folder != "" {
		if err := CatchCrash(folder); err != nil {
			fmt.Println(err)
			os.Exit(0)
		}
		go func() { panic("crashed on purpose") }()
		select {}
	}
	folder := t.TempDir()
	for range 2 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestCrash$")
		cmd.Env = append(os.Environ(), "CRASH_IN="+folder)
		if out, err := cmd.CombinedOutput(); err == nil {
			t.Fatalf("it did not crash: %s", out)
		}
	}
	kept := Crashes(folder)
	if len(kept) != 1 || CrashedAt(kept[0]).IsZero() {
		t.Fatalf("kept %v", kept)
	}
	text, err := os.ReadFile(kept[0])
	if err != nil || !strings.Contains(string(text), "crashed on purpose") {
		t.Errorf("%v: %s", err, text)
	}
	for i := range keptCrashes + 2 {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("crash-2020010%d-000000.txt", i)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	forgetOld(folder)
	if left := Crashes(folder); len(left) != keptCrashes || left[len(left)-1] != kept[0] {
		t.Errorf("left: %v", left)
	}
}
