package logfile

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"
)

const (
	crashing    = "crash.txt"   // of the run that goes on
	crashed     = "crash-*.txt" // of earlier runs
	keptCrashes = 5
)

// CatchCrash makes the Go runtime write the last words of a crash into a file of
// the folder too. What an earlier run left is kept beside it, with its date, and
// found by [Crashes]. The stack in such a file shows code, not values.
func CatchCrash(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make the folder of the log: %w", err)
	}
	path := filepath.Join(folder, crashing)
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		kept := "crash-" + info.ModTime().UTC().Format("20060102-150405") + ".txt"
		if err := os.Rename(path, filepath.Join(folder, kept)); err != nil {
			return fmt.Errorf("keep the last crash: %w", err)
		}
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("open the file for a crash: %w", err)
	}
	defer file.Close()
	if err := debug.SetCrashOutput(file, debug.CrashOptions{}); err != nil {
		return fmt.Errorf("catch a crash: %w", err)
	}
	forgetOld(folder)
	return nil
}

// forgetOld removes all but the newest files of crashes.
func forgetOld(folder string) {
	files := Crashes(folder)
	for _, file := range files[:max(0, len(files)-keptCrashes)] {
		_ = os.Remove(file) // tried again at the next start
	}
}

// Crashes are the files that crashes left in a folder, oldest first.
func Crashes(folder string) []string {
	files, _ := filepath.Glob(filepath.Join(folder, crashed)) // the pattern is good
	slices.Sort(files)
	return files
}

// CrashedAt says when the crash of a file was.
func CrashedAt(file string) time.Time {
	info, err := os.Stat(file)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// Files are all files of the log and of crashes in a folder.
func Files(folder string) []string {
	logs, _ := filepath.Glob(filepath.Join(folder, "fairlead*.log"))
	slices.Sort(logs)
	return append(logs, Crashes(folder)...)
}
