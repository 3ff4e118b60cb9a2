package doctor

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"fairlead/check"
	"fairlead/logfile"
	"fairlead/report"
)

// maxBundled bounds one file of a bundle; the log's own are smaller.
const maxBundled = 4 << 20

const readme = `This file was made by "fairleadctl doctor --bundle" for support.

doctor.txt, doctor.json   what was found on this computer
log/                      what Fairlead did in past runs, and the last words of runs that crashed

There are no passwords, keys and tokens in it, and mail addresses and accounts are masked. Names of
computers, servers and folders are as they are: look through it before you send it.
`

// Bundle writes a report of an examination and the log of a registry's folder into
// one new ZIP file that only its owner can read. Where the file is there already, the
// error is an [os.ErrExist]; a file that cannot be finished is removed.
func Bundle(path, folder string, r check.Report) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err != nil {
			_ = os.Remove(path)
		}
	}()
	archive := zip.NewWriter(file)
	if err := fill(archive, folder, report.Document{Name: "This computer", Report: r}.Mask()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return archive.Close()
}

func fill(archive *zip.Writer, folder string, d report.Document) error {
	object, err := d.JSON()
	if err != nil {
		return err
	}
	parts := []part{{"README.txt", []byte(readme)}, {"doctor.txt", []byte(d.Text())}, {"doctor.json", object}}
	for _, name := range logfile.Files(logfile.Folder(folder)) {
		text, err := readPart(name)
		if err != nil {
			return err
		}
		parts = append(parts, part{"log/" + filepath.Base(name), []byte(report.MaskText(logfile.Clean(text)))})
	}
	for _, p := range parts {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Now()})
		if err != nil {
			return err
		}
		if _, err := w.Write(p.content); err != nil {
			return err
		}
	}
	return nil
}

// part is a file in the bundle.
type part struct {
	name    string
	content []byte
}

// readPart reads a file of the log, up to the most that is bundled.
func readPart(name string) (string, error) {
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxBundled))
	return string(text), err
}
