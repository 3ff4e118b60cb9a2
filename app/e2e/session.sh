#!/bin/sh
# Runs a program in a session with a real Secret Service whose keyring is
# unlocked, inside dbus-run-session. Its password is not that of any account.
echo 'of the keyring' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null &
keyring=$!
until dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \
	org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true; do
	kill -0 "$keyring" || exit 69
	sleep 0.05
done
"$@"
status=$?
kill "$keyring"
wait "$keyring" 2>/dev/null
exit "$status"
