# Fairlead. `make run` opens the window with the lab attached, `make test` runs
# every test, `make help` lists the rest.

TAGS    := x11,no_emoji
RELEASE := $(TAGS),migrated_fynedo,no_metadata
LDFLAGS := -s -w
TOOLS   := gofumpt=mvdan.cc/gofumpt@v0.12.0 staticcheck=honnef.co/go/tools/cmd/staticcheck@v0.8.2 actionlint=github.com/rhysd/actionlint/cmd/actionlint@v1.7.9

.PHONY: help run demo test unit terminal window windows clients servers keyring postgres bench fuzz lint docs screens deps clean package package-windows packages software

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 17

run: ## open the window with the lab attached
	@sh .ci/run-here

demo: bin/fairleadctl ## play the main job without a question
	bin/fairleadctl demo

test: ## install what is missing, then run every test
	@sh .ci/deps test
	$(MAKE) --no-print-directory lint unit keyring postgres terminal window windows clients servers packages

unit: ## the tests that need nothing but Go and a C compiler
	go test -race -skip Killed -tags $(TAGS) ./...
	CGO_ENABLED=0 go test -run Killed ./connectors/...

window: bin/fairlead ## the real window, by keyboard alone, on a display of its own, and its start where there is none
	FAIRLEAD_BIN=$(CURDIR)/bin/fairlead go test -timeout 30m -count=1 -tags $(TAGS),e2e,postgres ./app/e2e/ ./cmd/fairlead/

windows: bin/windows/fairlead.exe ## both Windows programs under wine
	@sh .ci/deps test
	FAIRLEAD_WINDOWS=$(CURDIR)/bin/windows CGO_ENABLED=0 go test -count=1 -tags wine -skip 'TestInstaller|TestSoftware' ./cmd/wine/

terminal: bin/fairleadctl ## the terminal program in a real terminal
	FAIRLEADCTL_BIN=$(CURDIR)/bin/fairleadctl go test -timeout 30m -count=1 -tags e2e ./cli/e2e/

package: bin/fairlead bin/fairleadctl bin/windows/fairlead.exe ## all packages, into bin/packages
	sh packaging/build bin/packages "$(LDFLAGS)"

package-windows: bin/fairlead bin/fairleadctl bin/windows/fairlead.exe ## the same with software rendering for Windows; takes long the first time
	@sh .ci/deps mesa
	sh packaging/windows/mesa bin/mesa
	sh packaging/build bin/packages "$(LDFLAGS)" bin/mesa

packages: export XZ_OPT := -0 # the test needs no small archives
packages: package ## make the packages again in another folder, compare, sign, install and run them
	sh packaging/test
	FAIRLEAD_MSI=$$(echo $(CURDIR)/bin/packages/*.msi) CGO_ENABLED=0 go test -count=1 -tags wine -run TestInstaller ./cmd/wine/

software: package-windows ## the window that Mesa draws, as it comes with the installer, under wine
	FAIRLEAD_MSI=$$(echo $(CURDIR)/bin/packages/*.msi) CGO_ENABLED=0 go test -count=1 -tags wine -run 'TestInstaller|TestSoftware' ./cmd/wine/

clients: ## real Exchange clients against the lab, the sign-in against a real OpenID server
	go test -count=1 -tags clients ./lab/clients/ ./oauth/clients/

servers: ## the connection test against nginx, Apache and HAProxy, the diagnosis of domains against NSD
	@sh .ci/deps test
	go test -count=1 -tags servers ./lab/servers/
	go test -count=1 -tags servers -run NSD ./domain/

keyring: ## the keyring contract on a real Secret Service
	sh keyring/realkeyring.sh

postgres: ## the registry's contract on a real PostgreSQL
	@sh .ci/deps test
	go test -race -count=1 -tags postgres -skip Killed ./connectors/postgres/
	CGO_ENABLED=0 go test -count=1 -tags postgres -run Killed ./connectors/postgres/ ./connectors/transfer/
	go test -race -count=1 -tags postgres -run TestTeamRegistry ./cli/
	go test -race -count=1 -tags postgres -run TestBackupBetweenTheStores ./connectors/transfer/

bench: bin/fairlead bin/fairleadctl ## speed, as ratios in one run
	@sh .ci/deps test
	sh .ci/bench

fuzz: ## each fuzz target for a while: make fuzz TIME=10m
	sh .ci/fuzz $(or $(TIME),20s)

lint: ## formatting, go vet, staticcheck, the release workflow and the shell scripts
	sh .ci/lint $(TOOLS)

docs: ## write docs/diagnosis.md and docs/domains.md anew
	CGO_ENABLED=0 go test -count=1 -run '^TestDiagnosisPage$$' ./providers/exchange -update
	CGO_ENABLED=0 go test -count=1 -run '^TestDomainsPage$$' ./domain -update

screens: bin/fairlead bin/fairleadctl ## take the pictures in docs/screens anew
	FAIRLEADCTL_BIN=$(CURDIR)/bin/fairleadctl go test -count=1 -tags e2e ./cli/e2e/ -update
	FAIRLEAD_BIN=$(CURDIR)/bin/fairlead go test -timeout 30m -count=1 -tags e2e,postgres ./app/e2e/ -update

deps: ## install the system packages that run and test need
	@sh .ci/deps test

clean: ## remove what was built
	rm -rf bin tmp

# go build knows best what is out of date.
.PHONY: bin/fairlead bin/fairleadctl bin/windows/fairlead.exe
bin/fairlead:
	@sh .ci/deps run
	go build -trimpath -tags $(RELEASE) -ldflags "$(LDFLAGS)" -o $@ ./cmd/fairlead

bin/fairleadctl:
	CGO_ENABLED=0 go build -trimpath -ldflags "$(LDFLAGS)" -o $@ ./cmd/fairleadctl

# Makes bin/windows/fairleadctl.exe too.
bin/windows/fairlead.exe:
	@sh .ci/deps test
	sh packaging/windows/build bin/windows "$(RELEASE)" "$(LDFLAGS)"
