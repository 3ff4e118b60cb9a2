package workspace

import (
	"fmt"
	"os"
	"path/filepath"

	"fairlead/lab/google"
)

// writeLabKey writes the key of the lab's Google service account into the lab's
// folder, as an administrator has one from Google Cloud. It opens nothing outside
// the lab.
func (w *Workspace) writeLabKey(o Options) error {
	if !o.Lab {
		return nil
	}
	dir, err := o.Folder()
	if err != nil {
		return err
	}
	w.labKey = filepath.Join(dir, "lab", "google-service-account.json")
	if err := os.WriteFile(w.labKey, google.KeyFile(google.Account), 0o600); err != nil {
		return fmt.Errorf("write the key of the lab's service account: %w", err)
	}
	return nil
}
