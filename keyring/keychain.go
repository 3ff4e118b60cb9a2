package keyring

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
