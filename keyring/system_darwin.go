package keyring

// securityTool is where security(1) is. The path is whole, so that no other
// program of that name is given a secret.
const securityTool = "/usr/bin/security"

func osKeyring(service string) store { return keychainStore(securityTool, service) }
