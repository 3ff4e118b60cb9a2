package keyring

func osKeyring(service string) store { return keychainStore(securityTool, service) }
