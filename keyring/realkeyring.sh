#!/bin/sh
# Runs the keyring's tests on a real Secret Service, in each state in which a
# user's computer may be. It installs nothing, touches no keyring of yours (HOME
# is empty, the session bus its own) and ends every process that it starts.
#
#   keyring/realkeyring.sh [go test flags of the compiled binary, such as -test.v]
set -eu

if [ "${1:-}" != --inside ]; then
	for program in dbus-run-session dbus-send gnome-keyring-daemon secret-tool; do
		command -v "$program" >/dev/null || {
			echo "realkeyring: $program is missing; install dbus, gnome-keyring and libsecret-tools" >&2
			exit 69
		}
	done
	cd "$(dirname "$0")"
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	go test -c -tags realkeyring ${RACE:+-race} -o "$work/keyring.test" .
	mkdir -m 700 "$work/home" "$work/run"
	cat >"$work/bare.conf" <<-'CONF'
		<busconfig>
		  <type>session</type>
		  <listen>unix:tmpdir=/tmp</listen>
		  <policy context="default">
		    <allow send_destination="*"/> <allow receive_sender="*"/> <allow own="*"/>
		  </policy>
		</busconfig>
	CONF
	unset DISPLAY WAYLAND_DISPLAY XDG_DATA_HOME DBUS_SESSION_BUS_ADDRESS
	export HOME="$work/home" XDG_RUNTIME_DIR="$work/run" KEYRING_TEST="$work/keyring.test"
	inside() { # STATE BUS-OPTION ARGUMENTS…
		export FAIRLEAD_KEYRING_STATE="$1"
		bus=$2
		shift 2
		echo "== $FAIRLEAD_KEYRING_STATE"
		dbus-run-session $bus -- "$self" --inside "$@"
	}
	self=$PWD/$(basename "$0")
	inside no-collection "" "$@"
	inside unlocked "" "$@"
	inside locked "" "$@" # the keyring of the state before
	inside no-service "--config-file=$work/bare.conf" "$@"
	inside prompting "--config-file=$work/bare.conf" "$@"
	echo "== no-bus"
	FAIRLEAD_KEYRING_STATE=no-bus DBUS_SESSION_BUS_ADDRESS="unix:path=$work/none" \
		"$KEYRING_TEST" -test.run '^TestReal$' "$@"
	exit
fi

# From here on: inside a session bus of our own.
shift
case $FAIRLEAD_KEYRING_STATE in
no-collection | locked)
	gnome-keyring-daemon --foreground --components=secrets >"$XDG_RUNTIME_DIR/log" 2>&1 &
	;;
unlocked)
	echo test | gnome-keyring-daemon --foreground --unlock --components=secrets >"$XDG_RUNTIME_DIR/log" 2>&1 &
	;;
*)
	exec "$KEYRING_TEST" -test.run '^TestReal$' "$@"
	;;
esac
daemon=$!
trap 'kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true' EXIT

owned() {
	dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \
		org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true
}
tries=0
until owned; do
	tries=$((tries + 1))
	if [ "$tries" -gt 100 ]; then
		echo "realkeyring: the daemon did not come up:" >&2
		cat "$XDG_RUNTIME_DIR/log" >&2
		exit 1
	fi
	sleep 0.1
done
"$KEYRING_TEST" -test.run '^TestReal$' "$@"
